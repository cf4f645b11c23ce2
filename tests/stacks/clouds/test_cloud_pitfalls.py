"""The usual mistakes of clouds and services: each is found where it is, and in nothing that we render."""

from __future__ import annotations

import time
from typing import Final

import pytest
from tests.stacks.goldens import ALL

from corsage.stacks import Stack, find_stack
from corsage.stacks.clouds import STACKS as CLOUDS
from corsage.stacks.services import STACKS as SERVICES

STACKS: Final = (*CLOUDS, *SERVICES)
# Stack, pitfall: a text that has it, and one much like it that has not.
TEXTS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("s3", "options-is-no-method"): ('"AllowedMethods": ["GET", "OPTIONS"]', '"AllowedMethods": ["GET"]'),
    ("s3", "patch-is-no-method"): (
        "<AllowedMethod>PATCH</AllowedMethod>",
        "<AllowedMethod>PUT</AllowedMethod>",
    ),
    ("s3", "trailing-slash"): (
        '"AllowedOrigins": ["https://a.example/"]',
        '"AllowedOrigins": ["https://a.example"]',
    ),
    ("s3", "star-in-exposed-headers"): ('"ExposeHeaders": ["*"]', '"ExposeHeaders": ["ETag"]'),
    ("cloudfront", "options-not-allowed"): (
        '"AllowedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"]}',
        '"AllowedMethods": {"Quantity": 3, "Items": ["HEAD", "GET", "OPTIONS"]}',
    ),
    ("cloudfront", "origin-override-false"): ('"OriginOverride": false', '"OriginOverride": true'),
    ("cloudfront", "star-with-credentials"): (
        '"AccessControlAllowOrigins": {"Quantity": 1, "Items": ["*"]}, "AccessControlAllowCredentials": true',
        '"AccessControlAllowOrigins": {"Quantity": 1, "Items": ["*"]}, "AccessControlAllowCredentials": false',
    ),
    ("api-gateway-rest", "quotes"): (
        '"method.response.header.Access-Control-Allow-Origin": "*"',
        '"method.response.header.Access-Control-Allow-Origin": "\'*\'"',
    ),
    ("api-gateway-rest", "origin-reflected"): (
        '"gatewayresponse.header.Access-Control-Allow-Origin": "method.request.header.Origin"',
        '"gatewayresponse.header.Access-Control-Allow-Origin": "\'https://a.example\'"',
    ),
    ("api-gateway-http", "star-with-credentials"): (
        '{"AllowOrigins": ["*"], "AllowCredentials": true}',
        '{"AllowOrigins": ["https://a.example"], "AllowCredentials": true}',
    ),
    ("api-gateway-http", "trailing-slash"): ('["https://a.example/"]', '["https://a.example"]'),
    ("lambda-url", "options-is-no-method"): ('"AllowMethods": ["GET", "OPTIONS"]', '"AllowMethods": ["*"]'),
    ("lambda-url", "one-item"): ('"AllowHeaders": ["x-a, x-b"]', '"AllowHeaders": ["x-a", "x-b"]'),
    ("lambda-url", "iam-authentication"): ('"AuthType": "AWS_IAM"', '"AuthType": "NONE"'),
    ("gcs", "star-method"): ('"method": ["*"]', '"method": ["GET"]'),
    ("gcs", "options-method"): ('"method": ["GET", "OPTIONS"]', '"method": ["GET", "PUT"]'),
    ("gcs", "s3-keys"): ('[{"AllowedOrigins": ["*"]}]', '[{"origin": ["*"]}]'),
    ("gcs", "trailing-slash"): ('"origin": ["https://a.example/"]', '"origin": ["https://a.example"]'),
    ("gcs", "authenticated-browser-downloads"): (
        "https://storage.cloud.google.com/b/o",
        "https://storage.googleapis.com/b/o",
    ),
    ("azure-api-management", "not-first"): (
        "<inbound><base /><validate-jwt header-name='x'></validate-jwt><cors/></inbound>",
        "<inbound><cors/><base /><validate-jwt header-name='x'></validate-jwt></inbound>",
    ),
    ("azure-api-management", "star-with-credentials"): (
        '<cors allow-credentials="true"><allowed-origins><origin>*</origin>',
        '<cors allow-credentials="true"><allowed-origins><origin>https://a.example</origin>',
    ),
    ("couchdb", "not-enabled"): ("[chttpd]\nenable_cors = false", "[chttpd]\nenable_cors = true"),
    ("couchdb", "star-with-credentials"): (
        "[cors]\norigins = *\ncredentials = true",
        "[cors]\norigins = *\ncredentials = false",
    ),
    ("azure-app-service", "star-among-others"): (
        '"allowedOrigins": ["https://a.example", "*"]',
        '"allowedOrigins": ["*"]',
    ),
    ("azure-app-service", "trailing-slash"): (
        "az webapp cors add --allowed-origins https://a.example/",
        "az webapp cors add --allowed-origins https://a.example",
    ),
    ("azure-blob", "trailing-slash"): (
        "<AllowedOrigins>https://a.example,https://b.example/</AllowedOrigins>",
        "<AllowedOrigins>https://a.example,https://b.example</AllowedOrigins>",
    ),
    ("azure-blob", "case-of-origins"): ('"https://App.example"', '"https://app.example/Path"'),
    ("cloudflare-workers", "immutable-headers"): (
        "const response = await fetch(request);\n  response.headers.set('a', 'b');",
        "const response = new Response('ok');\n  response.headers.set('a', 'b');",
    ),
    ("cloudflare-workers", "origin-reflected"): (
        "'Access-Control-Allow-Origin': request.headers.get('Origin')",
        "'Access-Control-Allow-Origin': allowed",
    ),
    ("cloudflare-access", "both-ways"): (
        '{"cors_headers": {"allow_all_origins": true}, "options_preflight_bypass": true}',
        '{"cors_headers": {"allow_all_origins": true}, "options_preflight_bypass": false}',
    ),
    ("firebase", "on-request-without-cors"): (
        "onRequest(async (req, res) => {})",
        "onRequest({ cors: true }, handle)",
    ),
    ("vercel", "headers-in-vercel-json"): (
        '{"key": "Access-Control-Allow-Origin", "value": "*"}',
        '{"key": "Cache-Control", "value": "no-store"}',
    ),
    ("vercel", "star-with-credentials"): (
        '{"key": "Access-Control-Allow-Credentials", "value": "true"}, '
        '{"key": "Access-Control-Allow-Origin", "value": "*"}',
        '{"key": "Access-Control-Allow-Origin", "value": "*"}',
    ),
    ("vercel", "trailing-slash"): ('{"trailingSlash": true}', '{"trailingSlash": false}'),
    ("netlify", "headers-file"): (
        '[[headers]]\n  for = "/*"\n  [headers.values]\n    Access-Control-Allow-Origin = "*"',
        '[[headers]]\n  for = "/*"\n  [headers.values]\n    X-Frame-Options = "DENY"',
    ),
    ("supabase", "client-headers"): (
        "'Access-Control-Allow-Headers': 'authorization, content-type'",
        "'Access-Control-Allow-Headers': 'authorization, x-client-info, apikey, content-type'",
    ),
    ("apps-script", "json-post"): (
        "fetch('https://script.google.com/macros/s/x/exec', {headers: {'Content-Type': 'application/json'}})",
        "fetch('https://script.google.com/macros/s/x/exec', {headers: {'Content-Type': 'text/plain'}})",
    ),
    ("apps-script", "set-header"): (
        "ContentService.createTextOutput('x').setHeader('Access-Control-Allow-Origin', '*')",
        "ContentService.createTextOutput('x').setMimeType(ContentService.MimeType.JSON)",
    ),
    ("keycloak", "slash-or-path"): (
        '"webOrigins": ["https://a.example/*"]',
        '"webOrigins": ["https://a.example"]',
    ),
    ("keycloak", "star"): ('"webOrigins": ["*"]', '"webOrigins": ["+"]'),
    ("keycloak", "old-path"): ("https://id.example/auth/realms/x", "https://id.example/realms/x"),
    ("auth0", "slash-or-path"): (
        '"allowed_origins": ["https://a.example/"]',
        '"allowed_origins": ["https://a.example"]',
    ),
    ("okta", "scope-redirect-alone"): ('"scopes": [{"type": "REDIRECT"}]', '"scopes": [{"type": "CORS"}]'),
    ("okta", "slash-or-path"): ('"origin": "https://a.example/app"', '"origin": "https://a.example"'),
    ("entra-id", "web-platform"): (
        '{"web": {"redirectUris": ["https://a.example/"]}}',
        '{"spa": {"redirectUris": ["https://a.example/"]}}',
    ),
    ("entra-id", "client-credentials"): ("grant_type=client_credentials", "grant_type=authorization_code"),
    ("authelia", "slash-or-path"): ("  - 'https://a.example/app'", "  - 'https://a.example'"),
    ("oauth2-proxy", "preflight-to-login"): ("skip_auth_preflight = false", "skip_auth_preflight = true"),
    ("ollama", "not-restarted"): ("export OLLAMA_ORIGINS=*", 'Environment="OLLAMA_ORIGINS=*"'),
    ("ollama", "quotes"): (
        'Environment=OLLAMA_ORIGINS="https://a.example"',
        'Environment="OLLAMA_ORIGINS=https://a.example"',
    ),
    ("ollama", "two-stars"): (
        "OLLAMA_ORIGINS=https://a.example,https://*.b.example:*",
        "OLLAMA_ORIGINS=https://a.example,https://*.b.example,http://localhost:*",
    ),
    ("lm-studio", "switched-off"): ("lms server start --port 1234", "lms server start --cors"),
    ("vllm", "star-with-credentials"): (
        "vllm serve m --allow-credentials",
        "vllm serve m --allow-credentials --allowed-origins '[\"https://a.example\"]'",
    ),
    ("vllm", "no-json"): (
        "--allowed-origins https://a.example",
        "--allowed-origins '[\"https://a.example\"]'",
    ),
    ("comfyui", "no-value"): (
        "python main.py --enable-cors-header",
        "main.py --enable-cors-header https://a.example",
    ),
    ("comfyui", "list"): (
        "--enable-cors-header https://a.example,https://b.example",
        "--enable-cors-header https://a.example",
    ),
    ("stable-diffusion-webui", "star"): ("--cors-allow-origins=*", "--cors-allow-origins=https://a.example"),
    ("stable-diffusion-webui", "spaces"): (
        "--cors-allow-origins='https://a.example, https://b.example'",
        "--cors-allow-origins='https://a.example,https://b.example'",
    ),
    ("mcp", "session-not-exposed"): (
        "app = mcp.streamable_http_app()\nCORSMiddleware(app, allow_origins=['https://a.example'])",
        "CORSMiddleware(mcp.streamable_http_app(), allow_origins=['x'], expose_headers=['Mcp-Session-Id'])",
    ),
    ("minio", "star"): ('MINIO_API_CORS_ALLOW_ORIGIN="*"', 'MINIO_API_CORS_ALLOW_ORIGIN="https://a.example"'),
    ("minio", "bucket-rules"): (
        "aws --endpoint-url x s3api put-bucket-cors",
        "aws --endpoint-url x s3api list-buckets",
    ),
    ("elasticsearch", "enabled-without-origins"): (
        "http.cors.enabled: true\n",
        "http.cors.enabled: true\nhttp.cors.allow-origin: https://a.example\n",
    ),
    ("elasticsearch", "authorization-not-allowed"): (
        "http.cors.allow-origin: https://a.example\n",
        "http.cors.allow-origin: https://a.example\nhttp.cors.allow-headers: Authorization\n",
    ),
    ("elasticsearch", "star"): ('http.cors.allow-origin: "*"', "http.cors.allow-origin: https://a.example"),
    ("elasticsearch", "misspelt"): ("http.cors.enable: true", "http.cors.enabled: true"),
    ("rabbitmq", "star"): (
        "management.cors.allow_origins.1 = *",
        "management.cors.allow_origins.1 = https://a.example",
    ),
    ("rabbitmq", "not-numbered"): (
        "management.cors.allow_origins = https://a.example",
        "management.cors.allow_origins.1 = https://a.example",
    ),
    ("cors-anywhere", "demo-server"): (
        "fetch('https://cors-anywhere.herokuapp.com/http://x')",
        "fetch('/proxy/x')",
    ),
    ("cors-anywhere", "open-proxy"): ("originWhitelist: [],", "originWhitelist: ['https://a.example'],"),
}
# OpenSearch has Elasticsearch's.
SAME: Final = {"opensearch": "elasticsearch"}
TEXTUAL: Final = [
    (stack, pitfall) for stack in STACKS for pitfall in stack.pitfalls if pitfall.seen is not None
]
# What each of the expressions begins with, over and over.
HOSTILE: Final = (
    '"webOrigins": [',
    '"https://',
    "<AllowedOrigins>https://a,",
    "OLLAMA_ORIGINS=://*",
    '"method": [',
    '"allowedOrigins": ["a",',
    "= await fetch(",
    "--cors-allow-origins='a,",
    "http.cors.allow-headers",
    "Access-Control-Allow-Headers': '",
    "a" * 50,
    " \n",
)


