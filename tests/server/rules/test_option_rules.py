"""CORS10x, CORS18x, CORS19x: types, names, numbers, words, contradictions."""

from datetime import timedelta
from typing import Any

import pytest

from corsage.model.rule import Severity
from corsage.server import problems_of

BASE: dict[str, Any] = {"origins": ["https://example.com"]}

TYPES: list[tuple[str, Any, str, str | None]] = [
    ("origins", "https://example.com", "origins", '["https://example.com"]'),
    ("origins", "https://a.com, https://b.com", "origins", '["https://a.com", "https://b.com"]'),
    ("origins", " * ", "origins", '"*"'),
    ("origins", b"https://a.com", "origins", '["https://a.com"]'),
    ("origins", 1, "origins", None),
    ("origins", {"a": 1}, "origins", None),
    ("origins", ["https://a.com", None, 5], "origins[1]", None),
    ("methods", "PUT, PATCH", "methods", '["PUT", "PATCH"]'),
    ("request_headers", "X-Token", "request_headers", '["X-Token"]'),
    ("origin_regexes", r"https://a\.com", "origin_regexes", r'["https://a\\.com"]'),
    ("origin_regexes", "*", "origin_regexes", '["*"]'),
    ("credentials", "true", "credentials", "true"),
    ("credentials", "False", "credentials", "false"),
    ("credentials", 1, "credentials", "true"),
    ("credentials", None, "credentials", "false"),
    ("credentials", "perhaps", "credentials", None),
    ("credentials", [True], "credentials", None),
    ("max_age", "600", "max_age", "600"),
    ("max_age", 600.0, "max_age", "600"),
    ("max_age", timedelta(minutes=10), "max_age", "600"),
    ("max_age", True, "max_age", None),
    ("max_age", "ten minutes", "max_age", None),
    ("max_age", float("inf"), "max_age", None),
    ("origin_lookup_seconds", "1.5", "origin_lookup_seconds", "1.5"),
    ("origin_lookup_seconds", 10**400, "origin_lookup_seconds", None),
    ("origin_lookup", "myapp.tenants", "origin_lookup", None),
    ("resource_policy", ["same-site"], "resource_policy", '"same-site"'),
    ("resource_policy", b"same-site", "resource_policy", '"same-site"'),
    ("environment", 7, "environment", None),
]


@pytest.mark.parametrize(("field", "value", "place", "suggestion"), TYPES)
def test_wrong_types(field: str, value: Any, place: str, suggestion: str | None) -> None:
    problem = next(each for each in problems_of({**BASE, field: value}) if each.code == "CORS101")
    assert (problem.field, problem.suggestion) == (place, suggestion)
    assert problem.severity is Severity.ERROR


