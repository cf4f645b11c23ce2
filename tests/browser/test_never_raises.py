"""Hostile requests against hostile servers: the engine always ends, and never with an exception."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from corsage.browser import (
    PROFILES,
    STANDARD,
    Cookie,
    CookieJar,
    PreflightCache,
    Profile,
    drive,
    fetch,
    new_element_request,
    new_request,
    new_xhr_request,
)
from corsage.browser.console import report
from corsage.model import (
    AddressSpace,
    Body,
    BodyKind,
    Client,
    ElementInit,
    EmbedderPolicy,
    FailureKind,
    HeaderList,
    Initiator,
    NetworkFailure,
    Outcome,
    ReferrerPolicy,
    Request,
    RequestInit,
    ResponseType,
    Thrown,
    Trace,
    WireKind,
    WireRequest,
    WireResponse,
    XhrInit,
    page,
)

Init: TypeAlias = RequestInit | XhrInit | ElementInit
Answer: TypeAlias = WireResponse | NetworkFailure

# Twenty redirects, and a preflight for each of the twenty-one hops.
MOST_REQUESTS = 50
SAFELISTED = {"GET", "HEAD", "POST"}

ORIGINS = [
    "http://client.test",
    "https://client.test",
    "http://client.test:8000",
    "http://api.test",
    "https://api.client.test",
    "http://127.0.0.1:8000",
    "http://[::1]",
    "http://me.github.io",
    "http://localhost",
]
good_urls = st.builds(
    "{}{}".format, st.sampled_from(ORIGINS), st.sampled_from(["/", "/x?y", "/a/b#c", "//", "/%ff"])
)
odd_urls = st.sampled_from(
    [
        "",
        "/",
        "//",
        "?q",
        "#f",
        "http://",
        "http://u:p@api.test/",
        "http://api.test:25/",
        "http://api.test:99999/",
        "data:,x",
        "data:;base64,@@@",
        "data:",
        "about:blank",
        "about:srcdoc",
        "blob:http://client.test/x",
        "file:///etc/passwd",
        "ftp://api.test/",
        "javascript:alert(1)",
        "ws://api.test/",
        "chicken:x",
        "http://\xe9.test/\xe9",
        "http://xn--/",
        "\ud800",
        "http://a\0b/",
        "http://api.test/{0}{",
        "http://%zz/",
    ]
)
urls = st.one_of(good_urls, good_urls, odd_urls, st.text(max_size=20))
methods = st.one_of(
    st.sampled_from(
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "patch", "OPTIONS", "TRACE", "*", "", "{}", "é"]
    ),
    st.text(max_size=6),
)
names = st.one_of(
    st.sampled_from(
        [
            "Accept",
            "Accept-Language",
            "Content-Type",
            "Range",
            "Authorization",
            "X-A",
            "x-a",
            "*",
            "Cookie",
            "X-HTTP-Method",
            "User-Agent",
            "DPR",
            "Sec-X",
            "{0}",
        ]
    ),
    st.text(max_size=6),
)
values = st.one_of(
    st.sampled_from(
        [
            "",
            "*",
            "text/plain",
            "application/json",
            "bytes=0-9",
            "bytes=-5",
            "TRACE, GET",
            '"',
            "a" * 129,
            "{}",
            "\xff",
        ]
    ),
    st.text(max_size=10),
)
headers = st.lists(st.tuples(names, values), max_size=4).map(tuple)
mimes = st.one_of(
    st.none(), st.sampled_from(["", "text/plain", "application/json", "a;b", "x" * 200]), st.text(max_size=8)
)
bodies = st.none() | st.builds(Body, st.sampled_from(BodyKind), st.binary(max_size=8), mimes)


def members(*known: str) -> st.SearchStrategy[str]:
    """Mostly values of an enumeration, sometimes rubbish."""
    return st.one_of(*[st.sampled_from(known)] * 4, st.text(max_size=5))


fetches = st.builds(
    RequestInit,
    url=urls,
    method=methods,
    headers=headers,
    body=bodies,
    mode=members("cors", "no-cors", "same-origin", "navigate"),
    credentials=members("omit", "same-origin", "include"),
    redirect=members("follow", "manual", "error"),
    cache=members("default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"),
    referrer_policy=members(*ReferrerPolicy),
    keepalive=st.booleans(),
    duplex=st.sampled_from([None, "half", "full"]),
    target_address_space=st.none() | members(*AddressSpace),
    aborted=st.sampled_from([False, False, False, True]),
)
# Fewer faults of the request itself, so that more of them get to a server.
sane_fetches = st.builds(
    RequestInit,
    url=good_urls,
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH"]),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["X-A", "Content-Type", "Authorization", "Accept"]), st.sampled_from(["1", "a/b"])
        ),
        max_size=3,
    ).map(tuple),
    mode=st.sampled_from(["cors", "cors", "no-cors", "same-origin"]),
    credentials=st.sampled_from(["omit", "same-origin", "include"]),
    redirect=st.sampled_from(["follow", "follow", "manual", "error"]),
)
xhrs = st.builds(
    XhrInit,
    url=urls,
    method=methods,
    headers=headers,
    body=bodies,
    with_credentials=st.booleans(),
    upload_listener=st.booleans(),
)
elements = st.builds(
    ElementInit,
    initiator=st.sampled_from(Initiator),
    url=urls,
    crossorigin=st.none() | members("", "anonymous", "use-credentials"),
    with_credentials=st.booleans(),
    body=bodies,
)
inits: st.SearchStrategy[Init] = st.one_of(fetches, sane_fetches, sane_fetches, xhrs, elements)


@st.composite
def clients(draw: st.DrawFn) -> Client:
    url = draw(
        st.one_of(
            good_urls,
            good_urls,
            st.sampled_from(["file:///x", "data:,x", "about:blank", "http://u:p@client.test/"]),
        )
    )
    client = page(url, sandboxed=draw(st.booleans()))
    top = page(draw(good_urls)).origin if draw(st.booleans()) else client.top_level_origin
    return replace(
        client,
        top_level_origin=top,
        referrer_policy=draw(st.sampled_from(ReferrerPolicy)),
        embedder_policy=draw(st.sampled_from(EmbedderPolicy)),
        address_space=draw(st.sampled_from(AddressSpace)),
        local_network_permission=draw(st.sampled_from([None, True, False])),
    )


near_misses = st.sampled_from(
    [
        *[
            ("Access-Control-Allow-Origin", value)
            for value in ("*", "null", "*, *", "", "http://[", "\xff", "{}")
        ],
        *[("Access-Control-Allow-Origin", origin) for origin in ORIGINS],
        ("access-control-allow-origin", "*"),
        *[("Access-Control-Allow-Credentials", value) for value in ("true", "True", "true, true")],
        *[("Access-Control-Allow-Methods", value) for value in ("*", "PUT, DELETE, PATCH", "put", "@", "")],
        *[
            ("Access-Control-Allow-Headers", value)
            for value in ("*", "x-a, content-type, authorization", "(", "")
        ],
        *[("Access-Control-Max-Age", value) for value in ("0", "-1", "99999999999999999999", "abc", "")],
        *[("Access-Control-Expose-Headers", value) for value in ("*", "x-a", "@", "set-cookie")],
        *[
            ("Cross-Origin-Resource-Policy", value)
            for value in ("same-origin", "same-site", "cross-origin", "x")
        ],
        *[("Content-Type", value) for value in ("text/javascript", "image/png", "application/json", "x", "")],
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Range", "bytes 0-1/2"),
        ("Set-Cookie", "a=b; SameSite=None; Secure"),
        ("Set-Cookie", ";;=;Domain=.;Path"),
        ("Set-Cookie", "\xff=\xfe; Domain=test"),
    ]
)
latin = st.text(st.characters(max_codepoint=0xFF), max_size=8)
locations = st.tuples(st.just("Location"), st.one_of(good_urls, good_urls, odd_urls, latin))
lines = st.lists(
    st.one_of(near_misses, near_misses, near_misses, locations, st.tuples(latin, latin)), max_size=8
)
statuses = st.one_of(
    st.sampled_from([200, 204, 200, 301, 302, 303, 307, 308, 206, 304, 401, 404, 407, 416, 500]),
    st.integers(0, 999),
)
addresses = st.sampled_from(
    [None, None, "127.0.0.1", "10.0.0.1", "8.8.8.8", "[::1]", "fe80::1%eth0", "rubbish", ""]
)
responses = st.builds(
    WireResponse,
    status=statuses,
    headers=lines.map(HeaderList),
    body=st.sampled_from([b"", b"hello", b'{"a":1}', b"<!doctype html>", b"\xff\xfe"]),
    address=addresses,
)
# A server that wants to please, so that chains get long.
generous = st.builds(
    WireResponse,
    status=st.sampled_from([200, 302, 307, 303]),
    headers=st.tuples(st.one_of(good_urls), st.sampled_from(["*", *ORIGINS])).map(
        lambda pair: HeaderList(
            [
                ("Location", pair[0]),
                ("Access-Control-Allow-Origin", pair[1]),
                ("Access-Control-Allow-Credentials", "true"),
                ("Access-Control-Allow-Methods", "*, PUT, DELETE, PATCH"),
                ("Access-Control-Allow-Headers", "*, x-a, content-type, authorization"),
            ]
        )
    ),
)
failures = st.builds(NetworkFailure, st.sampled_from(FailureKind), st.text(max_size=5))
answers = st.lists(st.one_of(responses, generous, generous, failures), min_size=1, max_size=6)
cookies = st.lists(
    st.builds(
        Cookie,
        st.sampled_from(["a", ""]),
        st.sampled_from(["b", ""]),
        st.sampled_from(["client.test", "api.test", "127.0.0.1", ""]),
        host_only=st.booleans(),
        path=st.sampled_from(["/", "/x", ""]),
        secure=st.booleans(),
        same_site=st.sampled_from(["lax", "strict", "none"]),
    ),
    max_size=3,
)


@dataclass
class Run:
    """What came of one request."""

    request: Request | Thrown
    outcome: Outcome
    trace: Trace
    requests: list[WireRequest]


def run(
    init: Init,
    client: Client,
    server: list[Answer],
    profile: Profile,
    *,
    cache: PreflightCache | None = None,
    jar: CookieJar | None = None,
    now: float = 0.0,
) -> Run:
    trace = Trace()
    match init:
        case RequestInit():
            request = new_request(init, client, profile, trace)
        case XhrInit():
            request = new_xhr_request(init, client, profile, trace)
        case ElementInit():
            request = new_element_request(init, client, profile, trace)
    requests: list[WireRequest] = []

    def send(wire: WireRequest) -> Answer:
        requests.append(wire)
        assert len(requests) <= MOST_REQUESTS, "it does not end"
        # A preflight is answered generously every other time, or nothing would come after it.
        return server[len(requests) % len(server)]

    conversation = fetch(request, profile=profile, cache=cache, cookies=jar, now=now, trace=trace)
    return Run(request, drive(conversation, send), trace, requests)


def check(result: Run, profile: Profile) -> None:
    outcome = result.outcome
    ends = [end for end in (outcome.response, outcome.refusal, outcome.thrown) if end is not None]
    assert len(ends) == 1, "exactly one of response, refusal and thrown"
    assert (outcome.thrown is not None) is isinstance(result.request, Thrown)
    if outcome.refusal is not None:
        assert result.trace.refusal is not None, "a refusal leaves a step"
    if outcome.readable:
        assert outcome.response is not None
        assert outcome.response.type in {ResponseType.BASIC, ResponseType.CORS}
    elif outcome.response is not None:
        assert (outcome.response.status, outcome.response.headers, outcome.response.body) == (0, (), None)
    for step in result.trace:
        assert isinstance(step.says, str)
        assert step.url.startswith("https://")
    for wire in result.requests:
        assert wire.url.is_http, "nothing but http goes on the wire"
        if wire.kind is WireKind.PREFLIGHT:
            assert wire.method == "OPTIONS"
            assert wire.body is None
            assert "cookie" not in wire.headers
            assert "authorization" not in wire.headers
    report(outcome, profile)
    for other in PROFILES.values():
        report(outcome, other)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@given(init=inits, client=clients(), server=answers, jar=cookies)
def test_the_engine_never_raises_and_always_ends(
    profile: Profile, init: Init, client: Client, server: list[Answer], jar: list[Cookie]
) -> None:
    result = run(init, client, server, profile, jar=CookieJar(jar))
    event(f"{type(init).__name__}: {len(result.requests)} requests")
    check(result, profile)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@given(
    rounds=st.lists(
        st.tuples(inits, answers, st.floats(allow_nan=True, allow_infinity=True) | st.floats(0, 100)),
        min_size=2,
        max_size=4,
    ),
    client=clients(),
)
def test_a_shared_cache_and_any_clock_change_nothing_of_that(
    profile: Profile, rounds: list[tuple[Init, list[Answer], float]], client: Client
) -> None:
    cache, jar = PreflightCache(), CookieJar()
    for init, server, now in rounds:
        check(run(init, client, server, profile, cache=cache, jar=jar, now=now), profile)


@given(init=st.one_of(sane_fetches, fetches, xhrs), client=clients(), server=answers)
def test_a_preflight_precedes_every_method_that_could_do_harm(
    init: Init, client: Client, server: list[Answer]
) -> None:
    result = run(init, client, server, STANDARD)
    if isinstance(result.request, Thrown):
        return
    abroad = False
    before: WireRequest | None = None
    for wire in result.requests:
        abroad = abroad or not client.origin.same_origin(wire.url.origin)
        if abroad and wire.kind is WireKind.ACTUAL and wire.method not in SAFELISTED:
            assert result.request.mode != "no-cors", "which allows safelisted methods alone"
            assert before is not None
            assert before.kind is WireKind.PREFLIGHT
            assert before.url == wire.url
            assert before.headers.get("access-control-request-method") == wire.method
        before = wire


@given(init=sane_fetches, client=clients(), server=answers, profile=st.sampled_from(list(PROFILES.values())))
def test_credentials_mode_omit_sends_no_cookie(
    init: RequestInit, client: Client, server: list[Answer], profile: Profile
) -> None:
    jar = CookieJar([Cookie("a", "b", host) for host in ("client.test", "api.test", "api.client.test")])
    result = run(replace(init, credentials="omit"), client, server, profile, jar=jar)
    assert all("cookie" not in wire.headers for wire in result.requests)


@given(init=sane_fetches, client=clients(), server=answers, profile=st.sampled_from(list(PROFILES.values())))
def test_a_foreign_response_is_readable_only_with_the_servers_leave(
    init: RequestInit, client: Client, server: list[Answer], profile: Profile
) -> None:
    outcome = run(init, client, server, profile).outcome
    if outcome.response is None or outcome.response.type is not ResponseType.CORS:
        return
    allowed = outcome.response.internal.headers.get("access-control-allow-origin")
    assert allowed is not None
    if init.credentials == "include":
        assert allowed != "*"
        assert outcome.response.internal.headers.get("access-control-allow-credentials") == "true"
    assert allowed in {"*", "null", client.origin.serialized}
    shown = {name for name, _ in outcome.response.headers}
    assert not shown & {"set-cookie", "set-cookie2"}
