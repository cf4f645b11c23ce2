"""Repair: the smallest change of a server's answers, proven by the engine."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from corsage.browser import (
    CHROMIUM,
    FIREFOX,
    STANDARD,
    WEBKIT,
    Profile,
    drive,
    fetch,
    new_element_request,
    new_request,
)
from corsage.model import (
    Client,
    ElementInit,
    FailureKind,
    HeaderList,
    Initiator,
    NetworkFailure,
    Outcome,
    Request,
    RequestInit,
    WireKind,
    WireRequest,
    WireResponse,
    page,
    parse_url,
)
from corsage.pair import Change, Repair, repair

Answer: TypeAlias = WireResponse | NetworkFailure
Key: TypeAlias = tuple[bool, str]
Exchanges: TypeAlias = list[tuple[WireRequest, Answer]]

BROWSERS = (STANDARD, CHROMIUM, FIREFOX, WEBKIT)
CLIENT = page("http://client.test/")
ORIGIN = "http://client.test"
URL = "http://api.test/x"
ACAO, ACAC, ACAM, ACAH, CORP = (
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Cross-Origin-Resource-Policy",
)


def made(init: RequestInit | ElementInit, client: Client = CLIENT) -> Request:
    request = (
        new_request(init, client) if isinstance(init, RequestInit) else new_element_request(init, client)
    )
    assert isinstance(request, Request)
    return request


class Server:
    """Answers by kind and URL, plainly where nothing is said."""

    def __init__(self, answers: dict[Key, Answer]) -> None:
        self.answers = answers

    def __call__(self, wire: WireRequest) -> Answer:
        preflight = wire.kind is WireKind.PREFLIGHT
        return self.answers.get((preflight, wire.url.href), WireResponse(204 if preflight else 200))

    def exchanges(self, method: str) -> Exchanges:
        """Everything that the server would answer, as if it had been asked."""
        result: Exchanges = []
        for (preflight, href), answer in self.answers.items():
            url = parse_url(href)
            assert url is not None
            kind = WireKind.PREFLIGHT if preflight else WireKind.ACTUAL
            for verb in ["OPTIONS"] if preflight else sorted({method, "GET"}):
                result.append((WireRequest(kind, verb, url, HeaderList()), answer))
        return result


def replayed(answers: dict[Key, Answer], changes: tuple[Change, ...]) -> dict[Key, Answer]:
    """Make *changes* as a person would: from what they say alone."""
    result = dict(answers)
    for change in changes:
        key = (change.preflight, change.url)
        answer = result.get(key, WireResponse(204 if change.preflight else 200))
        assert isinstance(answer, WireResponse), "a network failure cannot be repaired"
        if change.header == ":status":
            result[key] = WireResponse(int(change.new or 0), answer.headers, answer.body)
            continue
        headers = answer.headers.without([change.header.lower()])
        if change.new is not None:
            headers = headers.with_header(change.header, change.new)
        result[key] = WireResponse(answer.status, headers, answer.body)
    return result


def tried(
    request: Request, answers: dict[Key, Answer], profiles: tuple[Profile, ...] = BROWSERS
) -> tuple[Repair | None, list[Outcome]]:
    """Repair *request*; return the outcomes of a replay with the changes made."""
    found = repair(request, Server(answers).exchanges(request.method), profiles)
    fixed = replayed(answers, found.changes if found else ())
    return found, [drive(fetch(request, profile=profile), Server(fixed)) for profile in profiles]


PUT = RequestInit(URL, "PUT", headers=(("X-A", "1"),))
LOGIN = RequestInit(URL, credentials="include")
GOOD = {ACAO: ORIGIN, ACAM: "PUT", ACAH: "x-a"}


def answers(preflight: WireResponse | None, actual: WireResponse | None) -> dict[Key, Answer]:
    both = {(True, URL): preflight, (False, URL): actual}
    return {key: answer for key, answer in both.items() if answer is not None}


def response(headers: dict[str, str] | list[tuple[str, str]], status: int = 200) -> WireResponse:
    return WireResponse(status, HeaderList(headers.items() if isinstance(headers, dict) else headers))


# request, server's answers, the changes: (preflight, header, old, new)
Row: TypeAlias = tuple[
    RequestInit | ElementInit, dict[Key, Answer], set[tuple[bool, str, str | None, str | None]]
]
ADD_VARY = (False, "Vary", None, "Origin")
CLASSIC: dict[str, Row] = {
    "nothing at all": (RequestInit(URL), {}, {(False, ACAO, None, ORIGIN), ADD_VARY}),
    "another origin": (
        RequestInit(URL),
        answers(None, response({ACAO: "http://other.test"})),
        {(False, ACAO, "http://other.test", ORIGIN), ADD_VARY},
    ),
    "trailing slash": (
        RequestInit(URL),
        answers(None, response({ACAO: ORIGIN + "/"})),
        {(False, ACAO, ORIGIN + "/", ORIGIN), ADD_VARY},
    ),
    "two origins on two lines": (
        RequestInit(URL),
        answers(None, response([(ACAO, ORIGIN), (ACAO, "*")])),
        {(False, ACAO, f"{ORIGIN}, *", ORIGIN), ADD_VARY},
    ),
    "Vary is there already": (
        RequestInit(URL),
        answers(None, response({"Vary": "Accept, ORIGIN"})),
        {(False, ACAO, None, ORIGIN)},
    ),
    "Vary names others": (
        RequestInit(URL),
        answers(None, response({"Vary": "Accept"})),
        {(False, ACAO, None, ORIGIN), (False, "Vary", "Accept", "Accept, Origin")},
    ),
    "wildcard with credentials": (
        LOGIN,
        answers(None, response({ACAO: "*", ACAC: "true"})),
        {(False, ACAO, "*", ORIGIN), ADD_VARY},
    ),
    "no allow-credentials": (
        LOGIN,
        answers(None, response({ACAO: ORIGIN})),
        {(False, ACAC, None, "true")},
    ),
    "True": (
        LOGIN,
        answers(None, response({ACAO: ORIGIN, ACAC: "True"})),
        {(False, ACAC, "True", "true")},
    ),
    "preflight not found": (
        PUT,
        answers(response(GOOD, 404), response(GOOD)),
        {(True, ":status", "404", "204")},
    ),
    "preflight asks for a login": (
        PUT,
        answers(response({}, 401), response(GOOD)),
        {
            (True, ":status", "401", "204"),
            (True, ACAO, None, ORIGIN),
            (True, "Vary", None, "Origin"),
            (True, ACAM, None, "PUT"),
            (True, ACAH, None, "x-a"),
        },
    ),
    "preflight is redirected": (
        PUT,
        answers(response(GOOD | {"Location": "https://api.test/x"}, 301), response(GOOD)),
        {(True, ":status", "301", "204")},
    ),
    "method in lower case": (
        PUT,
        answers(response(GOOD | {ACAM: "get, put"}), response(GOOD)),
        {(True, ACAM, "get, put", "get, put, PUT")},
    ),
    "methods do not parse": (
        PUT,
        answers(response(GOOD | {ACAM: "PUT; POST"}), response(GOOD)),
        {(True, ACAM, "PUT; POST", "PUT")},
    ),
    "header is not listed": (
        PUT,
        answers(response(GOOD | {ACAH: "x-b"}), response(GOOD)),
        {(True, ACAH, "x-b", "x-b, x-a")},
    ),
    "headers do not parse": (
        RequestInit(URL, headers=(("X-A", "1"), ("Accept", "x/y"))),
        answers(response(GOOD | {ACAH: "x-a x-b"}), response(GOOD)),
        {(True, ACAH, "x-a x-b", "x-a")},
    ),
    "authorization under a wildcard": (
        RequestInit(URL, headers=(("Authorization", "x"),)),
        answers(response({ACAO: ORIGIN, ACAH: "*"}), response({ACAO: ORIGIN})),
        {(True, ACAH, "*", "authorization")},
    ),
    "embedding is not allowed": (
        ElementInit(Initiator.IMAGE, URL),
        answers(None, response({CORP: "same-origin", "Content-Type": "image/png"})),
        {(False, CORP, "same-origin", "cross-origin")},
    ),
    "embedding within a site": (
        ElementInit(Initiator.IMAGE, "http://img.client.test/x"),
        {(False, "http://img.client.test/x"): response({CORP: "same-origin", "Content-Type": "image/png"})},
        {(False, CORP, "same-origin", "same-site")},
    ),
}


@pytest.mark.parametrize(("init", "server", "want"), CLASSIC.values(), ids=CLASSIC)
def test_classic_failures_are_repaired_and_proven(
    init: RequestInit | ElementInit,
    server: dict[Key, Answer],
    want: set[tuple[bool, str, str | None, str | None]],
) -> None:
    found, outcomes = tried(made(init), server)
    assert found is not None
    assert found.proven
    assert {(c.preflight, c.header, c.old, c.new) for c in found.changes} == want
    assert all(change.why and change.url for change in found.changes)
    assert all(outcome.refusal is None for outcome in outcomes)


@pytest.mark.parametrize("server", [{}, answers(None, response({ACAO: "*"}))], ids=["own origin", "allowed"])
def test_what_works_needs_no_repair(server: dict[Key, Answer]) -> None:
    found, _ = tried(made(RequestInit(URL if server else "/x")), server)
    assert found is None


def test_the_other_hops_of_a_chain_are_repaired_too() -> None:
    server: dict[Key, Answer] = {(False, URL): response({"Location": "/y"}, 302)}
    found, outcomes = tried(made(RequestInit(URL)), server)
    assert found is not None
    assert found.proven
    assert [change.url for change in found.changes if change.header == ACAO] == [URL, "http://api.test/y"]
    assert all(outcome.readable for outcome in outcomes)


def test_each_change_names_the_request_that_is_answered() -> None:
    server: dict[Key, Answer] = {(False, URL): response({"Location": "/y"}, 303)}
    found, _ = tried(made(PUT), server | {(True, URL): response(GOOD)})
    assert found is not None
    assert found.proven
    named = [(change.method, change.url) for change in found.changes if change.header == ACAO]
    there = "http://api.test/y"  # X-A makes a preflight necessary again
    assert named == [("PUT", URL), ("OPTIONS", there), ("GET", there)]


@pytest.mark.parametrize("profiles", [(STANDARD,), (CHROMIUM,), BROWSERS])
def test_a_redirected_preflight_keeps_what_does_no_harm(profiles: tuple[Profile, ...]) -> None:
    server = answers(response(GOOD | {"Location": "/login"}, 302), response(GOOD))
    found, _ = tried(made(PUT), server, profiles)
    assert found is not None
    assert found.proven
    assert (":status", "204") in {(change.header, change.new) for change in found.changes}
    if profiles == (STANDARD,):
        assert len(found.changes) == 1


def test_many_headers_are_allowed_at_once() -> None:
    headers = tuple((f"X-{number:02}", "1") for number in range(40))
    found, outcomes = tried(made(RequestInit(URL, headers=headers)), {})
    assert found is not None
    assert found.proven
    assert all(outcome.readable for outcome in outcomes)


def test_a_list_that_is_not_needed_is_removed_rather_than_emptied() -> None:
    found, _ = tried(made(RequestInit(URL, "PUT")), answers(response(GOOD | {ACAH: "@"}), response(GOOD)))
    assert found is not None
    assert found.proven
    assert [(change.header, change.new) for change in found.changes] == [(ACAH, None)]


# What no response header can repair: init, client, server's answers
SECURE = page("https://client.test/")
HOPELESS: dict[str, tuple[RequestInit, Client, dict[Key, Answer]]] = {
    "mode same-origin": (RequestInit(URL, mode="same-origin"), CLIENT, {}),
    "mixed content": (RequestInit(URL), SECURE, {}),
    "bad port": (RequestInit("http://api.test:25/"), CLIENT, {}),
    "file": (RequestInit("file:///x"), CLIENT, {}),
    "scheme": (RequestInit("ftp://api.test/"), CLIENT, {}),
    "redirect mode error": (
        RequestInit("/x", redirect="error"),
        CLIENT,
        {(False, f"{ORIGIN}/x"): response({}, 302)},
    ),
    "redirect loop": (
        RequestInit("/x"),
        CLIENT,
        {(False, f"{ORIGIN}/x"): response({"Location": "/x"}, 302)},
    ),
    "no answer": (RequestInit(URL), CLIENT, {(False, URL): NetworkFailure(FailureKind.TIMED_OUT)}),
    "no answer to the preflight": (PUT, CLIENT, {(True, URL): NetworkFailure(FailureKind.TIMED_OUT)}),
    "userinfo": (
        RequestInit(URL),
        CLIENT,
        {(False, URL): response({ACAO: "*", "Location": "http://u:p@api.test/"}, 302)},
    ),
}


@pytest.mark.parametrize(("init", "client", "server"), HOPELESS.values(), ids=HOPELESS)
def test_what_no_header_can_repair_is_said_in_words(
    init: RequestInit, client: Client, server: dict[Key, Answer]
) -> None:
    found, _ = tried(made(init, client), server)
    assert found is not None
    assert not found.proven
    assert found.notes
    assert all(len(note) > 20 for note in found.notes)


SANDBOX = page("http://client.test/", sandboxed=True)


def test_a_sandboxed_frame_is_given_the_wildcard_and_never_null() -> None:
    found, outcomes = tried(made(RequestInit(URL), SANDBOX), {})
    assert found is not None
    assert found.proven
    assert [change.new for change in found.changes] == ["*"]
    assert any("null" in note for note in found.notes)
    assert all(outcome.readable for outcome in outcomes)


@pytest.mark.parametrize("value", [None, "*", "null, *", "http://client.test"])
def test_a_sandboxed_frame_with_credentials_is_not_repaired(value: str | None) -> None:
    server = answers(None, response({ACAC: "true"} | ({} if value is None else {ACAO: value})))
    found, _ = tried(made(LOGIN, SANDBOX), server)
    assert found is not None
    assert not found.proven
    assert found.changes == ()


def test_a_redirect_that_hides_the_origin_with_credentials_is_not_repaired() -> None:
    allow = {ACAO: ORIGIN, ACAC: "true"}
    server: dict[Key, Answer] = {
        (False, URL): response(allow | {"Location": "http://other.test/"}, 302),
        (False, "http://other.test/"): response(allow),
    }
    found, _ = tried(made(LOGIN), server)
    assert found is not None
    assert not found.proven
    assert any("final URL" in note for note in found.notes)


urls = st.sampled_from(
    [f"{ORIGIN}/x", "http://api.test/x", "http://api.test/y", "http://other.test/", "https://client.test/"]
)
header = st.one_of(
    st.tuples(st.just(ACAO), st.sampled_from(["*", "null", ORIGIN, "http://other.test", "", "*, *"])),
    st.tuples(st.just(ACAC), st.sampled_from(["true", "True", ""])),
    st.tuples(st.just(ACAM), st.sampled_from(["*", "PUT", "put", "@", "", "GET, DELETE"])),
    st.tuples(st.just(ACAH), st.sampled_from(["*", "x-a", "X-B, content-type", "(", ""])),
    st.tuples(st.just("Location"), urls),
    st.tuples(st.just(CORP), st.sampled_from(["same-origin", "same-site", "x"])),
    st.tuples(st.just("Vary"), st.sampled_from(["Accept", "*", "Origin"])),
)
replies = st.builds(
    lambda status, pairs: WireResponse(status, HeaderList(pairs)),
    st.sampled_from([200, 200, 204, 302, 303, 307, 401, 404, 500]),
    st.lists(header, max_size=6),
)
servers = st.dictionaries(st.tuples(st.booleans(), urls), replies, max_size=8)
inits = st.builds(
    RequestInit,
    url=urls,
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "patch"]),
    headers=st.lists(
        st.tuples(
            st.sampled_from(["X-A", "X-B", "Authorization", "Accept", "Content-Type"]),
            st.sampled_from(["1", "a/b"]),
        ),
        max_size=3,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
    mode=st.sampled_from(["cors", "cors", "cors", "no-cors"]),
    credentials=st.sampled_from(["omit", "same-origin", "include"]),
    redirect=st.sampled_from(["follow", "follow", "manual"]),
)
sets_of_profiles = st.sampled_from([*((profile,) for profile in BROWSERS), BROWSERS])


@given(init=inits, sandboxed=st.booleans(), server=servers, profiles=sets_of_profiles)
def test_what_is_proven_is_let_through_when_replayed(
    init: RequestInit, server: dict[Key, Answer], profiles: tuple[Profile, ...], *, sandboxed: bool
) -> None:
    client = SANDBOX if sandboxed else CLIENT
    request = new_request(init, client)
    if not isinstance(request, Request):
        return
    found, outcomes = tried(request, server, profiles)
    event("nothing to do" if found is None else f"proven: {found.proven}")
    if found is None or found.proven:
        assert [outcome.refusal for outcome in outcomes] == [None] * len(profiles)


@given(init=inits, sandboxed=st.booleans(), server=servers, profiles=sets_of_profiles)
def test_no_repair_is_dangerous(
    init: RequestInit, server: dict[Key, Answer], profiles: tuple[Profile, ...], *, sandboxed: bool
) -> None:
    request = new_request(init, SANDBOX if sandboxed else CLIENT)
    if not isinstance(request, Request):
        return
    found, _ = tried(request, server, profiles)
    for change in found.changes if found else ():
        new = change.new
        assert new is None or new.isascii()
        if change.header == ACAO:
            assert new in {"*", ORIGIN}, "the page's own origin, or everyone: never null"
            assert new != "*" or init.credentials != "include", "never everyone with credentials"
        if change.header == ACAC:
            assert new == "true"
            assert init.credentials == "include", "never credentials that the request does not carry"
        if change.header in {ACAM, ACAH} and new is not None:
            assert "*" not in new.split(", "), "by name alone"
        assert change.new != change.old, "a change changes something"


def test_a_browser_that_no_header_helps_does_not_keep_the_others_from_their_proof() -> None:
    local = RequestInit("http://localhost:8080/")  # Safari alone counts it as mixed content
    found = repair(made(local, SECURE), [], (WEBKIT, CHROMIUM, FIREFOX))
    assert found is not None
    assert not found.proven
    assert found.passes_in == ("chromium", "firefox")
    assert {change.header for change in found.changes} == {ACAO, "Vary"}
    assert found.notes


@pytest.mark.parametrize(
    ("status", "headers", "says", "never"),
    [
        (401, {}, "login check", "router"),
        (403, {}, "firewall", "router"),
        (404, {}, "router", "login"),
        (405, {}, "router", "login"),
        (400, {}, "CORS policy", "login"),
        (500, {}, "log says why", "login"),
        (418, {}, "before anything else", "login"),
        (302, {"Location": "https://api.test/x/"}, "https://api.test/x/", "login"),
        (301, {}, "follow no redirect", "login"),
    ],
)
def test_what_is_said_of_a_refused_preflight_fits_its_status(
    status: int, headers: dict[str, str], says: str, never: str
) -> None:
    found, _ = tried(made(PUT), answers(response(GOOD | headers, status), response(GOOD)))
    assert found is not None
    notes = " ".join(found.notes)
    assert says in notes
    assert never not in notes