def test_what_stands_beside_a_wrong_type_is_looked_at_too() -> None:
    found = problems_of(
        {
            "origins": [3, "https://a.example/", None, "null"],
            "methods": ["PUT", 4, "PUT"],
            "request_headers": ["*", 5, "X-A"],
            "exposed_headers": [6],
        }
    )
    assert [(each.code, each.field) for each in found] == [
        ("CORS101", "origins[0]"),
        ("CORS101", "origins[2]"),
        ("CORS101", "methods[1]"),
        ("CORS101", "request_headers[1]"),
        ("CORS101", "exposed_headers[0]"),
        ("CORS104", "methods[2]"),
        ("CORS114", "origins[1]"),
        ("CORS123", "origins[3]"),
        ("CORS155", "request_headers[2]"),
    ]
    assert "the same as methods[0]" in found[5].reason


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("origin", "origins"),
        ("allow_origins", "origins"),
        ("allowOrigins", "origins"),
        ("allow-credentials", "credentials"),
        ("supports_credentials", "credentials"),
        ("expose_headers", "exposed_headers"),
        ("CORS_ALLOWED_ORIGIN_REGEXES", "origin_regexes"),
        ("maxAge", "max_age"),
        ("max-age", "max_age"),
        ("methdos", "methods"),
        ("dangerously_allow_null", "dangerously_allow_null_origin"),
        ("colour", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_unknown_fields(name: str, meant: str | None) -> None:
    (problem,) = problems_of({**BASE, name: True})
    assert (problem.code, problem.suggestion) == ("CORS102", meant)
    assert len(problem.says) < 400


def test_a_name_that_is_no_text() -> None:
    values: dict[Any, Any] = {7: True, None: 1, ("a",): 2}
    assert [problem.field for problem in problems_of(values)] == ["7", "None", "('a',)"]


def truth(_: str) -> bool:
    return True


OPTIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({"methods": ["PUT"]}, ["warning CORS103 origins"]),
    ({"credentials": True, "origins": []}, ["warning CORS103 origins"]),
    ({"timing": True}, ["warning CORS103 origins"]),
    ({"origin_lookup": truth, "timing": True}, []),
    ({"dangerously_allow_null_origin": True, "timing": True}, []),
    ({"environment": "production", "guard_websockets": True, "resource_policy": "same-site"}, []),
    ({**BASE, "max_age": -2}, ["error CORS180 max_age"]),
    ({**BASE, "max_age": 86_401}, ["error CORS180 max_age"]),
    ({**BASE, "max_age": 10**5000}, ["error CORS180 max_age"]),
    ({**BASE, "max_age": 7201}, ["note CORS181 max_age"]),
    ({**BASE, "max_age": 7200}, []),
    ({**BASE, "max_age": -1}, ["note CORS182 max_age"]),
    ({**BASE, "preflight_status": 199}, ["error CORS183 preflight_status"]),
    ({**BASE, "preflight_status": 300}, ["error CORS183 preflight_status"]),
    ({**BASE, "preflight_status": 299}, []),
    ({**BASE, "resource_policy": "Same-Origin"}, ["error CORS184 resource_policy"]),
    ({**BASE, "resource_policy": ""}, ["error CORS184 resource_policy"]),
    ({**BASE, "private_network": True}, ["note CORS185 private_network"]),
    ({**BASE, "origin_lookup_seconds": -0.5}, ["error CORS186 origin_lookup_seconds"]),
    ({**BASE, "origin_lookup_seconds": float("nan")}, ["error CORS186 origin_lookup_seconds"]),
    ({**BASE, "origin_lookup_seconds": float("inf")}, ["error CORS186 origin_lookup_seconds"]),
    ({**BASE, "origin_lookup_seconds": 100_000}, ["warning CORS186 origin_lookup_seconds"]),
    ({"origins": "*", "origin_lookup": truth}, ["warning CORS190 origin_lookup"]),
    ({**BASE, "preflight_continue": True, "preflight_status": 200}, ["warning CORS191 preflight_status"]),
    ({**BASE, "public": True}, ["warning CORS192 public"]),
    (
        {**BASE, "public": True, "credentials": True},
        ["warning CORS192 public", "warning CORS192 public"],
    ),
    ({"origins": "*", "guard_websockets": True}, ["warning CORS193 guard_websockets"]),
    (
        {"origins": "*", "dangerously_allow_null_origin": True},
        ["note CORS194 dangerously_allow_null_origin"],
    ),
    (
        {**BASE, "dangerously_allow_public_suffixes": True, "dangerously_allow_loopback_in_production": True},
        [
            "note CORS194 dangerously_allow_public_suffixes",
            "note CORS194 dangerously_allow_loopback_in_production",
        ],
    ),
    (
        {"origins": ["http://a.com"], "dangerously_allow_insecure_origins": True},
        ["note CORS194 dangerously_allow_insecure_origins"],
    ),
    (
        {
            "origin_regexes": [r"http://a\.com"],
            "credentials": True,
            "dangerously_allow_insecure_origins": True,
        },
        [],
    ),
    (
        {
            "origin_regexes": [r"https://a\.com"],
            "credentials": True,
            "dangerously_allow_insecure_origins": True,
        },
        ["note CORS194 dangerously_allow_insecure_origins"],
    ),
    ({**BASE, "environment": "prod"}, ["warning CORS195 environment"]),
    ({**BASE, "environment": "Production "}, ["warning CORS195 environment"]),
    ({**BASE, "environment": "producton"}, ["warning CORS195 environment"]),
    ({**BASE, "environment": "development"}, []),
]


@pytest.mark.parametrize(("fields", "expected"), OPTIONS)
def test_options(fields: dict[str, Any], expected: list[str]) -> None:
    found = [f"{each.severity} {each.code} {each.field}" for each in problems_of(fields)]
    assert found == expected


def test_the_nearest_resource_policy() -> None:
    (problem,) = problems_of({**BASE, "resource_policy": "SAME_SITE"})
    assert problem.suggestion == "same-site"
