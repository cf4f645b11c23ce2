"""Decide: whose request it is. The lists, the lookup, and whatever else may stand in ``Origin``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.server.asking import ACAO, ACEH, ACRH, ACRM, EVERYONE, LISTED, OTHER, PAGE, VARY, decided

from corsage.server import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

# --- the origin ---


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([PAGE], None),
        ([OTHER], Reason.ORIGIN_NOT_ALLOWED),
        ([""], Reason.ORIGIN_MALFORMED),
        (["null"], Reason.ORIGIN_NULL),
        (["NULL"], Reason.ORIGIN_MALFORMED),
        (["*"], Reason.ORIGIN_MALFORMED),
        ([PAGE, PAGE], Reason.ORIGIN_REPEATED),
        ([PAGE, OTHER], Reason.ORIGIN_REPEATED),
        (["", PAGE], Reason.ORIGIN_REPEATED),
        (["null", "null"], Reason.ORIGIN_REPEATED),
        ([f"{PAGE}, {PAGE}"], Reason.ORIGIN_MALFORMED),
        ([f"{PAGE} {OTHER}"], Reason.ORIGIN_MALFORMED),
        ([PAGE + "/"], Reason.ORIGIN_MALFORMED),
        ([PAGE + ":443"], Reason.ORIGIN_MALFORMED),
        ([PAGE + "."], Reason.ORIGIN_NOT_ALLOWED),
        ([PAGE.upper()], Reason.ORIGIN_MALFORMED),
        ([" " + PAGE], Reason.ORIGIN_MALFORMED),
        ([PAGE + "\r\nSet-Cookie: a=b"], Reason.ORIGIN_MALFORMED),
        (["https://" + "a" * 70_000], Reason.ORIGIN_MALFORMED),
        (["https://example.com\x00"], Reason.ORIGIN_MALFORMED),
        (["https://ex\xe4mple.com"], Reason.ORIGIN_MALFORMED),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_origins(lines: list[str], reason: Reason | None) -> None:
    headers = [("Origin", line) for line in lines]
    for method, more in (("GET", []), ("OPTIONS", [(ACRM, "PUT")])):
        decision = decided(LISTED, method, *headers, *more)
        assert decision.reason is reason
        assert (ACAO in dict(decision.headers)) == (reason is None)
        assert decision.origin == (lines[0] if len(lines) == 1 else None)


def test_everyone_is_everyone_even_twice() -> None:
    decision = decided(EVERYONE, "GET", ("Origin", PAGE), ("Origin", OTHER))
    assert decision.allowed
    assert decision.headers == ((ACAO, "*"), (ACEH, "*"))


# --- lookups ---


class Lookup:
    """A lookup that keeps what it was asked."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self, origin: str) -> Any:
        self.asked.append(origin)
        return self.answer


def test_a_lookup_is_asked_where_the_lists_say_no_and_never_about_nonsense() -> None:
    lookup = Lookup(answer=True)
    policy = {
        "origins": [PAGE, "https://*.example.org"],
        "origin_regexes": [r"https://r\.example"],
        "origin_lookup": lookup,
    }
    for origin in (PAGE, "https://a.example.org", "https://r.example"):
        assert decided(policy, "GET", ("Origin", origin)).allowed
    assert lookup.asked == []
    for origin in (
        "null",
        "",
        "*",
        OTHER + "/",
        OTHER.upper(),
        "https://evil.com/.example.org",
        "x" * 70_000,
    ):
        assert not decided(policy, "GET", ("Origin", origin)).allowed
    assert not decided(policy, "GET", ("Origin", OTHER), ("Origin", OTHER)).allowed
    assert decided(policy, "GET").allowed
    assert lookup.asked == []
    assert decided(policy, "GET", ("Origin", OTHER)).headers == ((ACAO, OTHER), VARY)
    assert lookup.asked == [OTHER]


@pytest.mark.parametrize("answer", [False, None, 0, ""])
def test_a_lookup_that_says_no_in_any_way_is_a_no(answer: object) -> None:
    decision = decided({"origin_lookup": Lookup(answer)}, "GET", ("Origin", PAGE))
    assert (decision.allowed, decision.reason, decision.headers) == (
        False,
        Reason.ORIGIN_NOT_ALLOWED,
        (VARY,),
    )


def test_answers_of_a_lookup_vary_by_origin_for_everyone() -> None:
    lookup = Lookup(answer=True)
    for headers in ((), (("Origin", PAGE),), (("Origin", "null"),)):
        assert decided({"origin_lookup": lookup}, "GET", *headers).headers[-1] == VARY


def test_an_async_lookup_must_be_awaited_by_others() -> None:
    async def lookup(origin: str) -> bool:
        raise AssertionError(origin)

    with pytest.raises(TypeError, match="async"):
        decided({"origin_lookup": lookup}, "GET", ("Origin", PAGE))


def test_what_a_lookup_raises_is_not_swallowed() -> None:
    def lookup(origin: str) -> bool:
        raise ConnectionError(origin)

    with pytest.raises(ConnectionError, match="example"):
        decided({"origin_lookup": lookup}, "GET", ("Origin", PAGE))


# --- always ---

POLICIES = [
    LISTED,
    EVERYONE,
    {},
    {"origins": ["https://*.example.com", "http://localhost:*"]},
    {"origin_regexes": [r"https?://[a-z.]+"]},
    {"dangerously_allow_null_origin": True},
]
TEXTS = st.text(alphabet=st.characters(max_codepoint=0xFF), max_size=40) | st.sampled_from(
    [
        PAGE,
        OTHER,
        "null",
        "PUT",
        "x-a",
        "https://a.example.com",
        "http://localhost:1",
        "https://evil.com/.example.com",
    ]
)
NAMES = st.sampled_from(["Origin", "origin", ACRM, ACRH, "Host", "Access-Control-Request-Private-Network"])


@given(
    st.sampled_from(POLICIES),
    st.sampled_from(["GET", "OPTIONS", "PUT"]),
    st.lists(st.tuples(NAMES, TEXTS), max_size=5),
)
def test_whatever_is_asked_there_is_an_answer_and_nothing_is_injected(
    policy: dict[str, Any], method: str, headers: Sequence[tuple[str, str]]
) -> None:
    decision = decided(policy, method, *headers)
    names = [name for name, _ in decision.headers]
    assert len(names) == len(set(names))
    for name, value in decision.headers:
        assert value.isascii()
        assert value.isprintable()
        assert name.isascii()
    allowed = dict(decision.headers).get(ACAO)
    assert allowed in {None, "*", decision.origin}
    assert (decision.kind is Kind.PREFLIGHT) == (decision.status is not None)
    assert decision.allowed == (decision.reason is None)
    # Who asks again is answered the same.
    assert decided(policy, method, *headers) == decision
