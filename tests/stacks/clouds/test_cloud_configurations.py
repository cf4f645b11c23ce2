"""The clouds that cannot be run: word for word, with the vendors' keys, and never wider than the policy."""

from __future__ import annotations

import json
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from tests.stacks.goldens import ALL, WORD_FOR_WORD, check_golden, check_rendered

from corsage.server import Policy
from corsage.server.importers.api_gateway import from_api_gateway
from corsage.server.importers.azure import from_azure
from corsage.server.importers.gcs import from_gcs
from corsage.server.importers.s3 import from_s3
from corsage.stacks import Stack, find_stack
from corsage.stacks.clouds import STACKS

CONFIGURED: Final = (
    "s3",
    "cloudfront",
    "api-gateway-http",
    "lambda-url",
    "gcs",
    "azure-app-service",
    "azure-blob",
    "cloudflare-access",
    "azure-api-management",
)
IMPORTERS: Final[dict[str, Any]] = {
    "s3": from_s3,
    "gcs": from_gcs,
    "azure-blob": from_azure,
    "azure-app-service": from_azure,
    "api-gateway-http": from_api_gateway,
    "lambda-url": from_api_gateway,
}
# The keys that each vendor documents, by the path to them; "[]" is every member of a list.
KEYS: Final[dict[str, set[str]]] = {
    "s3": {
        "CORSRules",
        "CORSRules[].AllowedOrigins",
        "CORSRules[].AllowedMethods",
        "CORSRules[].AllowedHeaders",
        "CORSRules[].ExposeHeaders",
        "CORSRules[].MaxAgeSeconds",
    },
    "gcs": {"[].origin", "[].method", "[].responseHeader", "[].maxAgeSeconds"},
    "azure-blob": {
        "properties",
        "properties.cors",
        "properties.cors.corsRules",
        "properties.cors.corsRules[].allowedOrigins",
        "properties.cors.corsRules[].allowedMethods",
        "properties.cors.corsRules[].allowedHeaders",
        "properties.cors.corsRules[].exposedHeaders",
        "properties.cors.corsRules[].maxAgeInSeconds",
    },
    "azure-app-service": {
        "properties",
        "properties.cors",
        "properties.cors.allowedOrigins",
        "properties.cors.supportCredentials",
    },
    "api-gateway-http": {
        "AllowOrigins",
        "AllowMethods",
        "AllowHeaders",
        "ExposeHeaders",
        "MaxAge",
        "AllowCredentials",
    },
    "cloudflare-access": {
        "cors_headers",
        *(
            f"cors_headers.{key}"
            for key in (
                "allow_all_origins",
                "allow_all_methods",
                "allow_all_headers",
                "allow_credentials",
                "allowed_origins",
                "allowed_methods",
                "allowed_headers",
                "max_age",
            )
        ),
    },
    "cloudfront": {
        "Name",
        "Comment",
        "CorsConfig",
        "CorsConfig.AccessControlAllowCredentials",
        "CorsConfig.AccessControlMaxAgeSec",
        "CorsConfig.OriginOverride",
        *(
            f"CorsConfig.AccessControl{key}{end}"
            for key in ("AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders")
            for end in ("", ".Quantity", ".Items")
        ),
        "CustomHeadersConfig",
        "CustomHeadersConfig.Quantity",
        "CustomHeadersConfig.Items",
        "CustomHeadersConfig.Items[].Header",
        "CustomHeadersConfig.Items[].Value",
        "CustomHeadersConfig.Items[].Override",
    },
}
KEYS["lambda-url"] = KEYS["api-gateway-http"]


def stack(name: str) -> Stack:
    found = find_stack(name)
    assert found is not None
    return found


def rule(name: str, policy: Policy) -> Any:
    """The configuration of a stack that has one file."""
    (file,) = stack(name).render(policy).files
    return json.loads(file.text)


def paths(value: Any, here: str = "") -> set[str]:
    if isinstance(value, dict):
        found = {f"{here}.{key}".lstrip(".") for key in value}
        return found.union(*(paths(each, f"{here}.{key}".lstrip(".")) for key, each in value.items()))
    if isinstance(value, list):
        return set().union(*(paths(each, f"{here}[]") for each in value if isinstance(each, dict)))
    return set()


@pytest.mark.parametrize("policy", WORD_FOR_WORD)
@pytest.mark.parametrize("name", CONFIGURED)
def test_word_for_word_and_with_the_keys_of_the_vendor(name: str, policy: str) -> None:
    for file in check_golden(stack(name), policy).files:
        if file.language == "json":
            assert paths(json.loads(file.text)) <= KEYS[name]


