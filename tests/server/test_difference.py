"""Differences: what becomes allowed, what forbidden, and which side is dangerous."""

from __future__ import annotations

from typing import Any

import pytest

from corsage.server import Policy
from corsage.server.dangers import danger_of
from corsage.server.difference import Effect, difference
from corsage.server.draft import FIELDS
from corsage.server.policy_set import PolicySet

DEVELOPMENT = Policy(
    origins=["http://localhost:*", "https://app.example.com"], methods=["PUT"], environment="development"
)
PRODUCTION = Policy(
    origins=["https://*.example.com"], methods=["PUT", "PATCH"], max_age=600, environment="production"
)


def test_what_development_has_that_production_has_not() -> None:
    assert str(difference(DEVELOPMENT, PRODUCTION)).splitlines() == [
        "Pages of http://localhost:* may no longer read the answers. "
        "It let in every program on the users' own machines.",
        "Pages of https://app.example.com may read the answers as before: origins[0] https://*.example.com allows it.",
        "Pages of https://*.example.com may read the answers.",
        "PATCH requests may be made.",
        "Browsers keep the answer to a preflight for 600 seconds instead of for as long as they like (5 seconds).",
        "The environment is production instead of development.",
    ]


def test_the_other_way_round_it_is_a_danger() -> None:
    found = difference(PRODUCTION, DEVELOPMENT)
    (danger,) = found.dangers
    assert (danger.field, danger.new, danger.effect) == ("origins", "http://localhost:*", Effect.ALLOWS)
    assert "Danger: it lets in every program" in str(found)
    assert [change.old for change in found.having(Effect.FORBIDS)] == ["https://*.example.com", "PATCH"]


def test_the_same_is_no_difference() -> None:
    assert not difference(DEVELOPMENT, PolicySet(DEVELOPMENT))
    reordered = Policy(origins=["https://b.example", "https://a.example"])
    (change,) = difference(Policy(origins=["https://a.example", "https://b.example"]), reordered).changes
    assert (change.effect, change.says) == (Effect.ALTERS, "The order of origins changes.")


# fields before, fields after, effect, sentence
ONE: list[tuple[dict[str, Any], dict[str, Any], Effect, str]] = [
    ({}, {"credentials": True}, Effect.ALLOWS, "Pages may send cookies and read the answer."),
    ({"credentials": True}, {}, Effect.FORBIDS, "Pages may no longer send cookies and read the answer."),
    (
        {},
        {"guard_websockets": True},
        Effect.FORBIDS,
        "WebSocket handshakes of pages that are not allowed are refused.",
    ),
    ({}, {"preflight_continue": True}, Effect.ALTERS, "Preflights are handed to the application."),
    ({}, {"timing": True}, Effect.ALLOWS, "The timing of resources is shown to the allowed origins."),
    ({}, {"exposed_headers": ["etag"]}, Effect.ALLOWS, "The response header etag may be read."),
    ({"request_headers": ["x-a"]}, {}, Effect.FORBIDS, "The request header x-a may no longer be set."),
    (
        {"max_age": 600},
        {"max_age": 0},
        Effect.ALTERS,
        "Browsers keep the answer to a preflight not at all instead of for 600 seconds.",
    ),
    (
        {},
        {"resource_policy": "same-site"},
        Effect.ALTERS,
        "Cross-Origin-Resource-Policy is same-site instead of not sent.",
    ),
    ({}, {"preflight_status": 200}, Effect.ALTERS, "preflight_status is 200 instead of 204."),
    (
        {},
        {"origin_lookup": print},
        Effect.ALTERS,
        "Origins that the lists do not have are looked up in another way.",
    ),
    (
        {},
        {"origin_regexes": [r"https://a[0-9]\.example"]},
        Effect.ALLOWS,
        r"Pages of origins that match https://a[0-9]\.example may read the answers.",
    ),
]


@pytest.mark.parametrize(("old", "new", "effect", "says"), ONE)
def test_one_field(old: dict[str, Any], new: dict[str, Any], effect: Effect, says: str) -> None:
    base = {"origins": ["https://a.example"]}
    (change,) = difference(Policy.of(base | old), Policy.of(base | new)).changes
    assert (change.effect, change.says) == (effect, says)


def test_what_a_wildcard_covers_is_not_news() -> None:
    everyone = Policy(origins="*", methods="*", public=True)
    some = Policy(origins=["https://a.example"], methods=["PUT"])
    narrower = difference(everyone, some)
    assert {change.field for change in narrower.having(Effect.FORBIDS)} == {"origins", "methods"}
    assert not narrower.having(Effect.ALLOWS)
    wider = difference(some, everyone)
    assert [change.new for change in wider.having(Effect.ALLOWS)] == ["*", "*"]
    assert [change.danger for change in wider.having(Effect.ALLOWS)] == [
        "every page there is",
        "also those that the application will have one day",
    ]


def test_paths_are_compared_with_what_holds_there() -> None:
    old = PolicySet(DEVELOPMENT, {"/api/*": PRODUCTION})
    new = PolicySet(DEVELOPMENT, {"/api/*": PRODUCTION, "/api/{id}": PRODUCTION, "/files/*": PRODUCTION})
    found = difference(old, new)
    assert {change.path for change in found.changes} == {"/files/*"}
    assert str(found).startswith("/files/*: ")


def test_policies_that_come_and_go() -> None:
    came = difference(PolicySet(), PolicySet(Policy(origins=["https://a.example"])))
    assert [(change.field, change.new) for change in came.changes] == [
        ("policy", "policy"),
        ("origins", "https://a.example"),
    ]
    went = difference(PolicySet(None, {"/x": PRODUCTION}), PolicySet())
    assert went.changes[0].says.startswith("No policy holds any more")
    assert went.changes[0].path == "/x"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("origins", "*", "every page"),
        ("origins", "null", "sandboxed"),
        ("origins", "http://a.example", "network"),
        ("origins", "https://*.github.io", "registers"),
        ("origins", "https://a.example:*", "every server"),
        ("origins", "http://127.0.0.1:3000", "own machines"),
        ("dangerously_allow_null_origin", True, "sandboxed"),
        ("methods", "*", "one day"),
        ("origins", "https://*.example.com", None),
        ("origins", "nonsense", None),
        ("credentials", True, None),
        ("methods", "PUT", None),
    ],
)
def test_dangers(field: str, value: object, words: str | None) -> None:
    found = danger_of(field, value)
    assert (found is None) is (words is None)
    assert words is None or words in str(found)


def test_every_flag_has_its_words() -> None:
    base = {"origins": ["https://a.example"]}
    for field, kind in FIELDS.items():
        if kind == "b" and field != "public":
            assert len(difference(Policy.of(base), Policy.of(base | {field: True})).changes) == 1
