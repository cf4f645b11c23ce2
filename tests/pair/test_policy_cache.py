"""What a policy's answers to preflights are worth later: the same page asks the same server twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.pair.policy_strategies import Init, app, conversations, inits, request_of

from corsage.browser import CHROME, FIREFOX, STANDARD, WEBKIT, PreflightCache, Profile
from corsage.model import (
    Body,
    BodyKind,
    Cause,
    Client,
    Credentials,
    ElementInit,
    Initiator,
    Request,
    RequestInit,
    Thrown,
    WireKind,
    XhrInit,
    page,
)
from corsage.pair import Simulation, simulate
from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

BROWSERS = (CHROME, FIREFOX, WEBKIT)
AT_HOME = page("https://app.example.com/")
PAGE = "https://app.example.com"
API = "https://api.example.net/x"


def preflights(simulation: Simulation) -> int:
    return sum(exchange.request.kind is WireKind.PREFLIGHT for exchange in simulation.exchanges)


def asked(
    policy: Policy,
    client: Client,
    profile: Profile,
    times: Sequence[tuple[float, Init]],
) -> list[tuple[Request | Thrown, Simulation]]:
    """Play one request after another, each at its time, against the same cache."""
    cache = PreflightCache()
    found = []
    for now, init in times:
        request = request_of(init, client, profile)
        found.append(
            (request, simulate(request, policy, profile, app_response=app(200), cache=cache, now=now))
        )
    return found


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Policy, Client, Init, Init, float]:
    policy, client, first = draw(conversations())
    others = inits(client).filter(lambda init: not isinstance(init, ElementInit))
    second = draw(st.just(first) | others.map(lambda init: replace(init, url=first.url)))
    return policy, client, first, second, draw(st.sampled_from([0.0, 1.0, 4.0, 30.0, 500.0, 5000.0]))


def server_allows(policy: Policy, request: Request, simulation: Simulation) -> bool:
    if request.client.origin.same_origin(request.url.origin):
        return True
    return simulation.allowed and (policy.credentials or request.credentials is not Credentials.INCLUDE)


@given(pairs())
def test_an_earlier_answer_allows_no_more_than_a_new_one_would(
    case: tuple[Policy, Client, Init, Init, float],
) -> None:
    policy, client, first, second, later = case
    request, simulation = asked(policy, client, STANDARD, [(0, first), (later, second)])[1]
    _, afresh = asked(policy, client, STANDARD, [(later, second)])[0]
    if isinstance(request, Thrown):
        return
    event(f"preflights: {preflights(simulation)} instead of {preflights(afresh)}")
    passed = simulation.outcome.refusal is None
    assert passed == server_allows(policy, request, simulation)
    assert passed == (afresh.outcome.refusal is None)


# What a browser's own reading of the cache lets through beyond a new preflight.
LAXER_CACHES = {
    "cache_wildcard_covers_authorization": "WebKit takes a kept `*` for a leave to send Authorization",
    "authorization_covered_by_wildcard": "and so does every browser with a fresh one",
}


@pytest.mark.parametrize("profile", BROWSERS, ids=lambda profile: profile.name)
def test_in_the_browsers_what_is_allowed_passes_the_second_time_as_well(profile: Profile) -> None:
    seen: Counter[str] = Counter()

    @given(pairs())
    def search(case: tuple[Policy, Client, Init, Init, float]) -> None:
        policy, client, first, second, later = case
        request, simulation = asked(policy, client, profile, [(0, first), (later, second)])[1]
        if isinstance(request, Thrown):
            return
        refusal = simulation.outcome.refusal
        if refusal is not None and refusal.cause is Cause.STREAM_UPLOAD_UNSUPPORTED:
            return
        allowed = server_allows(policy, request, simulation)
        if allowed != (refusal is None):
            assert refusal is None, refusal
            assert {each.detail for each in simulation.decisions if not each.allowed} == {"authorization"}
            assert "*" in policy.request_headers
            seen.update(name for name in LAXER_CACHES if getattr(profile, name))

    search()
    assert set(seen) <= LAXER_CACHES.keys()


# --- how long ---

PUT = RequestInit(API, "PUT", (("X-A", "1"),))


def listed(max_age: int | None) -> Policy:
    return Policy.of(
        {"origins": [PAGE], "methods": ["PUT"], "request_headers": ["x-a"]}
        | ({} if max_age is None else {"max_age": max_age})
    )


@pytest.mark.parametrize(
    ("profile", "max_age", "kept"),
    [
        (STANDARD, None, 5),
        (CHROME, None, 5),
        (FIREFOX, None, 5),
        (WEBKIT, None, 5),
        (STANDARD, 60, 60),
        (CHROME, 60, 60),
        (FIREFOX, 60, 60),
        (WEBKIT, 60, 60),
        (STANDARD, 86_400, 86_400),
        (CHROME, 86_400, 7200),
        (FIREFOX, 86_400, 86_400),
        (WEBKIT, 86_400, 600),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_answer_is_kept_for_as_long_as_the_policy_says(
    profile: Profile, max_age: int | None, kept: int
) -> None:
    policy = listed(max_age)
    times = [(0.0, PUT), (kept - 0.5, PUT), (kept + 0.5, PUT)]
    results = [simulation for _, simulation in asked(policy, AT_HOME, profile, times)]
    assert [preflights(simulation) for simulation in results] == [1, 0, 1]
    assert all(simulation.outcome.readable for simulation in results)


@pytest.mark.parametrize("profile", [STANDARD, *BROWSERS], ids=lambda profile: profile.name)
@pytest.mark.parametrize("max_age", [0, -1])
def test_an_age_of_zero_or_less_is_not_kept_at_all(profile: Profile, max_age: int) -> None:
    results = asked(listed(max_age), AT_HOME, profile, [(0.0, PUT), (0.0, PUT)])
    assert [preflights(simulation) for _, simulation in results] == [1, 1]


@given(conversations())
def test_the_same_request_is_asked_about_once_within_the_age(
    conversation: tuple[Policy, Client, Init],
) -> None:
    policy, client, init = conversation
    kept = 5 if policy.max_age is None else max(policy.max_age, 0)
    results = asked(policy, client, STANDARD, [(0, init), (max(kept - 0.5, 0), init), (kept, init)])
    request, first = results[0]
    if isinstance(request, Thrown) or first.outcome.refusal is not None or not preflights(first):
        return
    # A policy that names methods leaves out the safelisted ones. The standard's cache then holds no leave for them,
    # and asks again where an upload is watched; no browser reads it so.
    forgotten = (
        request.use_cors_preflight and request.method in {"GET", "HEAD", "POST"} and _names_methods(policy)
    )
    expected = kept == 0 or forgotten
    assert preflights(results[1][1]) == expected
    assert preflights(results[2][1]) == 1


def _names_methods(policy: Policy) -> bool:
    return bool(set(policy.methods) - {"GET", "HEAD", "POST"}) and "*" not in policy.methods


# --- what else one answer covers ---

WATCHED = XhrInit(API, "POST", body=Body(BodyKind.TEXT, b"a"), upload_listener=True)


@pytest.mark.parametrize("profile", BROWSERS, ids=lambda profile: profile.name)
def test_a_watched_upload_is_asked_about_once_whatever_methods_are_named(profile: Profile) -> None:
    results = asked(listed(60), AT_HOME, profile, [(0, WATCHED), (30, WATCHED)])
    assert [preflights(simulation) for _, simulation in results] == [1, 0]
    assert all(simulation.outcome.readable for _, simulation in results)


@pytest.mark.parametrize("profile", [STANDARD, *BROWSERS], ids=lambda profile: profile.name)
def test_lists_of_names_serve_the_next_request_too_though_it_asks_for_others(profile: Profile) -> None:
    policy = Policy.of({
        "origins": [PAGE], "methods": ["PUT", "DELETE"], "request_headers": ["x-a", "x-b"], "max_age": 60,
    })  # fmt: skip
    others = RequestInit(API, "DELETE", (("X-B", "1"),))
    results = asked(policy, AT_HOME, profile, [(0, PUT), (1, others), (2, RequestInit(API, "PUT"))])
    assert [preflights(simulation) for _, simulation in results] == [1, 0, 0]


def test_firefox_asks_about_head_each_time_unless_the_policy_names_it() -> None:
    head = RequestInit(API, "HEAD", (("X-A", "1"),))
    results = asked(listed(60), AT_HOME, FIREFOX, [(0, head), (1, head)])
    assert [preflights(simulation) for _, simulation in results] == [1, 1]
    assert all(simulation.outcome.readable for _, simulation in results)


def test_an_element_with_crossorigin_is_never_asked_about() -> None:

    image = ElementInit(Initiator.IMAGE, API, crossorigin="anonymous")
    results = asked(listed(60), AT_HOME, STANDARD, [(0, image), (1, image)])
    assert [preflights(simulation) for _, simulation in results] == [0, 0]
