"""The short way of the native adapters and the long way of `decide` come to the same answers."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict
from tests.pair.policy_strategies import conversations

from corsage.middleware import CORS, Denial
from corsage.middleware.native import Answer, Asked, answer, at_work, put_on
from corsage.model import HeaderList
from corsage.server import Kind, Policy, Reason, compile_policy, decide
from corsage.server.policy_set import PolicySet

A = "https://a.example"
ORIGINS = (
    "https://example.com",
    "https://app.example.com:8443",
    "https://a.b.example.com",
    "https://xn--bcher-kva.example.com",
    "https://tenant-1.example.net",
    "https://evil.com",
    "http://localhost:3000",
    "capacitor://localhost",
    "null",
    "",
    "x y",
    "https://\udce4.example",
    "https://evil.com/.example.com",
)
names = st.sampled_from(
    [
        ("Access-Control-Request-Method", "PUT"),
        ("access-control-request-method", "P T"),
        ("Access-Control-Request-Headers", "x-a"),
        ("Access-Control-Request-Headers", "x-c,authorization"),
        ("Access-Control-Request-Private-Network", "true"),
        ("Upgrade", "h2c"),
    ]
)
lists = st.builds(
    lambda origins, others: HeaderList([*(("Origin", each) for each in origins), *others]),
    st.lists(st.sampled_from(ORIGINS), max_size=2),
    st.lists(names, max_size=4),
)


def asked(method: str, headers: HeaderList | None = None, path: str = "/") -> Asked:
    given_ = headers or HeaderList([])
    return Asked(method, path, lambda name: given_.lines(name.lower()))


def at_once(cors: CORS, question: Asked) -> Answer | None:
    said = answer(cors, question)
    assert said is None or isinstance(said, Answer)
    return said


@given(
    policy=conversations().map(lambda each: each[0]),
    method=st.sampled_from(["GET", "OPTIONS", "PUT"]),
    headers=lists,
)
def test_it_answers_as_decide_does(policy: Policy, method: str, headers: HeaderList) -> None:
    denials: list[Denial] = []
    said = at_once(CORS(policy, on_denied=denials.append, log=False), asked(method, headers))
    decision = decide(compile_policy(policy), method, headers)
    assert said is not None
    assert sorted(said.headers) == sorted(decision.headers)
    assert said.status == decision.status
    assert [(each.reason, each.detail) for each in denials] == (
        [] if decision.reason is None else [(decision.reason, decision.detail)]
    )
    assert {each.preflight for each in denials} <= {decision.kind is Kind.PREFLIGHT}


def test_several_async_answers_are_awaited() -> None:
    async def later(origin: str) -> bool:
        return origin == A

    cors = CORS(Policy(origin_lookup=later), log=False)

    async def ask(origin: str) -> Answer | None:
        said = answer(cors, asked("GET", HeaderList([("Origin", origin)])))
        return said if said is None or isinstance(said, Answer) else await said

    found = [asyncio.run(ask(origin)) for origin in (A, "https://b.example", A)]
    assert [said and said.allowed for said in found] == [True, False, True]


@pytest.mark.parametrize(
    ("origin", "status", "reason"),
    [
        (A, None, None),
        ("https://b.example", 403, Reason.ORIGIN_NOT_ALLOWED),
        ("https://API.example", 403, Reason.ORIGIN_MALFORMED),
        ("https://api.example", None, None),  # the host's own
    ],
)
def test_handshakes(origin: str, status: int | None, reason: Reason | None) -> None:
    denials: list[Denial] = []
    cors = CORS(Policy(origins=[A], guard_websockets=True), on_denied=denials.append, log=False)
    headers = HeaderList([("Origin", origin), ("Host", "api.example"), ("Upgrade", "WebSocket")])
    said = at_once(cors, asked("GET", headers))
    assert said is not None
    assert said.status == status
    assert [each.reason for each in denials] == ([] if reason is None else [reason])


def test_no_policy_has_a_say() -> None:
    assert at_once(CORS(PolicySet()), asked("GET")) is None


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([], [("X", "1"), ("Vary", "Origin")]),
        (
            [("Set-Cookie", "a"), ("Set-Cookie", "b")],
            [*[("Set-Cookie", c) for c in "ab"], ("X", "1"), ("Vary", "Origin")],
        ),
        ([("vary", "Cookie"), ("VARY", "Accept")], [("X", "1"), ("Vary", "Cookie, Accept, Origin")]),
        ([("Vary", "*"), ("x", "2"), ("x", "3")], [("X", "1"), ("Vary", "*")]),
    ],
    ids=["nothing", "others", "vary", "own"],
)
def test_what_is_put_on(present: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    said = Answer([("X", "1"), ("Vary", "Origin")], frozenset({"x", "vary"}), allowed=True)
    headers = CIMultiDict(present)
    for _ in range(2):  # an answer may be put on twice
        put_on(headers, said)
        assert sorted(headers.items()) == sorted(expected)


def test_a_policy_at_work_stays_as_it_is() -> None:
    cors = CORS(Policy())
    assert at_work(cors) is cors
    with pytest.raises(TypeError, match="made already"):
        at_work(cors, debug=True)
