"""Clouds and services are recognised by what they answer, and by nothing that others answer."""

from __future__ import annotations

from typing import Final

import pytest

from corsage.model import HeaderList
from corsage.model.evidence import Answer
from corsage.stacks import find_stack
from corsage.stacks.clouds import STACKS as CLOUDS
from corsage.stacks.services import STACKS as SERVICES

STACKS: Final = (*CLOUDS, *SERVICES)
SURE: Final = 0.8


def answer(*headers: tuple[str, str], status: int = 200, body: str = "") -> Answer:
    return Answer(status, HeaderList(headers), body=body)


# An answer, and all that may be sure of it: what stands in front shows, too.
ANSWERS: Final[dict[str, tuple[Answer, set[str]]]] = {
    "a bucket": (answer(("x-amz-request-id", "8A1B"), ("x-amz-id-2", "x"), ("Server", "AmazonS3")), {"s3"}),
    "a bucket that refuses": (
        answer(
            status=403,
            body='<?xml version="1.0"?><Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request '
            "is not allowed.</Message><Method>GET</Method><HostId>x</HostId></Error>",
        ),
        {"s3"},
    ),
    "MinIO": (answer(("Server", "MinIO"), ("X-Amz-Request-Id", "17"), ("X-Amz-Id-2", "x")), {"minio"}),
    "a bucket behind CloudFront": (
        answer(
            ("Server", "AmazonS3"),
            ("X-Cache", "Hit from cloudfront"),
            ("Via", "1.1 abc.cloudfront.net (CloudFront)"),
            ("X-Amz-Cf-Pop", "FRA56"),
        ),
        {"s3", "cloudfront"},
    ),
    "a REST API": (
        answer(
            ("x-amzn-RequestId", "1"),
            ("x-amz-apigw-id", "abc="),
            ("x-amzn-ErrorType", "MissingAuthenticationTokenException"),
            status=403,
            body='{"message":"Missing Authentication Token"}',
        ),
        {"api-gateway-rest"},
    ),
    "an HTTP API": (
        answer(("apigw-requestid", "abc="), status=404, body='{"message":"Not Found"}'),
        {"api-gateway-http"},
    ),
    "Cloud Storage": (
        answer(("X-GUploader-UploadID", "ABC"), ("x-goog-generation", "1"), ("Server", "UploadServer")),
        {"gcs"},
    ),
    "a blob": (
        answer(("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0"), ("x-ms-version", "2009-09-19")),
        {"azure-blob"},
    ),
    "API Management": (
        answer(
            status=401,
            body='{"statusCode": 401, "message": "Access denied due to missing subscription key."}',
        ),
        {"azure-api-management"},
    ),
    "CouchDB": (answer(("Server", "CouchDB/3.3.3 (Erlang OTP/25)")), {"couchdb"}),
    "App Service": (
        answer(("Set-Cookie", "ARRAffinity=1;Path=/"), ("X-Powered-By", "ASP.NET")),
        {"azure-app-service"},
    ),
    "a Worker that threw": (
        answer(("Server", "cloudflare"), ("CF-RAY", "1-FRA"), status=500, body="<title>Error 1101</title>"),
        {"cloudflare", "cloudflare-workers"},
    ),
    "Cloudflare": (answer(("Server", "cloudflare"), ("CF-Cache-Status", "HIT")), {"cloudflare"}),
    "Access": (
        answer(
            ("Location", "https://team.cloudflareaccess.com/cdn-cgi/access/login/x"),
            ("Server", "cloudflare"),
            status=302,
        ),
        {"cloudflare-access", "cloudflare"},
    ),
    "a function of Firebase": (
        answer(("Function-Execution-Id", "x"), ("Server", "Google Frontend")),
        {"firebase"},
    ),
    "Vercel": (
        answer(("Server", "Vercel"), ("X-Vercel-Id", "fra1::x"), ("X-Vercel-Cache", "MISS")),
        {"vercel"},
    ),
    "Netlify": (answer(("Server", "Netlify"), ("X-NF-Request-ID", "01")), {"netlify"}),
    "Supabase": (
        answer(("sb-gateway-version", "1"), ("sb-project-ref", "x"), ("CF-Ray", "1-FRA")),
        {"supabase", "cloudflare"},
    ),
    "Akamai": (
        answer(("Server", "AkamaiGHost"), status=403, body="Access Denied Reference&#32;&#35;18"),
        {"akamai"},
    ),
    "Fastly": (
        answer(("X-Served-By", "cache-fra-etou1"), ("X-Fastly-Request-ID", "1"), ("Via", "1.1 varnish")),
        {"fastly"},
    ),
    "Heroku": (answer(("Via", "1.1 vegur"), ("Server", "Cowboy"), status=503), {"heroku"}),
    "Render": (answer(("x-render-origin-server", "gunicorn"), ("rndr-id", "1")), {"render"}),
    "Railway": (answer(("Server", "railway-edge"), ("X-Railway-Request-Id", "1")), {"railway"}),
    "GitHub Pages": (
        answer(("Server", "GitHub.com"), ("X-GitHub-Request-Id", "1"), ("Access-Control-Allow-Origin", "*")),
        {"github-pages"},
    ),
    "Codespaces": (
        answer(("Location", "https://github.dev/pf-signin?id=x"), status=302),
        {"dev-tunnels"},
    ),
    "ngrok": (answer(("ngrok-error-code", "ERR_NGROK_6024"), body="ERR_NGROK_6024"), {"ngrok"}),
    "localtunnel": (
        answer(status=401, body='see <a href="https://loca.lt/mytunnelpassword">'),
        {"localtunnel"},
    ),
    "Apps Script": (
        answer(("Location", "https://script.googleusercontent.com/macros/echo?x"), status=302),
        {"apps-script"},
    ),
    "Cognito": (
        answer(("Location", "https://x.auth.eu-west-1.amazoncognito.com/login"), status=302),
        {"cognito"},
    ),
    "AppSync": (answer(("x-amzn-appsync-tokensconsumed", "1"), ("x-amzn-RequestId", "1")), {"appsync"}),
    "IAP": (answer(("X-Goog-IAP-Generated-Response", "true"), status=401), {"iap"}),
    "Imperva": (answer(("X-CDN", "Incapsula"), ("X-Iinfo", "1")), {"waf"}),
    "a Lambda URL": (answer(("x-amzn-RequestId", "1"), status=403, body='{"Message":"Forbidden"}'), set()),
    "Cloud Run": (
        answer(
            ("Server", "Google Frontend"),
            status=403,
            body="The request was not authenticated. Either allow unauthenticated invocations or set the proper",
        ),
        set(),
    ),
    "Keycloak": (answer(("Set-Cookie", "KEYCLOAK_SESSION=x; Path=/realms/a/")), {"keycloak"}),
    "Auth0": (answer(("X-Auth0-RequestId", "1")), {"auth0"}),
    "Okta": (answer(("x-okta-request-id", "1")), {"okta"}),
    "Entra ID": (
        answer(
            ("x-ms-ests-server", "2.1"),
            status=400,
            body='{"error":"x","error_description":"AADSTS9002326: Cross',
        ),
        {"entra-id"},
    ),
    "Authelia": (answer(("Set-Cookie", "authelia_session=x")), {"authelia"}),
    "oauth2-proxy": (answer(("Set-Cookie", "_oauth2_proxy_csrf=x"), status=302), {"oauth2-proxy"}),
    "Ollama": (answer(body="Ollama is running"), {"ollama"}),
    "LM Studio": (answer(body='{"error":"Unexpected endpoint or method. (GET /)"}'), {"lm-studio"}),
    "vLLM": (answer(body='{"object":"list","data":[{"id":"m","owned_by":"vllm"}]}'), {"vllm"}),
    "ComfyUI": (answer(body="<title>ComfyUI</title>"), set()),
    "MCP": (answer(("mcp-session-id", "1")), {"mcp"}),
    "Elasticsearch": (answer(("X-elastic-product", "Elasticsearch")), {"elasticsearch"}),
    "OpenSearch": (
        answer(body='{"tagline" : "The OpenSearch Project: https://opensearch.org/"}'),
        {"opensearch"},
    ),
    "RabbitMQ": (
        answer(("WWW-Authenticate", 'Basic realm="RabbitMQ Management"'), ("Server", "Cowboy"), status=401),
        {"rabbitmq"},
    ),
    "Grafana": (answer(body="<title>Grafana</title>"), {"grafana"}),
    "CORS Anywhere": (answer(status=403, body="See /corsdemo for more info"), {"cors-anywhere"}),
}
# What frameworks and servers answer, as they were measured: nobody here may claim them.
OTHERS: Final = (
    answer(status=400, body="Disallowed CORS origin"),
    answer(
        status=404, body="<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
    ),
    answer(status=403, body="CORS preflight request failed: origin 'https://evil.example' is not allowed"),
    answer(status=404, body="404: Not Found"),
    answer(status=404, body='{"title": "404 Not Found"}'),
    answer(status=404, body='{"statusCode":404,"error":"Not Found","message":"Not Found"}'),
    answer(status=404, body="404 page not found"),
    answer(("Server", "nginx/1.22.1"), body='{"a":1}'),
    answer(("Server", "Apache/2.4"), body='{"a":1}'),
    answer(("Server", "Caddy"), ("Via", "1.1 Caddy")),
    answer(("X-Powered-By", "Express"), body="<pre>Cannot GET /missing</pre>", status=404),
    answer(("Server", "Kestrel")),
    answer(("X-Varnish", "1"), ("Via", "1.1 varnish (Varnish/7.1)")),
    answer(("Access-Control-Allow-Origin", "*"), ("Vary", "Origin")),
    answer(),
    Answer(),
)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_points_to_its_stack_alone(name: str) -> None:
    given, wanted = ANSWERS[name]
    sure = {stack.name for stack in STACKS if any(sign.sure >= SURE for sign in stack.signs(given))}
    assert sure == wanted


@pytest.mark.parametrize("given", OTHERS)
def test_others_answers_point_to_nobody(given: Answer) -> None:
    assert [stack.name for stack in STACKS if list(stack.signs(given))] == []


def test_every_stack_has_a_sign_and_an_answer_that_shows_it() -> None:
    seen = {stack.name for stack in STACKS for given, _ in ANSWERS.values() if list(stack.signs(given))}
    without = {"stable-diffusion-webui"}  # Gradio's page: others have it, too
    assert seen == {stack.name for stack in STACKS} - without


def test_signs_say_what_was_seen_in_few_words() -> None:
    stack = find_stack("akamai")
    assert stack is not None
    (sign,) = stack.signs(answer(("Server", "AkamaiGHost " + "x" * 500)))
    assert sign.why.startswith("Server: AkamaiGHost")
    assert len(sign.why) < 80


def test_what_stands_deep_in_a_body_is_no_sign() -> None:
    stack = find_stack("ollama")
    assert stack is not None
    assert list(stack.signs(answer(body="x" * 30_000 + "Ollama is running"))) == []
