"""The proof of the server's side: what a policy allows is what a browser lets through, no more and no less.

Three parties are asked about each conversation: the policy's decisions, the browser, and an opinion of our own that is
written without either (`permits`). Under the standard all three agree. Browsers are laxer here and there; each way in
which they are stands in `LAXER`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.pair.policy_strategies import Init, app, conversations, request_of, tenants

from corsage.browser import CHROME, CHROMIUM, FIREFOX, STANDARD, WEBKIT, CookieJar, Profile
from corsage.browser.safelist import cors_unsafe_request_header_names
from corsage.model import (
    Body,
    BodyKind,
    Cause,
    Client,
    Credentials,
    Request,
    RequestInit,
    Thrown,
    WireKind,
    page,
)
from corsage.pair import Simulation, simulate
from corsage.server import Kind, Policy, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

Case: TypeAlias = tuple[tuple[Policy, Client, Init], int]
BROWSERS = (CHROMIUM, CHROME, FIREFOX, WEBKIT)
STATUSES = (200, 201, 204, 206, 304, 400, 401, 403, 404, 405, 413, 418, 500, 503)
cases = st.tuples(conversations(), st.sampled_from(STATUSES))
# The centre of the proof is worth more examples than its edges.
thoroughly = settings(max_examples=4 * settings().max_examples)


def played(
    policy: Policy, client: Client, init: Init, profile: Profile = STANDARD, status: int = 200
) -> tuple[Request | Thrown, Simulation]:
    request = request_of(init, client, profile)
    return request, simulate(request, policy, profile, app_response=app(status))


# --- an opinion of our own ---


def as_regex(pattern: str) -> str:
    label = r"[a-z0-9_-]+"
    scheme, _, rest = pattern.partition("://")
    any_port = rest.endswith(":*")
    rest = rest.removesuffix(":*")
    head = {"*": rf"(?:{label}\.)+", "+": rf"{label}\."}.get(rest[0] if rest[1:2] == "." else "", "")
    rest = rest[2:] if head else rest
    return f"{re.escape(scheme)}://{head}{re.escape(rest)}" + (r"(?::[0-9]+)?" if any_port else "")


def permits_origin(policy: Policy, origin: str) -> bool:
    if "*" in policy.origins:
        return True
    if origin == "null":
        return policy.dangerously_allow_null_origin
    if re.search(r"[^a-z0-9_.:/\[\]-]", origin):  # names that no host on the net can have
        return False
    looked_up = policy.origin_lookup is not None and tenants(origin)
    patterns = [*map(as_regex, policy.origins), *policy.origin_regexes]
    return looked_up or any(re.fullmatch(pattern, origin) for pattern in patterns)


def permits_preflight(policy: Policy, request: Request) -> bool:
    names = cors_unsafe_request_header_names(request.headers.pairs, STANDARD)
    if request.method in {"GET", "HEAD", "POST"} and not names and not request.use_cors_preflight:
        return True
    method = request.method in {"GET", "HEAD", "POST", *policy.methods} or "*" in policy.methods
    listed = {name.lower() for name in policy.request_headers}
    wildcard = "*" in listed
    return method and all(name in listed or (wildcard and name != "authorization") for name in names)


def permits(policy: Policy, request: Request) -> bool:
    if request.client.origin.same_origin(request.url.origin):
        return True
    with_credentials = request.credentials is Credentials.INCLUDE
    return (
        permits_origin(policy, request.client.origin.serialized)
        and (policy.credentials or not with_credentials)
        and (permits_preflight(policy, request) if request.unsafe_request else True)
    )


def server_allows(policy: Policy, request: Request, simulation: Simulation) -> bool:
    """What the decisions come to. Whether cookies come along the server is never told before they do."""
    if request.client.origin.same_origin(request.url.origin):
        return True
    return simulation.allowed and (policy.credentials or request.credentials is not Credentials.INCLUDE)


# --- under the standard ---


@thoroughly
@given(cases)
def test_the_server_allows_what_the_standard_lets_through_and_nothing_else(
    case: Case,
) -> None:
    (policy, client, init), status = case
    request, simulation = played(policy, client, init, status=status)
    if isinstance(request, Thrown):
        assert not simulation.exchanges
        return
    allowed = server_allows(policy, request, simulation)
    passed = simulation.outcome.refusal is None
    event(f"passed: {passed}, exchanges: {len(simulation.exchanges)}")
    assert allowed == passed, simulation.outcome.refusal
    assert passed == permits(policy, request)


@given(cases)
def test_each_question_is_taken_for_what_it_is(case: Case) -> None:
    (policy, client, init), status = case
    _, simulation = played(policy, client, init, status=status)
    for exchange in simulation.exchanges:
        decision = exchange.decision
        assert decision is not None
        assert (decision.kind is Kind.PREFLIGHT) == (exchange.request.kind is WireKind.PREFLIGHT)
        assert (decision.reason is None) == decision.allowed
        assert decision.origin == exchange.request.headers.get("origin")


@given(cases)
def test_nothing_of_the_policy_is_told_to_origins_that_it_does_not_allow(
    case: Case,
) -> None:
    (policy, client, init), status = case
    _, simulation = played(policy, client, init, status=status)
    for exchange in simulation.exchanges:
        names = [name for name in exchange.response.headers.names() if name.startswith("access-control-")]
        origin = exchange.request.headers.get("origin")
        if origin is not None and not permits_origin(policy, origin):
            assert not names
            assert "timing-allow-origin" not in exchange.response.headers
        for name in names:
            assert len(exchange.response.headers.lines(name)) == 1
        answered = exchange.response.headers.get("access-control-allow-origin")
        assert answered in {None, "*", origin}
        assert "x-stale" not in str(exchange.response.headers)


@given(cases)
def test_an_answer_that_differs_by_origin_says_so(case: Case) -> None:
    (policy, client, init), status = case
    _, simulation = played(policy, client, init, status=status)
    for exchange in simulation.exchanges:
        vary = {name.strip().lower() for name in (exchange.response.headers.get("vary") or "").split(",")}
        assert ("origin" in vary) == ("*" not in policy.origins)
        if exchange.decision is not None and exchange.decision.status is None:
            assert "accept-encoding" in vary
        if exchange.request.kind is WireKind.PREFLIGHT:
            assert {"access-control-request-method", "access-control-request-headers"} <= vary


# --- what the page can read ---


@given(cases)
def test_the_exposed_headers_can_be_read_and_no_others(
    case: Case,
) -> None:
    (policy, client, init), status = case
    request, simulation = played(policy, client, init, status=status)
    response = simulation.outcome.response
    if (
        isinstance(request, Thrown)
        or response is None
        or request.client.origin.same_origin(request.url.origin)
    ):
        return
    present = set(response.internal.headers.names()) - {"set-cookie"}
    listed = {name.lower() for name in policy.exposed_headers}
    expected = present if "*" in listed else present & (listed | {"content-type"})
    assert {name for name, _ in response.headers} == expected
    assert "*" not in listed or request.credentials is not Credentials.INCLUDE


@given(cases)
def test_cookies_are_answered_readably_only_where_the_policy_has_credentials(
    case: Case,
) -> None:
    (policy, client, init), status = case
    request = request_of(init, client, CHROME)
    if isinstance(request, Thrown):
        return
    jar = CookieJar()
    jar.set_from(request.url, "session=1; SameSite=None; Secure; Path=/")
    simulation = simulate(request, policy, CHROME, app_response=app(status), cookies=jar)
    foreign = not request.client.origin.same_origin(request.url.origin)
    for exchange in simulation.exchanges:
        assert exchange.request.kind is WireKind.ACTUAL or "cookie" not in exchange.request.headers
    carried = any("cookie" in exchange.request.headers for exchange in simulation.exchanges)
    event(f"carried: {carried}, readable: {simulation.outcome.readable}")
    if foreign and carried and simulation.outcome.readable:
        assert policy.credentials


# --- under the browsers ---

# What browsers let through though the policy has said no: profile's field -> why, and how one knows it.
LAXER: dict[str, tuple[str, Callable[[Policy, Simulation], bool]]] = {
    "authorization_covered_by_wildcard": (
        "`Access-Control-Allow-Headers: *` covers Authorization in every browser, against step 7.6",
        lambda policy, simulation: (
            "*" in policy.request_headers
            and {each.detail for each in simulation.decisions if not each.allowed} == {"authorization"}
        ),
    ),
}
# What browsers refuse for reasons that are no server's to know.
NOT_THE_SERVERS = {
    Cause.STREAM_UPLOAD_UNSUPPORTED: "Chromium sends streams over HTTP/2 alone, which http: URLs do not get",
}


def explained(profile: Profile, policy: Policy, simulation: Simulation) -> str | None:
    """The difference that lets *simulation* through though the policy refused."""
    for name, (_, is_it) in LAXER.items():
        if getattr(profile, name) != getattr(STANDARD, name) and is_it(policy, simulation):
            return name
    return None


@pytest.mark.parametrize("profile", BROWSERS, ids=lambda profile: profile.name)
def test_what_the_server_allows_passes_in_every_browser(profile: Profile) -> None:
    passed_beyond: Counter[str] = Counter()

    @given(cases)
    def search(case: Case) -> None:
        (policy, client, init), status = case
        request, simulation = played(policy, client, init, profile, status)
        if isinstance(request, Thrown):
            return
        refusal = simulation.outcome.refusal
        if server_allows(policy, request, simulation):
            assert refusal is None or refusal.cause in NOT_THE_SERVERS, refusal
        elif refusal is None:
            difference = explained(profile, policy, simulation)
            assert difference is not None, simulation
            passed_beyond[difference] += 1
            event(difference)

    search()
    assert set(passed_beyond) <= set(LAXER)


PAGE = "https://app.example.com"
API = "https://api.example.net/x"
AT_HOME = page(PAGE + "/")


@pytest.mark.parametrize("profile", BROWSERS, ids=lambda profile: profile.name)
def test_each_browser_takes_a_wildcard_for_a_leave_to_send_authorization(profile: Profile) -> None:
    policy = Policy.of({"origins": [PAGE], "request_headers": "*"})
    init = RequestInit(API, headers=(("Authorization", "Bearer x"), ("X-A", "1")))
    _, simulation = played(policy, AT_HOME, init, profile)
    assert simulation.outcome.refusal is None
    assert not simulation.allowed
    assert explained(profile, policy, simulation) == "authorization_covered_by_wildcard"
    # The standard does not, and naming it is enough for everybody.
    assert played(policy, AT_HOME, init)[1].outcome.refusal is not None
    named = Policy.of({"origins": [PAGE], "request_headers": ["*", "Authorization"]})
    assert played(named, AT_HOME, init)[1].allowed
    assert played(named, AT_HOME, init)[1].outcome.readable


def test_a_stream_over_http_is_chromiums_own_affair() -> None:
    policy = Policy.of({"origins": ["http://app.example.com"]})
    init = RequestInit("http://api.example.net/x", "POST", body=Body(BodyKind.STREAM, b"a"), duplex="half")
    _, simulation = played(policy, page("http://app.example.com/"), init, CHROMIUM)
    assert simulation.allowed
    assert simulation.outcome.refusal is not None
    assert simulation.outcome.refusal.cause in NOT_THE_SERVERS


def test_more_header_names_than_anybody_reads_are_refused_in_words_alone() -> None:
    # The policy stops reading; the answer, which is the same for every question, lets the request through.
    policy = Policy.of({"origins": [PAGE], "request_headers": "*"})
    init = RequestInit(API, headers=tuple((f"X-{number}", "1") for number in range(300)))
    _, simulation = played(policy, AT_HOME, init)
    assert simulation.outcome.readable
    assert [decision.reason for decision in simulation.decisions] == [Reason.HEADERS_MALFORMED, None]


def test_without_cors_nothing_is_readable_whatever_the_policy_says() -> None:
    policy = Policy.of({"origins": "*", "exposed_headers": "*", "public": True})
    for profile in (STANDARD, *BROWSERS):
        _, simulation = played(policy, AT_HOME, RequestInit(API, mode="no-cors"), profile)
        assert simulation.outcome.refusal is None
        assert not simulation.outcome.readable