@pytest.mark.parametrize("policy", ALL)
@pytest.mark.parametrize("each", STACKS, ids=lambda each: each.name)
def test_every_cloud_renders_every_policy(each: Stack, policy: str) -> None:
    check_rendered(each, policy)


@pytest.mark.parametrize("policy", ALL)
@pytest.mark.parametrize("name", IMPORTERS)
def test_what_is_rendered_allows_no_more_than_the_policy(name: str, policy: str) -> None:
    meant = ALL[policy]
    for file in stack(name).render(meant).files:
        if file.language != "json":
            assert name in ("api-gateway-http", "lambda-url")
            continue
        got = IMPORTERS[name](json.loads(file.text)).policy
        assert got is not None
        assert set(got.origins) <= _with_plain(meant)
        assert set(got.methods) <= set(meant.methods) or "*" in meant.methods or name == "azure-app-service"
        if name not in ("gcs", "azure-app-service"):
            assert set(got.request_headers) <= set(meant.request_headers) or "*" in meant.request_headers
            assert set(got.exposed_headers) <= set(meant.exposed_headers)
        if name not in ("s3", "azure-blob"):
            assert got.credentials <= meant.credentials


def _with_plain(policy: Policy) -> set[str]:
    """Any port includes the scheme's own: that may stand for it."""
    return {*policy.origins, *(text.removesuffix(":*") for text in policy.origins)}


ROUND: Final = Policy(
    origins=["https://app.example", "https://admin.example:8443"],
    methods=["PUT", "DELETE"],
    request_headers=["x-token", "content-type"],
    exposed_headers=["etag"],
    credentials=True,
    max_age=600,
)


@pytest.mark.parametrize("name", ["s3", "azure-blob", "api-gateway-http", "lambda-url"])
def test_what_can_be_said_comes_back(name: str) -> None:
    assert IMPORTERS[name](rule(name, ROUND)).policy == ROUND


def test_what_gcs_can_say_comes_back() -> None:
    meant = Policy(
        origins=["https://app.example"],
        methods=["PUT", "DELETE"],
        request_headers=["x-goog-meta-a"],
        exposed_headers=["x-goog-meta-a"],
        max_age=60,
    )
    assert from_gcs(rule("gcs", meant)).policy == meant


def test_what_app_service_can_say_comes_back() -> None:
    got = from_azure(rule("azure-app-service", ROUND)).policy
    assert got is not None
    assert (got.origins, got.credentials) == (ROUND.origins, True)


@pytest.mark.parametrize("name", ["s3", "azure-blob", "api-gateway-http", "lambda-url", "gcs"])
def test_the_star_comes_back(name: str) -> None:
    got = IMPORTERS[name](rule(name, Policy(origins="*", methods=["PUT"], public=True, max_age=5))).policy
    assert got is not None
    assert (got.origins, got.credentials, got.methods) == (("*",), False, ("PUT",))


def test_patterns_of_s3_come_back() -> None:
    meant = Policy(origins=["https://*.example.com"], credentials=True)
    assert from_s3(rule("s3", meant)).policy == meant


@pytest.mark.parametrize("policy", ALL)
def test_api_management_takes_an_element_with_these_children(policy: str) -> None:
    for file in stack("azure-api-management").render(ALL[policy]).files:
        root = ET.fromstring(file.text)  # noqa: S314 - our own text
        tags = [(child.tag, {each.tag for each in child}) for child in root]
        assert root.tag == "cors"
        assert tags[:3] == [
            ("allowed-origins", {"origin"}),
            ("allowed-methods", {"method"}),
            ("allowed-headers", {"header"}),
        ]
        assert tags[3:] in ([], [("expose-headers", {"header"})])
        texts = [each.text for each in root.iter("method")]
        assert set(texts) <= {"GET", "HEAD", "POST", "*", *ALL[policy].methods}


