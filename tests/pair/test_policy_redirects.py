"""The proof again, over redirects: each hop has its own server, some of them the page's own, and two policies."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.pair.policy_strategies import HOSTS, Init, conversations, policies, request_of

from corsage.browser import CHROME, CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import (
    Body,
    BodyKind,
    Cause,
    Client,
    Credentials,
    ElementInit,
    HeaderList,
    Request,
    RequestInit,
    Thrown,
    WireKind,
    WireRequest,
    WireResponse,
    XhrInit,
    page,
)
from corsage.pair import Exchange, Simulation, simulate
from corsage.server import CompiledPolicy, Policy, compile_policy

if TYPE_CHECKING:
    from collections.abc import Callable

BROWSERS = (CHROMIUM, CHROME, FIREFOX, WEBKIT)

# Status and host of each redirect; the hops are /0, /1 and so on, the last of them no redirect.
Hops = list[tuple[int, str]]
# The hops' policies, in turn.
Policies = tuple[Policy, Policy]


def is_replayable(conversation: tuple[Policy, Client, Init]) -> bool:
    """Streams cannot be sent twice, and elements have chains of no other kind than fetch() has."""
    init = conversation[2]
    return not isinstance(init, ElementInit) and (init.body is None or init.body.kind is not BodyKind.STREAM)


@st.composite
def chains(draw: st.DrawFn) -> tuple[Policies, Client, Init, Hops]:
    policy, client, init = draw(conversations().filter(is_replayable))
    other = draw(st.just(policy) | policies(client, init))
    hosts = [f"https://{host}" for host in HOSTS]
    if client.url.is_http:
        hosts += [f"{client.url.scheme}://{client.url.origin.serialized.partition('://')[2]}"] * 3
    hop = st.tuples(st.sampled_from([301, 302, 303, 307, 308]), st.sampled_from(hosts))
    hops = draw(st.lists(hop, min_size=1, max_size=3))
    return (policy, other), client, replace(init, url=f"{draw(st.sampled_from(hosts))}/0"), hops


def redirecting(hops: Hops) -> Callable[[WireRequest], WireResponse]:
    def answer(request: WireRequest) -> WireResponse:
        hop = int(request.url.path[1:])
        if request.kind is WireKind.PREFLIGHT or hop == len(hops):
            return WireResponse(200)
        status, host = hops[hop]
        return WireResponse(status, HeaderList([("Location", f"{host}/{hop + 1}")]))

    return answer


def by_turns(pair: Policies) -> Callable[[str], CompiledPolicy]:
    compiled = tuple(map(compile_policy, pair))
    return lambda path: compiled[int(path[1:]) % 2]


def judged(client: Client, simulation: Simulation) -> list[Exchange]:
    """The exchanges that are CORS's: all from the first that leaves the page's origin."""
    exchanges = list(simulation.exchanges)
    while exchanges and client.origin.same_origin(exchanges[0].request.url.origin):
        del exchanges[0]
    return exchanges


def servers_allow(pair: Policies, request: Request, exchanges: list[Exchange]) -> bool:
    with_credentials = request.credentials is Credentials.INCLUDE
    return all(
        each.decision is not None
        and each.decision.allowed
        and (not with_credentials or pair[int(each.request.url.path[1:]) % 2].credentials)
        for each in exchanges
    )


@given(chains())
def test_under_the_standard_a_chain_passes_where_all_its_servers_agree(
    case: tuple[Policies, Client, Init, Hops],
) -> None:
    pair, client, init, hops = case
    request = request_of(init, client, STANDARD)
    if isinstance(request, Thrown):
        return
    simulation = simulate(request, by_turns(pair), STANDARD, app_response=redirecting(hops))
    exchanges = judged(client, simulation)
    allowed = servers_allow(pair, request, exchanges)
    event(f"allowed: {allowed}, exchanges: {len(exchanges)}")
    assert allowed == (simulation.outcome.refusal is None), simulation.outcome.refusal


# --- in the browsers ---


def is_preflight_home(client: Client, refused: list[Exchange]) -> bool:
    return all(
        each.request.kind is WireKind.PREFLIGHT and client.origin.same_origin(each.request.url.origin)
        for each in refused
    )


def is_authorization(client: Client, refused: list[Exchange]) -> bool:
    del client
    return all(each.decision is not None and each.decision.detail == "authorization" for each in refused)


# What passes though a server has said no.
LAXER: dict[str, tuple[str, Callable[[Client, list[Exchange]], bool]]] = {
    "preflight_to_own_origin_is_unchecked": (
        "Firefox does not run the CORS check on a preflight that a redirect brought back to the page's own server",
        is_preflight_home,
    ),
    "authorization_covered_by_wildcard": (
        "`Access-Control-Allow-Headers: *` covers Authorization in every browser, against step 7.6",
        is_authorization,
    ),
}
# What is refused though every server has said yes.
STRICTER: dict[str, tuple[str, frozenset[Cause]]] = {
    "first_foreign_redirect_needs_credentials": (
        "WebKit takes the foreign hop of a request that began at home for one with credentials, if it redirects on",
        frozenset({Cause.INVALID_ALLOW_CREDENTIALS, Cause.WILDCARD_WITH_CREDENTIALS}),
    ),
}


def why_laxer(profile: Profile, client: Client, exchanges: list[Exchange]) -> str | None:
    refused = [each for each in exchanges if each.decision is None or not each.decision.allowed]
    names = (name for name, (_, is_it) in LAXER.items() if getattr(profile, name) and is_it(client, refused))
    return next(names, None)


def why_stricter(profile: Profile, cause: Cause) -> str | None:
    names = (name for name, (_, causes) in STRICTER.items() if getattr(profile, name) and cause in causes)
    return next(names, None)


@pytest.mark.parametrize("profile", BROWSERS, ids=lambda profile: profile.name)
def test_in_the_browsers_likewise_but_for_what_is_known(profile: Profile) -> None:
    seen: Counter[str] = Counter()

    @given(chains())
    def search(case: tuple[Policies, Client, Init, Hops]) -> None:
        pair, client, init, hops = case
        request = request_of(init, client, profile)
        if isinstance(request, Thrown):
            return
        simulation = simulate(request, by_turns(pair), profile, app_response=redirecting(hops))
        exchanges = judged(client, simulation)
        allowed = servers_allow(pair, request, exchanges)
        refusal = simulation.outcome.refusal
        if allowed == (refusal is None):
            return
        known = (
            why_laxer(profile, client, exchanges) if refusal is None else why_stricter(profile, refusal.cause)
        )
        assert known is not None, (refusal, exchanges)
        seen[known] += 1
        event(known)

    search()
    assert set(seen) <= LAXER.keys() | STRICTER.keys()


PAGE = "https://app.example.com"
AT_HOME = page(PAGE + "/")


def chain_ends(profile: Profile, pair: Policies, init: Init, hops: Hops) -> Simulation:
    request = request_of(init, AT_HOME, profile)
    assert isinstance(request, Request)
    return simulate(request, by_turns(pair), profile, app_response=redirecting(hops))


def test_firefox_does_not_check_a_preflight_to_the_pages_own_server() -> None:
    away = Policy.of({"origins": [PAGE]})
    home = Policy.of({"dangerously_allow_null_origin": True})
    # A method or a header would still be looked for, and not found, in an answer without leave.
    init = XhrInit("https://api.example.net/0", "POST", body=Body(BodyKind.TEXT, b"a"), upload_listener=True)
    firefox = chain_ends(FIREFOX, (away, home), init, [(307, PAGE)])
    assert firefox.outcome.refusal is None
    assert [each.allowed for each in firefox.decisions] == [True, True, False, True]
    assert [each.request.headers.get("origin") for each in firefox.exchanges] == [PAGE, PAGE, PAGE, "null"]
    # The standard tells the server the truth, and the server agrees.
    standard = chain_ends(STANDARD, (away, home), init, [(307, PAGE)])
    assert standard.outcome.refusal is None
    assert standard.allowed


def test_webkit_wants_credentials_of_a_foreign_hop_that_redirects_on() -> None:
    policy = Policy.of({"origins": [PAGE, "https://example.org"]})
    hops = [(302, "https://api.example.net"), (302, "https://api.example.net")]
    stopped = chain_ends(WEBKIT, (policy, policy), RequestInit(PAGE + "/0"), hops)
    assert stopped.outcome.refusal is not None
    assert stopped.outcome.refusal.cause is Cause.INVALID_ALLOW_CREDENTIALS
    assert chain_ends(STANDARD, (policy, policy), RequestInit(PAGE + "/0"), hops).outcome.refusal is None


def test_after_two_foreign_hosts_only_a_policy_for_null_or_everyone_still_holds() -> None:
    hops = [(302, "https://api.example.org")]
    init = RequestInit("https://api.example.net/0")
    named = Policy.of({"origins": [PAGE]})
    for end, passes in (
        (named, False),
        (Policy.of({"origins": "*", "public": True}), True),
        (Policy.of({"origins": [PAGE], "dangerously_allow_null_origin": True}), True),
    ):
        simulation = chain_ends(STANDARD, (named, end), init, hops)
        assert (simulation.outcome.refusal is None) == passes
        assert simulation.decisions[-1].origin == "null"
