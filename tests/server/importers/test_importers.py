"""What comes of importing: the policies, and what could not be carried over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server.formats import read_policies
from corsage.server.importers import IMPORTERS, Imported, Kind
from corsage.server.importers.path_expressions import path_patterns_of
from corsage.server.path_rules import check_paths

if TYPE_CHECKING:
    from tests.apps.loopback import Run

# peer, options, fields of the policy
ROWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "starlette",
        {
            "allow_origins": ["https://a.example"],
            "allow_methods": ["GET", "PUT", "patch"],
            "allow_headers": ["X-Token"],
            "allow_credentials": True,
            "expose_headers": ["ETag"],
            "max_age": 60,
            "allow_private_network": True,
        },
        {
            "origins": ["https://a.example"],
            "methods": ["PUT", "patch"],
            "request_headers": ["x-token", "content-type"],
            "credentials": True,
            "exposed_headers": ["etag"],
            "max_age": 60,
            "private_network": True,
        },
    ),
    ("starlette", {}, {"request_headers": ["content-type"], "max_age": 600}),
    (
        "starlette",
        {"allow_origins": "*"},
        {"origins": ["*"], "request_headers": ["content-type"], "max_age": 600},
    ),
    (
        "starlette",
        {
            "allow_origins": "https://a.example",
            "allow_headers": "X-A",
            "allow_methods": "PUT",
            "expose_headers": "X-B",
        },
        {
            "origins": ["https://a.example"],
            "methods": ["PUT"],
            "request_headers": ["x-a", "content-type"],
            "exposed_headers": ["x-b"],
            "max_age": 600,
        },
    ),
    (
        "flask-cors",
        {},
        {
            "origins": ["*"],
            "methods": ["OPTIONS", "PUT", "PATCH", "DELETE"],
            "request_headers": ["*", "authorization"],
        },
    ),
    (
        "flask-cors",
        {
            "origins": "https://a.example",
            "methods": "put",
            "allow_headers": ["X-A"],
            "expose_headers": "X-B, X-C",
            "max_age": "60",
        },
        {
            "origins": ["https://a.example"],
            "methods": ["PUT"],
            "request_headers": ["x-a"],
            "exposed_headers": ["x-b", "x-c"],
            "max_age": 60,
        },
    ),
    (
        "django-cors-headers",
        {"CORS_ALLOWED_ORIGINS": ["https://a.example"], "CORS_ALLOW_HEADERS": ["x-a"], "DEBUG": True},
        {
            "origins": ["https://a.example"],
            "methods": ["DELETE", "OPTIONS", "PATCH", "PUT"],
            "request_headers": ["x-a"],
            "max_age": 86_400,
        },
    ),
    (
        "aiohttp-cors",
        {
            "https://a.example": {
                "allow_credentials": True,
                "allow_headers": ["X-A", "X-B"],
                "allow_methods": ["put"],
                "max_age": 60,
            },
            "https://b.example": {
                "allow_credentials": True,
                "allow_headers": ["x-b"],
                "allow_methods": "*",
                "max_age": 30,
            },
        },
        {
            "origins": ["https://a.example", "https://b.example"],
            "methods": ["PUT"],
            "request_headers": ["x-b"],
            "credentials": True,
            "max_age": 30,
        },
    ),
    ("aiohttp-cors", {"*": {}, "https://a.example": {"allow_credentials": True}}, {"origins": ["*"]}),
    (
        "litestar",
        {
            "allow_origins": ["https://*.example.com", "http://localhost:*"],
            "allow_methods": ["PUT"],
            "allow_headers": ["X-A"],
        },
        {
            "origins": ["https://*.example.com", "http://localhost:*"],
            "methods": ["PUT"],
            "request_headers": ["x-a", "content-type"],
            "max_age": 600,
        },
    ),
    (
        "express",
        {
            "origin": ["https://a.example"],
            "methods": "PUT,PATCH",
            "allowedHeaders": ["X-A"],
            "exposedHeaders": "X-B",
            "maxAge": 60,
            "optionsSuccessStatus": 200,
            "preflightContinue": True,
        },
        {
            "origins": ["https://a.example"],
            "methods": ["PUT", "PATCH"],
            "request_headers": ["x-a"],
            "exposed_headers": ["x-b"],
            "max_age": 60,
            "preflight_status": 200,
            "preflight_continue": True,
        },
    ),
    (
        "express",
        {"origin": {"regex": r"\.example\.com$"}, "allowedHeaders": "x-a"},
        {
            "origins": ["https://*.example.com"],
            "methods": ["PUT", "PATCH", "DELETE"],
            "request_headers": ["x-a"],
        },
    ),
    (
        "express",
        {"origin": {"regex": r"^https://a\.example$"}, "headers": "x-a"},
        {
            "origin_regexes": [r"https://a\.example"],
            "methods": ["PUT", "PATCH", "DELETE"],
            "request_headers": ["x-a"],
        },
    ),
]


@pytest.mark.parametrize(("peer", "options", "values"), ROWS)
def test_what_is_carried_over(peer: str, options: dict[str, Any], values: dict[str, Any]) -> None:
    found = IMPORTERS[peer](options)
    assert found.peer == peer
    assert dict(found.values) == values
    assert found.policy is not None
    assert found.policy.values() == values
    assert found.policies is not None
    assert found.policies.default == found.policy


def test_fastapi_is_starlette() -> None:
    options = {"allow_origins": ["https://a.example"]}
    assert IMPORTERS["fastapi"](options).values == IMPORTERS["starlette"](options).values


def lost(found: Imported) -> list[str]:
    return [remark.option for remark in found.report if remark.kind is Kind.LOST]


@pytest.mark.parametrize(
    ("peer", "options", "expected"),
    [
        ("starlette", {"allow_origin": ["*"]}, ["allow_origin"]),
        ("starlette", {"allow_origins": {"a": 1}}, ["allow_origins"]),
        ("starlette", {"allow_origins": [1]}, ["allow_origins[0]"]),
        ("starlette", {"max_age": "soon"}, ["max_age"]),
        ("starlette", {"allow_credentials": "yes"}, ["allow_credentials"]),
        ("starlette", {"allow_origin_regex": "https://("}, ["allow_origin_regex"]),
        ("starlette", {"allow_credentials": True, "allow_headers": ["*"]}, ["allow_headers"]),
        ("starlette", {"allow_methods": ["TRACE"]}, ["methods"]),
        ("flask-cors", {"origin": "x"}, ["origin"]),
        ("flask-cors", {"resources": r"/api/.*/v1"}, ["resources"]),
        ("flask-cors", {"resources": ["/a//b", "/a/{id}", "a"]}, ["resources"] * 3),
        ("flask-cors", {"resources": "^$"}, ["resources"]),
        ("flask-cors", {"origins": "https://["}, ["origins[0]"]),
        ("flask-cors", {"allow_headers": ["X-.*"]}, ["allow_headers"]),
        ("django-cors-headers", {"CORS_ALLOWED_ORIGIN": ["x"]}, ["CORS_ALLOWED_ORIGIN"]),
        ("django-cors-headers", {"CORS_URLS_REGEX": "^/a/.*/b$"}, ["CORS_URLS_REGEX"]),
        ("django-cors-headers", {"CORS_ALLOWED_ORIGINS": ["*"]}, ["CORS_ALLOWED_ORIGINS[0]"]),
        ("aiohttp-cors", {"https://a.example": 1}, ["https://a.example", "allow_methods"]),
        ("aiohttp-cors", {"https://a.example": {"methods": [], "allow_methods": ["PUT"]}}, ["methods"]),
        ("litestar", {"origins": []}, ["origins"]),
        ("express", {"origins": "x"}, ["origins"]),
        ("express", {"origin": [{"regex": "("}], "allowedHeaders": "x-a"}, ["origin[0]"]),
        ("express", {"origin": [None], "allowedHeaders": "x-a"}, ["origin[0]"]),
    ],
)
def test_what_is_not_carried_over(peer: str, options: dict[str, Any], expected: list[str]) -> None:
    assert lost(IMPORTERS[peer](options)) == expected


@pytest.mark.parametrize(
    ("expression", "patterns"),
    [
        ("/api/*", ["/api/*"]),
        ("/api/.*", ["/api/*"]),
        ("^/api/.*$", ["/api/*"]),
        ("^/api/", ["/api/*"]),
        ("^/api", ["/api/*"]),
        ("^/api/?", ["/api/*"]),
        ("^/api$", ["/api"]),
        ("^/api/$", ["/api"]),
        ("^/api/?$", ["/api"]),
        ("^/api/*$", ["/api"]),
        (r"^\/api\/.*$", ["/api/*"]),
        (r"/v1\.0/.*", ["/v1.0/*"]),
        ("^/$", ["/"]),
        ("^/?$", ["/"]),
        ("^/*$", ["/"]),
        ("*", ["/*"]),
        ("/*", ["/*"]),
        (r"^.*$", ["/*"]),
        ("^/(a|b)/", ["/a/*", "/b/*"]),
        ("^/(a|b)/.*$", ["/a/*", "/b/*"]),
        ("^/(?:v1|v2)/(a|b)$", ["/v1/a", "/v1/b", "/v2/a", "/v2/b"]),
        ("^/a/|^/b$", ["/a/*", "/b"]),
        ("^/(a|)", ["/*"]),
        ("^$", None),
        ("^/(a|b)+/", None),
        ("^/[(a|b)]/", None),
        ("^/a/.*/b$", None),
        ("^/a//$", None),
        (r"^/\(a|b\)/", None),
        ("(a|b)" * 40, None),
        ("api", None),
        ("/api*", None),
        ("/a/../b/.*", None),
    ],
)
def test_expressions_over_paths(expression: str, patterns: list[str] | None) -> None:
    found = path_patterns_of(expression)
    assert (None if found is None else list(found)) == patterns


@given(st.text(max_size=20) | st.text("^$/ab(|)?*.+\\", max_size=20))
def test_no_expression_over_paths_makes_bad_patterns(expression: str) -> None:
    assert not check_paths(path_patterns_of(expression) or ())


NAMES = st.sampled_from(
    [
        "allow_origins",
        "allow_origin_regex",
        "allow_methods",
        "allow_headers",
        "allow_credentials",
        "expose_headers",
        "max_age",
        "origins",
        "methods",
        "supports_credentials",
        "resources",
        "CORS_ALLOWED_ORIGINS",
        "CORS_ORIGINS",
        "CORS_ALLOWED_ORIGIN_REGEXES",
        "CORS_ALLOW_CREDENTIALS",
        "CORS_URLS_REGEX",
        "origin",
        "allowedHeaders",
        "credentials",
        "maxAge",
        "*",
        "https://a.example",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(
        ["*", "null", "https://*.example.com", "https://.*", "https://a.example", "(", "PUT", "x-a", "/api/*"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.just("regex"), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(IMPORTERS)), st.dictionaries(NAMES, VALUES, max_size=6))
def test_no_options_raise_and_nobody_is_let_in_with_cookies_by_accident(
    peer: str, options: dict[str, Any]
) -> None:
    found = IMPORTERS[peer](options)
    if found.policies is None:
        assert found.report
        return
    for policy in found.policies.policies.values():
        assert not (policy.credentials and "*" in policy.origins)
        assert not any(name.startswith("dangerously") for name in policy.values())


# corsage policy import


def test_the_policy_goes_out_and_the_report_beside_it(run: Run) -> None:
    options = json.dumps({"allow_origins": ["*"], "allow_credentials": True, "x\x1b[2J": 1})
    result = run("policy", "import", "starlette", "-", input=options)
    assert result.exit_code == 0
    found = IMPORTERS["starlette"](json.loads(options))
    assert read_policies(result.stdout) == found.policies
    assert "  ✘ allow_origins: *" in result.stderr
    assert "For example: Origin: https://evil.com" in result.stderr
    assert "\x1b" not in result.output


def test_toml_and_json(run: Run, tmp_path: Any) -> None:
    path = tmp_path / "options.toml"
    path.write_text('origins = ["https://a.example"]\n[resources."/api/*"]\nmax_age = 60\n', encoding="utf-8")
    document = json.loads(run("policy", "import", "flask-cors", str(path), "--json").stdout)
    assert document["exit_code"] == 0
    assert document["policy"]["cors"]["paths"]["/api/*"]["max_age"] == 60
    assert document["report"][0].keys() == {"kind", "option", "value", "says", "instead", "witness"}


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        (("nonsense", "-"), "{}", 2),
        (("starlette", "/no/such"), "", 2),
        (("starlette", "-"), "{", 2),
        (("starlette", "-"), "[1", 2),
        (("flask-cors", "-"), '{"resources": "/(a|b)+"}', 1),
    ],
)
def test_exit_codes(run: Run, arguments: tuple[str, ...], text: str, code: int) -> None:
    result = run("policy", "import", *arguments, input=text)
    assert result.exit_code == code
    assert "Traceback" not in result.output