def limits(name: str, **fields: Any) -> str:
    fields.setdefault("origins", ["https://app.example"])
    return "\n".join(stack(name).render(Policy(**fields)).limits)


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("s3", {"methods": ["PATCH"]}, "without PATCH"),
        ("s3", {}, "cannot be switched off"),
        ("s3", {"exposed_headers": "*"}, "takes no star"),
        ("s3", {"request_headers": "*"}, "would grant Authorization"),
        ("s3", {"origins": ["https://+.example.com"]}, "no entry says one label"),
        ("s3", {"origins": ["https://*.example.com:*"]}, "only the scheme's own port"),
        ("s3", {"origin_regexes": [r"https://pr-[0-9]+\.example\.com"]}, "entries are no expressions"),
        ("s3", {"origins": []}, "No origin is left"),
        ("gcs", {"origins": ["https://*.example.com"]}, "entries have no wildcard"),
        ("gcs", {"credentials": True}, "no Access-Control-Allow-Credentials"),
        ("gcs", {"request_headers": ["x-a"]}, "both directions"),
        ("gcs", {"methods": ["PURGE"]}, "without PURGE"),
        ("azure-blob", {"origins": [f"https://a{n}.example" for n in range(70)]}, "6 are left out"),
        ("azure-blob", {"request_headers": [f"x-{n}" for n in range(70)]}, "takes 64 request headers"),
        ("azure-blob", {"exposed_headers": [f"x-{n}" for n in range(70)]}, "exposes 64 headers"),
        ("azure-blob", {"request_headers": "*"}, "would grant Authorization"),
        ("azure-blob", {}, "maxAgeInSeconds must be given"),
        ("azure-blob", {"methods": ["PURGE"]}, "does not allow PURGE"),
        ("azure-app-service", {}, "no list of methods"),
        ("azure-app-service", {"exposed_headers": ["x-a"]}, "exposes no headers"),
        ("azure-app-service", {"max_age": 5}, "cannot be told how long"),
        ("azure-app-service", {"origins": ["capacitor://localhost"]}, "cannot be listed"),
        ("cloudfront", {}, "must answer OPTIONS"),
        ("cloudfront", {}, "must send Vary: Origin"),
        ("cloudfront", {"methods": ["PURGE"]}, "without PURGE"),
        ("cloudfront", {"timing": True}, "one fixed value"),
        ("cloudfront", {"origins": ["http://localhost:*"]}, "List the ports"),
        ("api-gateway-http", {"timing": True}, "Timing-Allow-Origin"),
        ("api-gateway-http", {"guard_websockets": True}, "WebSocket handshakes"),
        ("api-gateway-http", {"private_network": True}, "only old Chromium"),
        ("api-gateway-http", {"resource_policy": "same-site"}, "Cross-Origin-Resource-Policy"),
        ("api-gateway-http", {"preflight_status": 200}, "from 200 to 299"),
        ("api-gateway-http", {"preflight_continue": True}, "reach no application"),
        (
            "api-gateway-rest",
            {"origins": ["https://a.example", "https://b.example"]},
            "Gateway responses hold one value",
        ),
        ("cloudflare-access", {"request_headers": "*"}, "cannot be said here"),
        ("cloudflare-access", {"methods": ["PURGE"]}, "knows no method PURGE"),
        ("azure-api-management", {"request_headers": "*"}, "left out"),
        ("azure-api-management", {}, "does not hold at all"),
        ("vercel", {"methods": ["PURGE"]}, "without PURGE"),
        ("cloudflare-workers", {"origin_lookup": bool}, "origin_lookup is code"),
    ],
)
def test_what_is_left_out_is_said(name: str, fields: dict[str, Any], says: str) -> None:
    assert says in limits(name, **fields)


@pytest.mark.parametrize("name", ["api-gateway-http", "lambda-url"])
def test_where_origins_cannot_be_listed_the_function_does_it(name: str) -> None:
    rendered = stack(name).render(Policy(origins=["https://*.example.com"]))
    assert {"cors.py", "cors.mjs"} <= {file.name for file in rendered.files}
    assert rendered.limits == ()


def test_a_function_url_over_the_limits_of_its_api_does_it_in_code() -> None:
    rendered = stack("lambda-url").render(Policy(origins=["https://app.example"], methods=["M-SEARCH"]))
    assert "cors.py" in {file.name for file in rendered.files}


def test_the_gateways_own_errors_have_the_header_where_one_value_is_right_for_all() -> None:
    one = Policy(origins=["https://app.example"], credentials=True)
    made = json.loads(stack("api-gateway-rest").render(one).files[0].text)
    assert made["x-amazon-apigateway-gateway-responses"]["DEFAULT_4XX"] == {
        "responseParameters": {
            "gatewayresponse.header.Access-Control-Allow-Origin": "'https://app.example'",
            "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
        }
    }
    options = made["paths"]["/{proxy+}"]["options"]
    assert options["security"] == []
    several = Policy(origins=["https://a.example", "https://b.example"])
    assert "gateway-responses" not in stack("api-gateway-rest").render(several).files[0].text


def test_clouds_that_can_only_be_recognised_say_what_to_do() -> None:
    for each in STACKS:
        rendered = each.render(ALL["exact"])
        if not rendered.files:
            assert len(rendered.limits) == 1
            assert len(rendered.limits[0]) > 40