@pytest.mark.parametrize(("stack", "pitfall"), TEXTUAL, ids=lambda each: each.name)
def test_it_is_found_where_it_is_and_nowhere_else(stack: Stack, pitfall: object) -> None:
    name = getattr(pitfall, "name", "")
    bad, good = TEXTS[SAME.get(stack.name, stack.name), name]
    assert name in {each.name for each in stack.lint(bad)}
    assert name not in {each.name for each in stack.lint(good)}


def test_every_text_is_of_a_pitfall() -> None:
    names = {(SAME.get(stack.name, stack.name), pitfall.name) for stack, pitfall in TEXTUAL}
    assert names == set(TEXTS)


@pytest.mark.parametrize("stack", STACKS, ids=lambda each: each.name)
def test_what_we_render_has_none(stack: Stack) -> None:
    for name, policy in ALL.items():
        for file in stack.render(policy).files:
            found = {pitfall.name for pitfall in stack.lint(file.text)}
            if "*" in policy.origins:
                found -= {"star", "no-value"}  # everyone is meant
            assert found == set(), (name, file.name)


def test_names_of_pitfalls_are_unique_and_sentences_end() -> None:
    for stack in STACKS:
        names = [pitfall.name for pitfall in stack.pitfalls]
        assert len(names) == len(set(names))
        assert all(pitfall.says.endswith(".") for pitfall in stack.pitfalls), stack.name


def test_hostile_text_takes_linear_time() -> None:
    for beginning in HOSTILE:
        text = beginning * (50_000 // len(beginning))
        for stack in STACKS:
            started = time.process_time()
            stack.lint(text)
            assert time.process_time() - started < 5, (stack.name, beginning)


def test_stacks_are_found_by_name_title_and_word() -> None:
    for stack in STACKS:
        assert find_stack(stack.name) is stack
        assert find_stack(stack.title) is not None
