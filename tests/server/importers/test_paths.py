"""An imported policy is for the paths that the peer covered: no others, unless a remark says so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.server.importers.replayed import RUN

from corsage.server.importers import IMPORTERS, Imported, Kind

A = "https://a.example"
PATHS = (
    "/",
    "/foo",
    "/foo/",
    "/foo/secret",
    "/foo/a/b",
    "/foobar",
    "/api",
    "/api/",
    "/api/x",
    "/apix",
    "/other",
)


def of(peer: str, expression: str) -> Imported:
    if peer == "flask-cors":
        return IMPORTERS[peer]({"resources": [expression], "origins": A})
    return IMPORTERS[peer]({"CORS_URLS_REGEX": expression, "CORS_ALLOWED_ORIGINS": [A]})


def remarks(found: Imported) -> list[tuple[Kind, str]]:
    return [
        (remark.kind, remark.witness)
        for remark in found.report
        if remark.option in {"resources", "CORS_URLS_REGEX"}
    ]


@pytest.mark.parametrize("peer", ["flask-cors", "django-cors-headers"])
@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("^/$", []),
        ("^$", [(Kind.LOST, "")]),
        ("^/foo$", []),
        ("^/foo/$", []),
        ("^/foo/?$", []),
        ("^/foo/.*$", []),
        ("^/foo/.+$", [(Kind.DIFFERENT, "GET /foo")]),
        ("^/.+$", [(Kind.DIFFERENT, "GET /")]),
        ("^/foo", [(Kind.DANGER, "GET /foox")]),
        ("^/(foo|api)/.*$", []),
        ("^/(foo|api)", [(Kind.DANGER, "GET /foox")]),
        ("^/foo/.*/b$", [(Kind.LOST, "")]),
        ("^.*/api/.*$", [(Kind.LOST, "")]),
    ],
)
def test_the_same_paths_or_a_remark(peer: str, expression: str, expected: list[tuple[Kind, str]]) -> None:
    found = of(peer, expression)
    assert remarks(found) == expected
    gained = {witness.removeprefix("GET ") for kind, witness in expected if kind is Kind.DIFFERENT}
    for path in PATHS:
        covered = found.policies is not None and found.policies.select(path) is not None
        was = any(re.match(expression, each) for each in (path, f"{path}/", path.rstrip("/")))
        assert not covered or was or path.rstrip("/") in {each.rstrip("/") for each in gained}, path
        assert covered or not was or expected, path


@pytest.mark.parametrize("path", ["/foo/", "/foo/x", "/"])
def test_flask_matches_from_the_start(path: str) -> None:
    options: dict[str, Any] = {"resources": ["^/foo/$"], "origins": A}
    assert RUN["flask-cors"](options, "GET", path, [("Origin", A)]).allows(A) == (path == "/foo/")


def test_the_entry_that_is_asked_first_decides() -> None:
    options: dict[str, Any] = {
        "resources": {"^/foo/?$": {"origins": A}, "/foo": {"origins": "https://b.example"}}
    }
    found = IMPORTERS["flask-cors"](options)
    assert found.policies is not None
    policy = found.policies.select("/foo")
    assert policy is not None
    assert list(policy.origins) == ["https://b.example"]
    assert not RUN["flask-cors"](options, "GET", "/foo", [("Origin", A)]).allows(A)
    assert (Kind.DIFFERENT, "") in remarks(found)
