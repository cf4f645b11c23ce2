"""Simulate: a request meets a policy and an application."""

from __future__ import annotations

import pytest

from corsage.browser import STANDARD, CookieJar, PreflightCache, new_request
from corsage.model import HeaderList, RequestInit, Thrown, WireRequest, WireResponse, page
from corsage.pair import Exchange, Simulation, simulate
from corsage.server import CompiledPolicy, Kind, Policy, PolicySet, Reason, compile_policy

PAGE = "https://app.example.com"
API = "https://api.example.net"
AT_HOME = page(PAGE + "/")
POLICY = Policy.of(
    {"origins": [PAGE], "methods": ["PUT"], "exposed_headers": ["X-Rate"], "credentials": True}
)


def meets(policy: object, init: RequestInit, response: WireResponse | None = None) -> Simulation:
    request = new_request(init, AT_HOME)
    if response is None:
        return simulate(request, policy, STANDARD)  # type: ignore[arg-type]
    return simulate(request, policy, STANDARD, app_response=response)  # type: ignore[arg-type]


def test_a_preflight_and_its_request_are_both_decided_and_answered() -> None:
    simulation = meets(POLICY, RequestInit(API + "/x", "PUT"))
    assert simulation.outcome.readable
    assert simulation.allowed
    assert [decision.kind for decision in simulation.decisions] == [Kind.PREFLIGHT, Kind.ACTUAL]
    preflight, actual = simulation.exchanges
    assert preflight.response.status == 204
    assert preflight.response.body == b""
    assert preflight.decision is not None
    assert preflight.response.headers.pairs == preflight.decision.headers
    assert actual.response.body == b"hello"


def test_a_compiled_policy_does_as_well_and_so_does_a_choice_by_path() -> None:
    compiled = compile_policy(POLICY)
    paths: list[str] = []

    def choose(path: str) -> CompiledPolicy | None:
        paths.append(path)
        return compiled if path == "/open" else None

    assert meets(compiled, RequestInit(API + "/x", "PUT")).allowed
    assert meets(choose, RequestInit(API + "/open?x=1", "PUT")).allowed
    closed = meets(choose, RequestInit(API + "/closed"))
    assert paths == ["/open", "/open", "/closed"]
    assert closed.outcome.refusal is not None
    assert closed.decisions == ()
    assert not closed.allowed
    assert closed.exchanges[0].decision is None


def test_a_set_of_policies_goes_by_the_decoded_path() -> None:
    policies = PolicySet(None, {"/open/*": POLICY, "/café": Policy.of({"origins": "*"})})
    for path, origin in (("/open/x", PAGE), ("/%6Fpen/a%2Fb?x=1", PAGE), ("/caf%C3%A9", "*"), ("/café", "*")):
        (exchange,) = meets(policies, RequestInit(API + path)).exchanges
        assert exchange.response.headers.get("access-control-allow-origin") == origin
    for path in ("/closed", "/OPEN/x", "/caf%E9", "/%"):
        assert meets(policies, RequestInit(API + path)).decisions == ()


def test_a_path_that_can_be_read_in_two_ways_is_nobodys() -> None:
    policies = PolicySet(None, {"/open/*": POLICY})
    for path in ("/%2Fopen/x", "/open/..%2Fclosed"):
        (decision,) = meets(policies, RequestInit(API + path)).decisions
        assert not decision.allowed


def test_a_path_without_policy_is_answered_as_the_application_does() -> None:
    own = WireResponse(200, HeaderList([("Access-Control-Allow-Origin", PAGE), ("Vary", "Accept")]))
    simulation = meets(lambda _: None, RequestInit(API + "/x"), own)
    assert simulation.outcome.readable
    assert simulation.exchanges[0].response is own


