"""HTTP-redirect fetch: the method, the body, the origin and the checks of the next hop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import Body, BodyKind, Cause, RequestInit, XhrInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Answer, Play

P, A, B, A2 = "http://client.test:8000", "http://a.test", "http://b.test", "http://x.a.test"
ORIGIN = P
PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "*",
    "Access-Control-Allow-Headers": "*",
}
TEXT = Body(BodyKind.TEXT, b"hello")


def to(location: str, status: int = 302, headers: dict[str, str] | None = None) -> Answer:
    return status, PUBLIC | {"Location": location} | (headers or {})


# method, status, method of the next hop (HTTP-redirect fetch, step 12)
REWRITES = [
    ("GET", 301, "GET"),
    ("GET", 302, "GET"),
    ("GET", 303, "GET"),
    ("GET", 307, "GET"),
    ("GET", 308, "GET"),
    ("HEAD", 301, "HEAD"),
    ("HEAD", 302, "HEAD"),
    ("HEAD", 303, "HEAD"),
    ("HEAD", 307, "HEAD"),
    ("HEAD", 308, "HEAD"),
    ("POST", 301, "GET"),
    ("POST", 302, "GET"),
    ("POST", 303, "GET"),
    ("POST", 307, "POST"),
    ("POST", 308, "POST"),
    ("PUT", 301, "PUT"),
    ("PUT", 302, "PUT"),
    ("PUT", 303, "GET"),
    ("PUT", 307, "PUT"),
    ("PUT", 308, "PUT"),
    ("DELETE", 301, "DELETE"),
    ("DELETE", 302, "DELETE"),
    ("DELETE", 303, "GET"),
    ("DELETE", 307, "DELETE"),
    ("DELETE", 308, "DELETE"),
    ("PATCH", 301, "PATCH"),
    ("PATCH", 302, "PATCH"),
    ("PATCH", 303, "GET"),
    ("PATCH", 307, "PATCH"),
    ("PATCH", 308, "PATCH"),
    ("OPTIONS", 303, "GET"),
    ("OPTIONS", 302, "OPTIONS"),
]


@pytest.mark.parametrize(("method", "status", "want"), REWRITES)
def test_which_method_the_next_hop_has(play: Play, method: str, status: int, want: str) -> None:
    body = None if method in {"GET", "HEAD"} else TEXT
    headers = (
        ("Content-Encoding", "x"),
        ("Content-Language", "de"),
        ("Content-Location", "/y"),
        ("Content-Type", "text/plain"),
        ("X-A", "1"),
    )
    played = play(RequestInit("/x", method, headers, body), to("/y", status), (200, {}))
    first, second = played.requests
    assert (first.method, second.method) == (method, want)
    assert played.response.redirected
    assert played.response.url == f"{P}/y"
    if want == method:
        assert second.body == (None if body is None else b"hello")
        assert second.headers.get("content-type") == "text/plain"
    else:
        assert second.body is None
        for name in ("content-encoding", "content-language", "content-location", "content-type"):
            assert second.headers.get(name) is None
    assert second.headers.get("x-a") == "1", "other headers stay"


# hops after the page's request, the Origin that each of them is sent (redirect-taint)
CHAINS: dict[str, tuple[list[str], list[str | None]]] = {
    "P to A": ([P, A], [None, ORIGIN]),
    "P to P to A": ([P, P, A], [None, None, ORIGIN]),
    "A": ([A], [ORIGIN]),
    "A to A": ([A, A], [ORIGIN, ORIGIN]),
    "A to B": ([A, B], [ORIGIN, "null"]),
    "A to P": ([A, P], [ORIGIN, "null"]),
    "A to B to B": ([A, B, B], [ORIGIN, "null", "null"]),
    "A to A to B": ([A, A, B], [ORIGIN, ORIGIN, "null"]),
    "A to B to A": ([A, B, A], [ORIGIN, "null", "null"]),
    "A to P to P": ([A, P, P], [ORIGIN, "null", "null"]),
    "A to P to A": ([A, P, A], [ORIGIN, "null", "null"]),
    "P to A to A": ([P, A, A], [None, ORIGIN, ORIGIN]),
    "P to A to B": ([P, A, B], [None, ORIGIN, "null"]),
    "P to A to P": ([P, A, P], [None, ORIGIN, "null"]),
    "A to its subdomain": ([A, A2], [ORIGIN, "null"]),
    "A to its other port": ([A, A + ":81"], [ORIGIN, "null"]),
    "A to its https": ([A, "https://a.test"], [ORIGIN, "null"]),
}


@pytest.mark.parametrize(("hops", "origins"), CHAINS.values(), ids=CHAINS)
@pytest.mark.parametrize("profile", [STANDARD, CHROMIUM, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
def test_the_origin_becomes_null_between_two_foreign_origins(
    play: Play, hops: list[str], origins: list[str | None], profile: Profile
) -> None:
    first, *rest = [f"{hop}/{number}" for number, hop in enumerate(hops)]
    played = play(
        RequestInit(first, credentials="omit"), *(to(url) for url in rest), (200, PUBLIC), profile=profile
    )
    assert [request.headers.get("origin") for request in played.requests] == origins
    assert played.outcome.readable


def test_a_chain_that_comes_home_is_still_checked(play: Play) -> None:
    home = f"{P}/home"
    assert play(RequestInit(A), to(home), (200, {})).cause is Cause.MISSING_ALLOW_ORIGIN
    assert play(RequestInit(A), to(home), (200, {"Access-Control-Allow-Origin": P})).cause is (
        Cause.ALLOW_ORIGIN_MISMATCH
    )
    played = play(RequestInit(A), to(home), (200, {"Access-Control-Allow-Origin": "null"}))
    assert played.response.type == "cors"


def test_a_chain_that_stays_home_is_not(play: Play) -> None:
    played = play(RequestInit("/x"), (302, {"Location": "/y"}), (200, {}))
    assert played.response.type == "basic"


def test_every_redirect_response_is_checked(play: Play) -> None:
    bare = (302, {"Location": B})
    assert play(RequestInit(A), bare).cause is Cause.MISSING_ALLOW_ORIGIN
    refusal = play(RequestInit(A), bare).outcome.refusal
    assert refusal is not None
    assert refusal.location is not None
    assert (str(refusal.location), refusal.status) == (f"{B}/", 302)


def test_a_redirect_of_the_page_itself_needs_no_cors(play: Play) -> None:
    assert play(RequestInit("/x"), (302, {"Location": A}), (200, PUBLIC)).response.type == "cors"


# page's request, Location, mode; cause or None (steps 9 and 10)
USERINFO: dict[str, tuple[str, str, str, Cause | None]] = {
    "foreign to foreign": (A, "http://u:p@a.test/y", "cors", Cause.REDIRECT_CONTAINS_CREDENTIALS),
    "foreign to another": (A, "http://u@b.test/y", "cors", Cause.REDIRECT_CONTAINS_CREDENTIALS),
    "foreign to home": (A, "http://u:p@client.test:8000/y", "cors", Cause.REDIRECT_CONTAINS_CREDENTIALS),
    "home to foreign": ("/x", "http://:p@a.test/y", "cors", Cause.REDIRECT_CONTAINS_CREDENTIALS),
    "home to home": ("/x", "http://u:p@client.test:8000/y", "cors", None),
    "no-cors": (A, "http://u:p@b.test/y", "no-cors", None),
    "empty userinfo": (A, "http://:@a.test/y", "cors", None),
}


@pytest.mark.parametrize(("url", "location", "mode", "want"), USERINFO.values(), ids=USERINFO)
def test_userinfo_in_a_location(play: Play, url: str, location: str, mode: str, want: Cause | None) -> None:
    assert play(RequestInit(url, mode=mode), to(location), (200, PUBLIC)).cause is want


def test_chromium_follows_no_userinfo_but_in_xhr(play: Play) -> None:
    location = to("http://u:p@client.test:8000/y")
    assert play(RequestInit("/x"), location, (200, {}), profile=CHROMIUM).cause is Cause.EMBEDDED_CREDENTIALS
    assert play(XhrInit("/x"), location, (200, {}), profile=CHROMIUM).outcome.readable
    assert play(RequestInit("/x"), location, (200, {}), profile=FIREFOX).outcome.readable
    assert play(RequestInit("/x"), location, (200, {}), profile=WEBKIT).outcome.readable


@pytest.mark.parametrize(
    "location",
    [
        "data:,x",
        "about:blank",
        "file:///x",
        "ftp://a.test/",
        "blob:http://a.test/x",
        "chicken:x",
        "ws://a.test/",
    ],
)
@pytest.mark.parametrize("url", ["/x", A])
@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_redirects_go_to_http_alone(play: Play, url: str, location: str, mode: str) -> None:
    played = play(RequestInit(url, mode=mode), to(location))
    assert played.cause is Cause.UNSAFE_REDIRECT
    assert len(played.sent) == 1


@pytest.mark.parametrize("location", ["http://", "http://a b/", "http://[::1/", "//"])
def test_a_location_that_is_no_url_fails(play: Play, location: str) -> None:
    played = play(RequestInit("/x"), (302, {"Location": location}))
    assert played.cause is Cause.INVALID_REDIRECT


def test_two_locations_are_a_failure(play: Play) -> None:
    answer = (302, [("Location", "/y"), ("Location", "/z")])
    assert play(RequestInit("/x"), answer, (200, {})).cause is Cause.INVALID_REDIRECT


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_without_a_location_the_redirect_is_the_response(play: Play, status: int) -> None:
    played = play(RequestInit(A), (status, PUBLIC))
    assert (played.response.status, played.response.redirected) == (status, False)


# An empty Location, in each (family redirect-location)
def test_an_empty_location(play: Play) -> None:
    answers: tuple[Answer, ...] = ((302, {"Location": ""}), (200, {}))
    assert play(RequestInit("/x"), *answers).sent == [f"GET {P}/x", f"GET {P}/x"], "a reference to itself"
    assert play(RequestInit("/x"), *answers, profile=FIREFOX).response.status == 200
    assert play(RequestInit("/x"), *answers, profile=CHROMIUM).response.status == 302
    assert play(RequestInit("/x"), *answers, profile=WEBKIT).cause is Cause.INVALID_REDIRECT


# Location, request URL, URL that is fetched next
FRAGMENTS = {
    "inherited": ("/y", "/x#f", f"{P}/y#f"),
    "own": ("/y#g", "/x#f", f"{P}/y#g"),
    "own and empty": ("/y#", "/x#f", f"{P}/y#"),
    "none": ("/y", "/x", f"{P}/y"),
}


@pytest.mark.parametrize(("location", "url", "want"), FRAGMENTS.values(), ids=FRAGMENTS)
def test_a_location_inherits_the_fragment(play: Play, location: str, url: str, want: str) -> None:
    assert play(RequestInit(url), to(location), (200, {})).sent[1] == f"GET {want}"


def test_locations_are_relative_to_the_hop(play: Play) -> None:
    played = play(RequestInit("http://a.test/d/x"), to("y?q"), (200, PUBLIC))
    assert played.sent[1] == "GET http://a.test/d/y?q"


def test_bytes_above_0x7f_in_a_location(play: Play) -> None:
    answers: tuple[Answer, ...] = ((302, {"Location": "/\xc3\xa9"}), (200, {}))
    assert play(RequestInit("/x"), *answers).sent[1].endswith("/%C3%83%C2%A9"), "isomorphic, then UTF-8"
    assert play(RequestInit("/x"), *answers, profile=CHROMIUM).sent[1].endswith("/%C3%A9"), "as they are"


@pytest.mark.parametrize("url", ["/x", A])
def test_twenty_redirects_are_followed_and_no_more(play: Play, url: str) -> None:
    loop = play(RequestInit(url), to(url))
    assert loop.cause is Cause.TOO_MANY_REDIRECTS
    assert len(loop.sent) == 21
    twenty = [to(url)] * 20
    assert play(RequestInit(url), *twenty, (200, PUBLIC)).outcome.readable


def test_redirect_mode_error(play: Play) -> None:
    for url in ("/x", A):
        played = play(RequestInit(url, redirect="error"), to("/y"))
        assert played.cause is Cause.REDIRECT_MODE_ERROR
        assert len(played.sent) == 1
    assert play(RequestInit("/x", redirect="error"), (302, {})).cause is Cause.REDIRECT_MODE_ERROR
    assert play(RequestInit("/x", redirect="error"), (304, {})).response.status == 304


def test_the_cors_check_comes_before_the_redirect_mode(play: Play) -> None:
    for redirect in ("error", "manual"):
        played = play(RequestInit(A, redirect=redirect), (302, {"Location": "/y"}))
        assert played.cause is Cause.MISSING_ALLOW_ORIGIN


def test_mode_same_origin_may_not_leave_home(play: Play) -> None:
    played = play(RequestInit("/x", mode="same-origin"), to(A))
    assert played.cause is Cause.DISALLOWED_BY_MODE
    assert play(RequestInit("/x", mode="same-origin"), to("/y"), (200, {})).response.redirected


def test_a_redirect_to_a_bad_port_or_into_mixed_content_is_blocked(play: Play) -> None:
    assert play(RequestInit("/x"), to("http://a.test:25/")).cause is Cause.BAD_PORT
    secure = page("https://client.test/")
    assert play(RequestInit("/x"), to("http://a.test/"), client=secure).cause is Cause.MIXED_CONTENT


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_stream_cannot_be_sent_again(play: Play, status: int) -> None:
    stream = Body(BodyKind.STREAM, b"x")
    init = RequestInit("/x", "POST", body=stream, duplex="half")
    assert play(init, to("/y", status)).cause is Cause.REDIRECT_STREAM_BODY


def test_303_needs_no_body_and_so_a_stream_may_be_redirected(play: Play) -> None:
    init = RequestInit("/x", "POST", body=Body(BodyKind.STREAM, b"x"), duplex="half")
    assert play(init, to("/y", 303), (200, {})).methods == ["POST", "GET"]


# Authorization: hops, whether the last one has it
AUTHORIZED: dict[str, tuple[list[str], bool]] = {
    "home to home": ([P, P], True),
    "home to foreign": ([P, A], False),
    "foreign to itself": ([A, A], True),
    "foreign to another": ([A, B], False),
    "there and back": ([P, A, P], False),
    "to another port": ([A, A + ":81"], False),
    "to https": ([A, "https://a.test"], False),
}


@pytest.mark.parametrize(("hops", "kept"), AUTHORIZED.values(), ids=AUTHORIZED)
def test_authorization_does_not_leave_its_origin(play: Play, hops: list[str], *, kept: bool) -> None:
    allow = PUBLIC | {"Access-Control-Allow-Headers": "authorization, x-a"}
    answers: list[Answer] = []
    for number in range(len(hops)):
        left_home = any(hop != P for hop in hops[: number + 1])
        if left_home:
            answers.append((200, allow))  # to the preflight, which X-A needs on every foreign hop
        last = number == len(hops) - 1
        location = {} if last else {"Location": f"{hops[number + 1]}/{number + 1}"}
        answers.append((200 if last else 302, allow | location))
    init = RequestInit(f"{hops[0]}/0", headers=(("authorization", "secret"), ("X-A", "1")))
    played = play(init, *answers)
    assert played.outcome.readable, played.notes
    assert (played.header("authorization") == "secret") is kept
    assert played.header("x-a") == "1"


# PUT to A, which answers 307 to B: what is asked of B (the checklist, rd-pf)
@pytest.mark.parametrize(
    ("profile", "origin"), [(STANDARD, "null"), (CHROMIUM, "null"), (WEBKIT, "null"), (FIREFOX, ORIGIN)]
)
def test_a_redirected_put_is_preflighted_anew(play: Play, profile: Profile, origin: str) -> None:
    init = RequestInit(A, "PUT")
    answers = ((200, PUBLIC), to(B, 307), (200, PUBLIC), (200, PUBLIC))
    played = play(init, *answers, profile=profile)
    assert played.sent == [f"OPTIONS {A}/", f"PUT {A}/", f"OPTIONS {B}/", f"PUT {B}/"]
    assert played.header("origin", 2) == origin
    assert played.header("origin", 3) == "null"
    assert played.outcome.readable


def test_the_preflight_of_a_redirected_request_can_fail(play: Play) -> None:
    played = play(RequestInit(A, "PUT"), (200, PUBLIC), to(B, 307), (404, PUBLIC))
    assert played.cause is Cause.PREFLIGHT_INVALID_STATUS
    assert played.outcome.refusal is not None
    assert str(played.outcome.refusal.redirected_from) == f"{A}/"


def test_a_request_that_left_home_by_a_redirect_is_preflighted_there(play: Play) -> None:
    played = play(RequestInit("/x", "PUT"), (307, {"Location": A}), (200, PUBLIC))
    assert played.methods == ["PUT", "OPTIONS", "PUT"]


# PUT with JSON, 303: is the GET that comes of it preflighted? (the checklist, rd-303)
@pytest.mark.parametrize(
    ("profile", "asked"), [(STANDARD, None), (CHROMIUM, None), (FIREFOX, ""), (WEBKIT, "content-type")]
)
def test_what_303_makes_of_a_put(play: Play, profile: Profile, asked: str | None) -> None:
    init = RequestInit(f"{A}/x", "PUT", (("Content-Type", "application/json"),), TEXT)
    played = play(init, (200, PUBLIC), to("/y", 303), (200, PUBLIC), profile=profile)
    assert played.outcome.readable
    if asked is None:
        assert played.methods == ["OPTIONS", "PUT", "GET"]
    else:
        assert played.methods == ["OPTIONS", "PUT", "OPTIONS", "GET"]
        assert (played.header("access-control-request-headers", 2) or "") == asked
        assert played.header("access-control-request-method", 2) == "GET"


# GET with Authorization, A to B (the checklist, rd-auth)
@pytest.mark.parametrize(
    ("profile", "asked"), [(STANDARD, None), (CHROMIUM, None), (FIREFOX, ""), (WEBKIT, "authorization")]
)
def test_what_becomes_of_the_preflight_for_authorization(
    play: Play, profile: Profile, asked: str | None
) -> None:
    allow = PUBLIC | {"Access-Control-Allow-Headers": "authorization"}
    init = RequestInit(f"{A}/x", headers=(("Authorization", "secret"),))
    played = play(init, (200, allow), (302, allow | {"Location": f"{B}/y"}), (200, allow), profile=profile)
    assert played.outcome.readable
    if asked is None:
        assert played.methods == ["OPTIONS", "GET", "GET"]
    else:
        assert played.methods == ["OPTIONS", "GET", "OPTIONS", "GET"]
        assert (played.header("access-control-request-headers", 2) or "") == asked
    assert played.header("authorization") is None


def test_an_opaque_chain_stays_opaque_on_the_way_home(play: Play) -> None:
    played = play(RequestInit(A, mode="no-cors"), (302, {"Location": f"{P}/y"}), (200, {}))
    assert played.response.type == "opaque"


def test_the_trace_tells_of_the_taint(play: Play) -> None:
    played = play(RequestInit(A), to(B), (200, PUBLIC))
    assert any("null" in note for note in played.notes)
