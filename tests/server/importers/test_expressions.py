"""What expressions over origins become: nobody is locked out without a remark."""

from __future__ import annotations

from typing import Any

import pytest
from tests.server.importers.replayed import RUN

from corsage.server import compile_policy, decide
from corsage.server.importers import IMPORTERS, Imported, Kind
from corsage.server.importers.expressions import without_case

ALLOWED_BY_SEARCH = [
    (r":\/\/(.+\.)?example.com$", ["https://example.com", "https://a.example.com"]),
    (r"//example\.com$", ["https://example.com"]),
    (r"localhost:\d+$", ["http://localhost:3000", "https://localhost:3000"]),
    (r"localhost", ["http://localhost:3000", "http://localhost"]),
    (r"127\.0\.0\.1", ["http://127.0.0.1:8000", "http://127.0.0.1"]),
    (r"example\.com$|other\.org$", ["https://example.com", "https://a.example.com", "https://other.org"]),
    (r"example\.com|other\.org", ["https://example.com", "https://a.example.com", "https://other.org"]),
    (r"\.example\.com", ["https://a.example.com", "https://a.b.example.com"]),
    (r"(foo|bar)\.example\.com$", ["https://foo.example.com", "https://a.bar.example.com"]),
    (r"^https://a\.example$|localhost:3000", ["https://a.example", "http://localhost:3000"]),
    ("^https?://", ["https://a.example", "http://a.example"]),
    (r"^http:\/\/", ["http://a.example"]),
]


def allows(found: Imported, origin: str) -> bool:
    return (
        found.policy is not None and decide(compile_policy(found.policy), "GET", [("Origin", origin)]).allowed
    )


def lost(found: Imported, option: str) -> list[str]:
    return [
        each.instead for each in found.report if each.kind is Kind.LOST and each.option.startswith(option)
    ]


@pytest.mark.parametrize(("pattern", "origins"), ALLOWED_BY_SEARCH)
def test_what_a_search_is_for(pattern: str, origins: list[str]) -> None:
    options = {"origin": [{"regex": pattern}], "allowedHeaders": "x-a"}
    found = IMPORTERS["express"](options)
    assert [each for each in origins if not allows(found, each)] == []
    assert not lost(found, "origin")
    assert RUN["express"](options, "GET", "/", [("Origin", origins[0])]).allows(origins[0])


@pytest.mark.parametrize("pattern", ["foo", "example", r":\d+$", r"^example\.com$", "https://"])
def test_a_search_without_a_host_is_lost(pattern: str) -> None:
    found = IMPORTERS["express"]({"origin": {"regex": pattern}, "allowedHeaders": "x-a"})
    assert "origin_regexes" not in found.values
    if pattern == "https://":
        assert found.values["origins"] == ["*"]
    else:
        assert lost(found, "origin") == ["It is left out: nobody is allowed by it. List the origins."]


def test_one_alternative_is_lost() -> None:
    found = IMPORTERS["express"]({"origin": {"regex": r"foo|https://a\.example"}})
    assert lost(found, "origin") == ["It is left out: nobody is allowed by it. List the origins."]
    assert found.values["origin_regexes"] == [r"https://a\.example"]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (r"/Example\.com$/i", {"origins": ["https://example.com", "https://*.example.com"]}),
        (r"/^https:\/\/a\.example$/", {"origin_regexes": [r"https:\/\/a\.example"]}),
        ("/example/i", {}),
        (r"(?i)^https://A\.example$", {"origin_regexes": [r"https://a\.example"]}),
    ],
)
def test_slashes_and_flags(written: str, values: dict[str, Any]) -> None:
    found = IMPORTERS["express"]({"origin": {"regex": written}})
    assert {name: value for name, value in found.values.items() if name.startswith("origin")} == values
    assert written in [each.value for each in found.report if each.kind is Kind.DIFFERENT]


@pytest.mark.parametrize(
    ("peer", "options"),
    [
        ("flask-cors", {"origins": [r"^https://A\.example$"]}),
        ("flask-cors", {"origins": [r"(?i)^https://A\.example$"]}),
        ("django-cors-headers", {"CORS_ALLOWED_ORIGIN_REGEXES": [r"(?i)^https://A\.example$"]}),
        ("starlette", {"allow_origin_regex": r"(?i)https://A\.example"}),
    ],
)
def test_case_is_ignored_where_it_was(peer: str, options: dict[str, Any]) -> None:
    origin = "https://a.example"
    assert RUN[peer](options, "GET", "/", [("Origin", origin)]).allows(origin)
    assert allows(IMPORTERS[peer](options), origin)


@pytest.mark.parametrize(
    ("pattern", "ignored", "expected"),
    [
        (r"https://A\.Example", True, r"https://a\.example"),
        (r"https://A\.Example", False, r"https://A\.Example"),
        (r"(?i)https://\W\D[A-Z]+", False, r"https://\W\D[a-z]+"),
        (r"(?P<Name>A)(?P=Name)", True, r"(?P<name>a)(?P=name)"),
    ],
)
def test_lower_case(pattern: str, ignored: bool, expected: str) -> None:  # noqa: FBT001 - a table
    assert without_case(pattern, ignored=ignored) == expected


@pytest.mark.parametrize(
    ("peer", "options", "option"),
    [
        ("starlette", {"allow_origin_regex": r"https://A\.example"}, "allow_origin_regex"),
        ("starlette", {"allow_origin_regex": r"a\.example"}, "allow_origin_regex"),
        ("litestar", {"allow_origins": [], "allow_origin_regex": "foo"}, "allow_origin_regex"),
        ("flask-cors", {"origins": [r"a\.example$"]}, "origins"),
        ("django-cors-headers", {"CORS_ALLOWED_ORIGIN_REGEXES": ["foo"]}, "CORS_ALLOWED_ORIGIN_REGEXES"),
    ],
)
def test_an_expression_that_accepts_no_origin(peer: str, options: dict[str, Any], option: str) -> None:
    found = IMPORTERS[peer](options)
    (instead,) = lost(found, option)
    assert "nobody is let in by it now" in instead
    assert "origin_regexes" not in found.values


def test_the_star_is_for_more_than_any_host() -> None:
    found = IMPORTERS["starlette"]({"allow_origin_regex": "https://.*"})
    (remark,) = [each for each in found.report if each.witness == "Origin: null"]
    assert "http://evil.com" in remark.says
    assert "https://evil.com" not in remark.says