def test_the_applications_own_cors_headers_are_replaced_and_its_vary_is_kept() -> None:
    own = WireResponse(
        500,
        HeaderList(
            [
                ("vary", "Accept-Encoding"),
                ("ACCESS-CONTROL-ALLOW-ORIGIN", "*"),
                ("Access-Control-Allow-Methods", "TRACE"),
                ("Access-Control-Max-Age", "9"),
                ("Access-Control-Allow-Private-Network", "true"),
                ("X-Rate", "1"),
                ("Vary", "accept"),
                ("Set-Cookie", "a=b"),
                ("Set-Cookie", "c=d"),
            ]
        ),
        b"sorry",
        address="192.0.2.1",
    )
    (exchange,) = meets(POLICY, RequestInit(API + "/x"), own).exchanges
    assert exchange.response.headers.sorted_and_combined() == [
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-origin", PAGE),
        ("access-control-expose-headers", "x-rate"),
        ("set-cookie", "a=b"),
        ("set-cookie", "c=d"),
        ("vary", "Accept-Encoding, accept, Origin"),
        ("x-rate", "1"),
    ]
    assert (exchange.response.status, exchange.response.body, exchange.response.address) == (
        500,
        b"sorry",
        "192.0.2.1",
    )


def test_an_application_that_allows_what_its_policy_does_not_is_overruled() -> None:
    own = WireResponse(200, HeaderList([("Access-Control-Allow-Origin", "https://evil.com")]))
    simulation = simulate(
        new_request(RequestInit(API), page("https://evil.com/")), POLICY, STANDARD, app_response=own
    )
    assert simulation.outcome.refusal is not None
    assert [decision.reason for decision in simulation.decisions] == [Reason.ORIGIN_NOT_ALLOWED]
    assert "access-control-allow-origin" not in simulation.exchanges[0].response.headers


def test_the_application_answers_what_it_is_asked() -> None:
    asked: list[str] = []

    def app(request: WireRequest) -> WireResponse:
        asked.append(request.method)
        return WireResponse(201)

    request = new_request(RequestInit(API, "PUT"), AT_HOME)
    assert simulate(request, POLICY, STANDARD, app_response=app).allowed
    assert asked == ["PUT"]
    continuing = Policy.of({"origins": [PAGE], "methods": ["PUT"], "preflight_continue": True})
    simulation = simulate(request, continuing, STANDARD, app_response=app)
    assert asked == ["PUT", "OPTIONS", "PUT"]
    assert simulation.outcome.readable
    assert simulation.exchanges[0].response.status == 201


def test_a_preflight_that_the_application_refuses_is_refused_whatever_the_policy_says() -> None:
    continuing = Policy.of({"origins": [PAGE], "methods": ["PUT"], "preflight_continue": True})
    simulation = meets(continuing, RequestInit(API, "PUT"), WireResponse(404))
    assert simulation.allowed
    assert simulation.outcome.refusal is not None


def test_what_throws_asks_nothing() -> None:
    thrown = new_request(RequestInit(API, "TRACE"), AT_HOME)
    assert isinstance(thrown, Thrown)
    simulation = simulate(thrown, POLICY, STANDARD)
    assert simulation.outcome.thrown is thrown
    assert simulation.exchanges == ()


def test_cookies_and_the_cache_are_the_browsers() -> None:
    jar, cache = CookieJar(), PreflightCache()
    request = new_request(RequestInit(API, "PUT", credentials="include"), AT_HOME)
    answer = WireResponse(200, HeaderList([("Set-Cookie", "a=b; Secure; SameSite=None")]))
    first, second = (
        simulate(request, POLICY, STANDARD, app_response=answer, cookies=jar, cache=cache, now=now)
        for now in (0.0, 4.0)
    )
    assert [len(simulation.exchanges) for simulation in (first, second)] == [2, 1]
    assert second.exchanges[0].request.headers.get("cookie") == "a=b"


def test_a_lookup_is_asked_and_an_async_one_is_refused() -> None:
    def lookup(origin: str) -> bool:
        return origin == PAGE

    async def later(origin: str) -> bool:
        raise AssertionError(origin)

    assert meets(Policy.of({"origin_lookup": lookup}), RequestInit(API)).allowed
    with pytest.raises(TypeError, match="async"):
        meets(Policy.of({"origin_lookup": later}), RequestInit(API))
    # One that need not be asked does no harm.
    assert meets(Policy.of({"origins": [PAGE], "origin_lookup": later}), RequestInit(API)).allowed


def test_results_are_values() -> None:
    simulation = meets(POLICY, RequestInit(API))
    assert isinstance(simulation.exchanges[0], Exchange)
    with pytest.raises(AttributeError):
        simulation.exchanges = ()  # type: ignore[misc]
