"""Importers of clouds' configurations: what they really allowed, and that hostile text is a remark, no exception."""

from __future__ import annotations

from typing import Any

import pytest

from corsage.server import Policy
from corsage.server.importers.api_gateway import from_api_gateway
from corsage.server.importers.azure import from_azure
from corsage.server.importers.gcs import from_gcs
from corsage.server.importers.imported import Imported, Kind
from corsage.server.importers.s3 import from_s3

XML = """<?xml version="1.0"?>
<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
 <CORSRule>
  <AllowedOrigin>https://app.example</AllowedOrigin>
  <AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>
  <AllowedHeader>content-type</AllowedHeader>
  <ExposeHeader>ETag</ExposeHeader>
  <MaxAgeSeconds>3000</MaxAgeSeconds>
 </CORSRule>
</CORSConfiguration>"""
BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CORSConfiguration><CORSRule><AllowedOrigin>&b;</AllowedOrigin></CORSRule></CORSConfiguration>"""


def s3(**rule: Any) -> Imported:
    return from_s3([{"AllowedMethods": ["GET", "HEAD", "POST"], **rule}])


def kinds(imported: Imported) -> set[Kind]:
    return {remark.kind for remark in imported.report}


def says(imported: Imported) -> str:
    return "\n".join(f"{remark.option}: {remark.says} {remark.instead}" for remark in imported.report)


def test_s3_reads_xml_and_json_alike() -> None:
    rule = {
        "AllowedOrigins": ["https://app.example"],
        "AllowedMethods": ["PUT", "GET"],
        "AllowedHeaders": ["content-type"],
        "ExposeHeaders": ["ETag"],
        "MaxAgeSeconds": 3000,
    }
    wanted = Policy(
        origins=["https://app.example"],
        methods=["PUT"],
        request_headers=["content-type"],
        exposed_headers=["etag"],
        credentials=True,
        max_age=3000,
    )
    assert from_s3(XML).policy == wanted
    assert from_s3([rule]).policy == wanted
    assert from_s3({"CORSRules": [rule]}).policy == wanted


@pytest.mark.parametrize(
    "text", [BOMB, "<a>", "", "no xml", "<a>" * 30, "\ud800", "x" * 1_000_001, "<a\x00/>"]
)
def test_xml_that_is_none_or_hostile_is_a_remark(text: str) -> None:
    for found in (from_s3(text), from_azure(text)):
        assert found.policy is None
        assert Kind.LOST in kinds(found)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [1],
        [[]],
        {"CORSRules": 3},
        [{"AllowedOrigins": 3}],
        [{"AllowedOrigins": [1]}],
        [{"origin": {}}],
        {"a": 1},
    ],
)
def test_what_is_no_configuration_is_a_remark(value: Any) -> None:
    for found in (from_s3(value), from_gcs(value), from_azure(value)):
        assert found.policy is None or not found.policy.origins


def test_a_star_is_everyone_without_credentials() -> None:
    found = s3(AllowedOrigins=["*"]).policy
    assert found is not None
    assert found.origins == ("*",)
    assert not found.credentials


def test_subdomains_are_a_pattern() -> None:
    found = s3(AllowedOrigins=["https://*.example.com"]).policy
    assert found is not None
    assert found.origins == ("https://*.example.com",)


@pytest.mark.parametrize("origin", ["https://*", "https://*example.com", "https://app.*", "*.example.com"])
def test_stars_that_cover_strangers_are_dangers(origin: str) -> None:
    found = s3(AllowedOrigins=[origin, "https://app.example"])
    assert found.dangers
    assert found.policy is not None
    assert found.policy.origins == ("https://app.example",)


def test_null_is_a_danger() -> None:
    assert s3(AllowedOrigins=["null", "https://app.example"]).dangers


def test_an_http_origin_stays_and_loses_credentials() -> None:
    found = s3(AllowedOrigins=["http://www.example.com"])
    assert found.policy is not None
    assert found.policy.origins == ("http://www.example.com",)
    assert not found.policy.credentials
    assert "Credentials are not allowed" in says(found)


def test_rules_that_differ_by_origin_alone_are_one() -> None:
    one = {"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["PUT"]}
    found = from_s3([one, {**one, "AllowedOrigins": ["https://b.example"]}])
    assert found.policy is not None
    assert found.policy.origins == ("https://a.example", "https://b.example")
    other_method = from_s3([one, {**one, "AllowedMethods": ["DELETE"]}])
    assert other_method.policy is not None
    assert other_method.policy.methods == ("PUT", "DELETE")


def test_a_further_rule_is_lost_and_said() -> None:
    first = {"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["PUT"]}
    found = from_s3([first, {"AllowedOrigins": ["*"], "AllowedMethods": ["GET"]}])
    assert found.policy is not None
    assert found.policy.origins == ("https://a.example",)
    assert "A further rule" in says(found)


def test_what_a_rule_did_otherwise_is_said() -> None:
    found = from_s3(
        [
            {
                "AllowedOrigins": ["https://a.example"],
                "AllowedMethods": ["PUT", "OPTIONS"],
                "AllowedHeaders": ["x-amz-*"],
                "ExposeHeaders": ["*"],
            }
        ]
    )
    for part in (
        "Preflights are no method",
        "had no CORS headers",
        "begins like this",
        "the star for a header",
    ):
        assert part in says(found)


def test_a_star_among_headers_granted_authorization() -> None:
    found = s3(AllowedOrigins=["*"], AllowedHeaders=["*"]).policy
    assert found is not None
    assert set(found.request_headers) == {"*", "authorization"}


def test_gcs_has_one_list_for_both_directions_and_no_credentials() -> None:
    entry = {
        "origin": ["https://app.example"],
        "method": ["GET", "HEAD", "POST", "PUT"],
        "responseHeader": ["x-goog-meta-a"],
        "maxAgeSeconds": 60,
    }
    wanted = Policy(
        origins=["https://app.example"],
        methods=["PUT"],
        request_headers=["x-goog-meta-a"],
        exposed_headers=["x-goog-meta-a"],
        max_age=60,
    )
    for form in ([entry], {"cors": [entry]}, {"cors_config": [entry]}):
        assert from_gcs(form).policy == wanted


def test_gcs_star_of_methods_is_not_taken() -> None:
    found = from_gcs([{"origin": ["https://app.example"], "method": ["*"]}])
    assert found.policy is not None
    assert found.policy.methods == ()
    assert "name the methods" in says(found)


def test_azure_app_service_grants_every_method() -> None:
    inner = {"allowedOrigins": ["https://app.example"], "supportCredentials": True}
    for form in (
        inner,
        {"cors": inner},
        {"properties": {"cors": inner}},
        {"properties": {"siteConfig": {"cors": inner}}},
    ):
        found = from_azure(form).policy
        assert found is not None
        assert found.origins == ("https://app.example",)
        assert found.credentials
        assert found.methods == ("PUT", "PATCH", "DELETE")


def test_azure_star_with_credentials_is_everyone_without() -> None:
    found = from_azure({"allowedOrigins": ["*"], "supportCredentials": True})
    assert found.policy is not None
    assert found.policy.origins == ("*",)
    assert not found.policy.credentials


def test_azure_blob_reads_the_api_the_command_line_and_xml() -> None:
    rule = {
        "allowedOrigins": ["https://app.example"],
        "allowedMethods": ["GET", "HEAD", "POST", "PUT"],
        "allowedHeaders": ["x-ms-version"],
        "exposedHeaders": ["x-ms-request-id"],
        "maxAgeInSeconds": 200,
    }
    printed = [
        {
            "AllowedOrigins": "https://app.example",
            "AllowedMethods": "GET, HEAD, POST, PUT",
            "AllowedHeaders": "x-ms-version",
            "ExposedHeaders": "x-ms-request-id",
            "MaxAgeInSeconds": 200,
            "Service": "blob",
        }
    ]
    xml = (
        "<StorageServiceProperties><Cors><CorsRule><AllowedOrigins>https://app.example</AllowedOrigins>"
        "<AllowedMethods>GET,HEAD,POST,PUT</AllowedMethods><AllowedHeaders>x-ms-version</AllowedHeaders>"
        "<ExposedHeaders>x-ms-request-id</ExposedHeaders><MaxAgeInSeconds>200</MaxAgeInSeconds></CorsRule></Cors>"
        "</StorageServiceProperties>"
    )
    wanted = Policy(
        origins=["https://app.example"],
        methods=["PUT"],
        request_headers=["x-ms-version"],
        exposed_headers=["x-ms-request-id"],
        credentials=True,
        max_age=200,
    )
    for form in (
        {"properties": {"cors": {"corsRules": [rule]}}},
        {"cors": {"corsRules": [rule]}},
        printed,
        xml,
    ):
        assert from_azure(form).policy == wanted


CONFIGURATION = {
    "AllowOrigins": ["https://app.example"],
    "AllowMethods": ["GET", "PUT"],
    "AllowHeaders": ["authorization"],
    "ExposeHeaders": ["x-total"],
    "MaxAge": 300,
    "AllowCredentials": True,
}
FROM_CONFIGURATION = Policy(
    origins=["https://app.example"],
    methods=["PUT"],
    request_headers=["authorization"],
    exposed_headers=["x-total"],
    max_age=300,
    credentials=True,
)


def test_api_gateway_reads_every_spelling() -> None:
    small = {f"{key[0].lower()}{key[1:]}": value for key, value in CONFIGURATION.items()}
    for form in (CONFIGURATION, {"CorsConfiguration": CONFIGURATION}, {"Cors": CONFIGURATION}):
        assert from_api_gateway(form).policy == FROM_CONFIGURATION
    assert (
        from_api_gateway({"openapi": "3.0.1", "paths": {}, "x-amazon-apigateway-cors": small}).policy
        == FROM_CONFIGURATION
    )


def test_api_gateway_any_https_origin_is_a_danger() -> None:
    found = from_api_gateway({"AllowOrigins": ["https://*"], "AllowCredentials": True})
    assert found.dangers
    assert found.policy is not None
    assert found.policy.origins == ()


def test_api_gateway_stars_with_credentials_grant_nothing() -> None:
    found = from_api_gateway({**CONFIGURATION, "AllowMethods": ["*"], "AllowHeaders": ["*"]})
    assert found.policy is not None
    assert found.policy.methods == ()
    assert found.policy.request_headers == ()
    assert "granted nothing" in says(found)


def test_api_gateway_unknown_options_are_told() -> None:
    assert "perhaps AllowOrigins" in says(from_api_gateway({"AllowOrigin": ["https://app.example"]}))


def mock(**headers: str) -> dict[str, Any]:
    parameters = {
        f"method.response.header.Access-Control-{key.replace('_', '-')}": value
        for key, value in headers.items()
    }
    integration = {
        "type": "mock",
        "responses": {"default": {"statusCode": "200", "responseParameters": parameters}},
    }
    return {"options": {"x-amazon-apigateway-integration": integration}}


GOOD = mock(
    Allow_Origin="'https://app.example'", Allow_Methods="'GET,OPTIONS,PUT'", Allow_Headers="'Content-Type'"
)


def test_openapi_mocks_of_one_mind_are_one_policy() -> None:
    found = from_api_gateway({"paths": {"/users": GOOD, "/users/{id}": GOOD}})
    assert found.policy == Policy(
        origins=["https://app.example"], methods=["PUT"], request_headers=["content-type"]
    )


def test_openapi_mocks_that_differ_are_policies_by_path() -> None:
    found = from_api_gateway({"paths": {"/a/{proxy+}": GOOD, "/b": mock(Allow_Origin="'*'")}})
    assert set(found.paths) == {"/a/*", "/b"}
    assert found.policies is not None
    public = found.policies.select("/b")
    assert public is not None
    assert public.origins == ("*",)


def test_an_origin_that_is_sent_back_is_a_danger() -> None:
    assert from_api_gateway({"paths": {"/a": mock(Allow_Origin="method.request.header.Origin")}}).dangers


@pytest.mark.parametrize(
    "document",
    [
        {"paths": None},
        {"paths": {"/a": None, "/b": {"options": 3}}},
        {"paths": {"/a": {"options": {"x-amazon-apigateway-integration": {"type": "aws_proxy"}}}}},
        {
            "paths": {
                "/a": {"options": {"x-amazon-apigateway-integration": {"type": "mock", "responses": []}}}
            }
        },
    ],
)
def test_openapi_without_mocks_gives_no_policy(document: Any) -> None:
    found = from_api_gateway(document)
    assert found.policy is None
    assert Kind.LOST in kinds(found)
