"""Explanations: which entry allows what, why none does, and that they never contradict the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.server import Policy, Reason, compile_policy, decide
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from corsage.server.explanation import Explanation

POLICY = Policy(
    origins=[
        "https://app.example.com",
        "https://*.example.com",
        "https://+.one.example",
        "http://localhost:*",
        "https://fixed.example:8443",
        "https://www.example.net",
    ],
    origin_regexes=[r"https://r[0-9]\.example\.org"],
    methods=["PUT", "PATCH"],
    request_headers=["X-Token"],
)

ALLOWED = [
    ("https://app.example.com", "origins[0] https://app.example.com"),
    ("https://a.b.example.com", "origins[1] https://*.example.com"),
    ("https://x.one.example", "origins[2] https://+.one.example"),
    ("http://localhost:3000", "origins[3] http://localhost:*"),
    ("http://localhost", "origins[3] http://localhost:*"),
    ("https://r1.example.org", r"origin_regexes[0] https://r[0-9]\.example\.org"),
]


@pytest.mark.parametrize(("origin", "entry"), ALLOWED)
def test_the_entry_that_allows_an_origin(origin: str, entry: str) -> None:
    explanation = POLICY.explain(origin=origin)
    assert explanation.findings[0].entry == entry
    assert explanation.sentences[0] == f"{origin} is allowed by {entry}."
    assert explanation.allowed


NEAR = [
    (
        "https://example.com",
        "origins[1] https://*.example.com is for subdomains, and not for example.com itself",
    ),
    ("http://app.example.com", "origins[0] https://app.example.com is for https, and this is http"),
    ("https://a.b.one.example", "origins[2] https://+.one.example is for subdomains of one label"),
    ("https://localhost", "origins[3] http://localhost:* is for http, and this is https"),
    (
        "https://fixed.example",
        "origins[4] https://fixed.example:8443 is for port 8443, and this has the default port",
    ),
    ("https://example.net", "origins[5] https://www.example.net is for www alone"),
    ("https://a.fixed.example:8443", "origins[4] https://fixed.example:8443 is for this host alone"),
]


@pytest.mark.parametrize(("origin", "words"), NEAR)
def test_how_near_an_entry_comes(origin: str, words: str) -> None:
    explanation = POLICY.explain(origin=origin)
    assert words in explanation.sentences[0]
    assert not explanation.allowed


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        ("https://evil.example", "none of the 7 entries is for it."),
        ("null", "every sandboxed frame"),
        ("https://app.example.com/", "no origin as browsers send it"),
        ("HTTPS://APP.EXAMPLE.COM", "no origin as browsers send it"),
        ("https://evil.com/.example.com", "no origin as browsers send it"),
        ("", "no origin as browsers send it"),
    ],
)
def test_why_an_origin_is_not_allowed(origin: str, words: str) -> None:
    assert words in POLICY.explain(origin=origin).sentences[0]


def test_other_ways_to_be_allowed_or_not() -> None:
    assert (
        Policy(origins="*", public=True).explain(origin="https://x.example").findings[0].entry == "origins *"
    )
    sandboxed = Policy(origins=["https://a.example"], dangerously_allow_null_origin=True)
    assert sandboxed.explain(origin="null").findings[0].entry == "dangerously_allow_null_origin"
    assert "allows no origin" in Policy().explain(origin="https://a.example").sentences[0]
    assert (
        "the only entry is not for it"
        in Policy(origins=["https://a.example"]).explain(origin="https://b.example").sentences[0]
    )
    plain = POLICY.explain()
    assert plain.allowed
    assert plain.preflight is None
    assert "no Origin" in plain.sentences[0]


def test_methods() -> None:
    def says(policy: Policy, method: str) -> tuple[bool, str | None, str]:
        finding = policy.explain(origin="https://app.example.com", method=method).findings[1]
        return finding.allowed, finding.entry, finding.says

    assert says(POLICY, "post") == (True, None, "POST needs no leave.")
    assert says(POLICY, "put") == (True, "methods[0] PUT", "PUT is allowed by methods[0] PUT.")
    assert says(POLICY, "patch")[0] is False
    assert "methods has PATCH, and browsers send patch" in says(POLICY, "patch")[2]
    assert "not in methods" in says(POLICY, "DELETE")[2]
    assert "no method name" in says(POLICY, "A B")[2]
    every = Policy(origins="*", methods="*", public=True)
    assert says(every, "PURGE") == (True, "methods *", "PURGE is allowed by methods *.")


def test_headers() -> None:
    def says(policy: Policy, name: str) -> tuple[bool, str | None, str]:
        finding = policy.explain(origin="https://app.example.com", headers=[name]).findings[2]
        return finding.allowed, finding.entry, finding.says

    assert says(POLICY, "X-TOKEN") == (
        True,
        "request_headers[0] x-token",
        "X-TOKEN is allowed by request_headers[0] x-token.",
    )
    assert "not in request_headers" in says(POLICY, "X-Evil")[2]
    assert "application/json" in says(POLICY, "Content-Type")[2]
    assert "no header name" in says(POLICY, "x-token,x-token")[2]
    every = Policy(origins="*", request_headers="*", public=True)
    assert says(every, "x-a")[1] == "request_headers *"
    assert "must be named" in says(every, "Authorization")[2]


def lookup(origin: str) -> bool:
    return origin == "https://tenant.example"


def raising(origin: str) -> bool:
    raise LookupError(origin)


async def generating(_: str) -> AsyncIterator[bool]:
    yield True


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (raising, "origin_lookup raised an exception, and one that raises allows nothing."),
        (lambda _: "no", "origin_lookup returned neither True nor False, and only True allows."),
        (lambda _: 1, "returned neither True nor False"),
        (lambda _: object(), "returned neither True nor False"),
        (lambda _: None, "returned neither True nor False"),
        (generating, "returned neither True nor False"),
    ],
)
def test_a_lookup_that_fails_allows_nothing(asked: Callable[[str], bool], words: str) -> None:
    policy = Policy(origins=["https://listed.example"], origin_lookup=asked)
    explanation = policy.explain(origin="https://tenant.example", method="PUT")
    assert words in explanation.sentences[0]
    assert not explanation.allowed
    assert not explanation.undecided
    assert not explanation.findings[0].allowed
    assert policy.explain(origin="https://listed.example").allowed


def test_only_true_allows() -> None:
    def answering(answer: Any) -> Callable[[str], bool]:
        return lambda _: answer

    for answer in ("no", object(), 1):
        compiled = compile_policy(Policy(origin_lookup=answering(answer)))
        assert not decide(compiled, "GET", [("Origin", "https://a.example")]).allowed


async def slow_lookup(origin: str) -> bool:
    return lookup(origin)


def test_lookups_are_asked_unless_they_are_async() -> None:
    policy = Policy(origins=["https://a.example"], origin_lookup=lookup)
    assert policy.explain(origin="https://tenant.example").findings[0].entry == "origin_lookup"
    assert "origin_lookup refuses it" in policy.explain(origin="https://b.example").sentences[0]
    assert policy.explain(origin="https://a.example").findings[0].entry == "origins[0] https://a.example"
    slow = Policy(origins=["https://a.example"], origin_lookup=slow_lookup).explain(
        origin="https://tenant.example"
    )
    assert slow.undecided
    assert not slow.allowed
    assert "has the last word" in slow.sentences[0]


def test_the_decision_is_the_one_that_stands_in_the_way() -> None:
    origin = "https://app.example.com"
    good = POLICY.explain(origin=origin, method="PUT", headers=["x-token"])
    assert good.decision == good.actual
    assert good.preflight is not None
    assert ("Access-Control-Allow-Headers", "x-token") in good.preflight.headers
    bad = POLICY.explain(origin=origin, method="DELETE")
    assert bad.decision == bad.preflight
    assert bad.decision is not None
    assert bad.decision.reason is Reason.METHOD_NOT_ALLOWED


def test_a_set_explains_its_choice_first() -> None:
    made = PolicySet(None, {"/api/*": POLICY})
    explanation = made.explain(origin="https://app.example.com", path="/api/x")
    assert explanation.sentences[0] == "/api/* is the most specific pattern that matches /api/x."
    assert explanation.policy == POLICY
    assert str(explanation).count("\n") == 2
    none = made.explain(origin="https://app.example.com", path="/other")
    assert not none.allowed
    assert none.decision is None
    assert "No policy holds here" in str(none)


ORIGINS = st.sampled_from(
    [origin for origin, _ in ALLOWED] + [origin for origin, _ in NEAR] + ["null"]
) | st.text(max_size=30)
METHODS = st.sampled_from(["GET", "PUT", "put", "patch", "DELETE", "A B", ""])
HEADERS = st.lists(st.sampled_from(["x-token", "X-TOKEN", "x-evil", "authorization", "", "a b"]), max_size=3)


@given(ORIGINS, METHODS, HEADERS)
def test_an_explanation_is_true(origin: str, method: str, headers: list[str]) -> None:
    explanation: Explanation = POLICY.explain(origin=origin, method=method, headers=headers)
    compiled = compile_policy(POLICY)
    assert explanation.actual == decide(compiled, explanation.findings[1].name, [("Origin", origin)])
    if "" not in headers:
        assert explanation.allowed is all(finding.allowed for finding in explanation.findings)
    assert all((finding.entry is None) or finding.allowed for finding in explanation.findings)
    assert all(finding.says.endswith(".") for finding in explanation.findings)
