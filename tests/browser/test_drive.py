"""The two loops, plain and asynchronous, run the same conversation."""

from __future__ import annotations

import asyncio

import pytest

from corsage.browser import PROFILES, CookieJar, PreflightCache, Profile, adrive, drive, fetch, new_request
from corsage.model import (
    FailureKind,
    HeaderList,
    NetworkFailure,
    Outcome,
    RequestInit,
    Thrown,
    Trace,
    WireRequest,
    WireResponse,
    page,
)

CLIENT = page("http://client.test/")
ALLOW = HeaderList(
    [
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "PUT"),
        ("Access-Control-Allow-Headers", "x-a"),
    ]
)

CASES: dict[str, tuple[RequestInit, list[WireResponse | NetworkFailure]]] = {
    "own origin": (RequestInit("/x"), [WireResponse(200)]),
    "nothing is sent": (RequestInit("data:,x"), []),
    "thrown": (RequestInit("/x", "TRACE"), []),
    "refused": (RequestInit("http://a.test/"), [WireResponse(200)]),
    "preflight": (RequestInit("http://a.test/", "PUT"), [WireResponse(204, ALLOW), WireResponse(200, ALLOW)]),
    "preflight refused": (RequestInit("http://a.test/", "PUT"), [WireResponse(404)]),
    "redirect": (
        RequestInit("/x"),
        [WireResponse(302, HeaderList([("Location", "http://a.test/")])), WireResponse(200, ALLOW)],
    ),
    "no answer": (RequestInit("http://a.test/"), [NetworkFailure(FailureKind.TIMED_OUT, "slow")]),
}


def steps(trace: Trace) -> list[tuple[object, ...]]:
    return [(step.algorithm, step.number, step.verdict, step.says) for step in trace]


@pytest.mark.parametrize(("init", "answers"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_both_leave_the_same_trace_and_outcome(
    init: RequestInit, answers: list[WireResponse | NetworkFailure], profile: Profile
) -> None:
    def run(*, asynchronous: bool) -> tuple[Outcome, Trace, list[WireRequest], list[object]]:
        trace, seen, rest = Trace(), [], iter(answers)
        request = new_request(init, CLIENT, profile, trace)
        jar = CookieJar()
        conversation = fetch(
            request, profile=profile, cache=PreflightCache(), cookies=jar, now=1.0, trace=trace
        )

        def send(wire: WireRequest) -> WireResponse | NetworkFailure:
            seen.append(wire)
            return next(rest)

        async def asend(wire: WireRequest) -> WireResponse | NetworkFailure:
            await asyncio.sleep(0)
            return send(wire)

        outcome = asyncio.run(adrive(conversation, asend)) if asynchronous else drive(conversation, send)
        return outcome, trace, seen, list(jar.cookies)

    plain, plain_trace, plain_seen, plain_jar = run(asynchronous=False)
    other, other_trace, other_seen, other_jar = run(asynchronous=True)
    assert plain == other
    assert steps(plain_trace) == steps(other_trace)
    assert (plain_seen, plain_jar) == (other_seen, other_jar)
    assert len(plain_seen) == len(answers)


def test_what_a_constructor_threw_is_passed_on_and_nothing_is_sent() -> None:
    thrown = Thrown("TypeError", "bad")
    outcome = drive(fetch(thrown), lambda _: pytest.fail("something was sent"))
    assert outcome == Outcome(None, thrown=thrown)


def test_an_exception_of_the_transport_is_the_transports() -> None:
    def send(wire: WireRequest) -> WireResponse:
        raise OSError(wire.method)

    with pytest.raises(OSError, match="GET"):
        drive(fetch(new_request(RequestInit("/x"), CLIENT)), send)


def test_a_conversation_can_be_given_up() -> None:
    conversation = fetch(new_request(RequestInit("/x"), CLIENT))
    assert next(conversation).method == "GET"
    conversation.close()


def test_the_trace_can_be_left_out() -> None:
    request = new_request(RequestInit("http://a.test/", "PUT"), CLIENT)
    plain = drive(fetch(request), lambda _: WireResponse(200, ALLOW))
    traced = drive(fetch(request, trace=Trace()), lambda _: WireResponse(200, ALLOW))
    assert plain == traced
