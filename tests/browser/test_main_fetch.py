"""Main fetch: whether a request is CORS at all, and what is blocked before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.model import Body, BodyKind, Cause, FailureKind, NetworkFailure, RequestInit, XhrInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
STAR = {"Access-Control-Allow-Origin": "*"}

# page, sandboxed, URL, mode, response type or cause, reason (main fetch, step 12)
DISPATCH: dict[str, tuple[str, bool, str, str, str, str]] = {
    "own origin, cors": ("http://p.test/", False, "/x", "cors", "basic", "same origin, tainting basic"),
    "own origin, no-cors": ("http://p.test/", False, "/x", "no-cors", "basic", "same origin comes first"),
    "own origin, same-origin": ("http://p.test/", False, "/x", "same-origin", "basic", "same origin"),
    "own origin, default port": ("http://p.test/", False, "http://p.test:80/", "cors", "basic", "one port"),
    "foreign, cors": ("http://p.test/", False, URL, "cors", "cors", "the CORS protocol"),
    "foreign, no-cors": ("http://p.test/", False, URL, "no-cors", "opaque", "an opaque response"),
    "foreign, same-origin": (
        "http://p.test/",
        False,
        URL,
        "same-origin",
        "DisallowedByMode",
        "a network error",
    ),
    "other port": ("http://p.test/", False, "http://p.test:8080/", "cors", "cors", "another origin"),
    "other scheme": ("http://p.test/", False, "https://p.test/", "cors", "cors", "another origin"),
    "subdomain": ("http://p.test/", False, "http://www.p.test/", "cors", "cors", "another origin"),
    "sandboxed, its own URL": ("http://p.test/", True, "/x", "cors", "cors", "opaque is foreign everywhere"),
    "sandboxed, same-origin": ("http://p.test/", True, "/x", "same-origin", "DisallowedByMode", "opaque"),
    "file, http": ("file:///index.html", False, URL, "cors", "cors", "opaque"),
    "data, cors": ("http://p.test/", False, "data:,hello", "cors", "basic", "data: is basic in any mode"),
    "data, no-cors": ("http://p.test/", False, "data:,hello", "no-cors", "basic", "data: is basic"),
    "data, same-origin": ("http://p.test/", False, "data:,hello", "same-origin", "basic", "data: is basic"),
    "ftp": ("http://p.test/", False, "ftp://a.test/", "cors", "CorsDisabledScheme", "no HTTP scheme"),
    "about": ("http://p.test/", False, "about:blank", "cors", "CorsDisabledScheme", "no HTTP scheme"),
    "about, no-cors": ("http://p.test/", False, "about:blank", "no-cors", "opaque", "scheme fetch"),
    "about:srcdoc": ("http://p.test/", False, "about:srcdoc", "no-cors", "CorsDisabledScheme", "only blank"),
    "blob": ("http://p.test/", False, "blob:http://q.test/x", "cors", "CorsDisabledScheme", "no HTTP scheme"),
    "unknown": ("http://p.test/", False, "chicken:x", "cors", "CorsDisabledScheme", "no HTTP scheme"),
    "unknown, same-origin": (
        "http://p.test/",
        False,
        "chicken:x",
        "same-origin",
        "DisallowedByMode",
        "the mode",
    ),
    "file": ("http://p.test/", False, "file:///etc/passwd", "cors", "LocalResource", "no page may"),
    "file from a file": ("file:///index.html", False, "file:///x", "cors", "LocalResource", "opaque"),
}


@pytest.mark.parametrize(("at", "sandboxed", "url", "mode", "want", "why"), DISPATCH.values(), ids=DISPATCH)
def test_the_dispatch(
    play: Play, at: str, *, sandboxed: bool, url: str, mode: str, want: str, why: str
) -> None:
    played = play(RequestInit(url, mode=mode), (200, STAR), client=page(at, sandboxed=sandboxed))
    if played.outcome.response is not None:
        assert played.response.type == want, why
    else:
        assert played.cause == want, why
        assert played.sent == [], "nothing is sent"
        assert played.trace.refusal is not None


@pytest.mark.parametrize("redirect", ["manual", "error"])
def test_mode_no_cors_must_follow_redirects(play: Play, redirect: str) -> None:
    foreign = play(RequestInit(URL, mode="no-cors", redirect=redirect))
    assert foreign.cause is Cause.NO_CORS_REDIRECT_MODE
    own = play(RequestInit("/x", mode="no-cors", redirect=redirect), (200, {}))
    assert own.response.type == "basic", "the page's own origin may do as it likes"


# https://fetch.spec.whatwg.org/#port-blocking
BAD_PORTS = [
    0,
    1,
    22,
    25,
    53,
    79,
    87,
    110,
    143,
    389,
    465,
    587,
    636,
    993,
    995,
    2049,
    4190,
    6000,
    6667,
    6697,
    10080,
]
GOOD_PORTS = [2, 80, 81, 88, 442, 443, 1024, 3000, 5000, 6001, 8000, 8080, 9090, 10081, 65535]


@pytest.mark.parametrize("port", BAD_PORTS)
@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin"])
def test_bad_ports_are_blocked_before_anything_else(play: Play, port: int, mode: str) -> None:
    played = play(RequestInit(f"http://api.test:{port}/", "POST", mode=mode))
    assert played.cause is Cause.BAD_PORT
    assert not Cause.BAD_PORT.is_cors


def test_a_bad_port_is_blocked_for_the_page_itself(play: Play) -> None:
    assert play(RequestInit("/x"), client=page("http://p.test:6000/")).cause is Cause.BAD_PORT


@pytest.mark.parametrize("port", GOOD_PORTS)
def test_other_ports_are_not(play: Play, port: int) -> None:
    assert play(RequestInit(f"http://api.test:{port}/"), (200, STAR)).outcome.readable


def test_https_has_the_same_bad_ports(play: Play) -> None:
    assert play(RequestInit("https://api.test:6667/")).cause is Cause.BAD_PORT


def test_bad_ports_are_about_http_alone(play: Play) -> None:
    assert play(RequestInit("ftp://api.test:22/")).cause is Cause.CORS_DISABLED_SCHEME


DATA = {
    "text": ("data:,hello%20world", "text/plain;charset=US-ASCII", b"hello world"),
    "type": ("data:text/html,<p>", "text/html", b"<p>"),
    "parameter alone": ("data:;charset=utf-8,x", "text/plain;charset=utf-8", b"x"),
    "base64": ("data:text/plain;base64,aGVsbG8=", "text/plain", b"hello"),
    "base64 in upper case": ("data:text/plain;BASE64,aGVsbG8=", "text/plain", b"hello"),
    "base64 with blanks": ("data:text/plain; base64,aGVs bG8=", "text/plain", b"hello"),
    "base64 without padding": ("data:;base64,aGVsbG8", "text/plain", b"hello"),
    "base64 percent-encoded": ("data:text/plain;base64,aGVsbG8%3D", "text/plain", b"hello"),
    "a word that ends in base64": ("data:text/plain;xbase64,aGVs", "text/plain", b"aGVs"),
    "no MIME type": ("data:garbage,x", "text/plain;charset=US-ASCII", b"x"),
    "fragment": ("data:,x#y", "text/plain;charset=US-ASCII", b"x"),
    "comma in the body": ("data:,a,b", "text/plain;charset=US-ASCII", b"a,b"),
    "lone percent sign": ("data:,100%", "text/plain;charset=US-ASCII", b"100%"),
    "bytes": ("data:,%ff%00", "text/plain;charset=US-ASCII", b"\xff\x00"),
}


@pytest.mark.parametrize(("url", "content_type", "body"), DATA.values(), ids=DATA)
def test_data_urls(play: Play, url: str, content_type: str, body: bytes) -> None:
    played = play(RequestInit(url))
    assert (played.response.status, played.response.type) == (200, "basic")
    assert played.response.body == body
    assert dict(played.response.headers)["content-type"].startswith(content_type)
    assert played.sent == []


@pytest.mark.parametrize("url", ["data:text/plain", "data:;base64,a", "data:;base64,!!!!"])
def test_data_urls_that_fail(play: Play, url: str) -> None:
    assert play(RequestInit(url)).outcome.refusal is not None


@pytest.mark.parametrize(
    ("profile", "readable"), [(STANDARD, True), (FIREFOX, True), (CHROMIUM, False), (WEBKIT, False)]
)
def test_about_blank_in_browsers(play: Play, profile: Profile, *, readable: bool) -> None:
    played = play(RequestInit("about:blank", mode="no-cors"), profile=profile)
    assert (played.outcome.response is not None) is readable


def test_no_answer_is_no_refusal_by_cors(play: Play) -> None:
    failure = NetworkFailure(FailureKind.TLS_EXPIRED, "certificate has expired")
    played = play(RequestInit(URL), failure)
    assert played.cause is Cause.NETWORK_FAILURE
    assert not Cause.NETWORK_FAILURE.is_cors
    assert played.outcome.refusal is not None
    assert played.outcome.refusal.failure == failure


# 407 without a proxy in between (family acao-status)
@pytest.mark.parametrize(
    ("profile", "fails"), [(STANDARD, True), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, False)]
)
def test_proxy_authentication(play: Play, profile: Profile, *, fails: bool) -> None:
    played = play(RequestInit(URL), (407, STAR), profile=profile)
    assert (played.cause is Cause.PROXY_AUTHENTICATION) is fails
    assert play(RequestInit(URL), (401, STAR), profile=profile).response.status == 401


KEEPALIVE = {
    "65536 bytes": (65536, True, None),
    "65537 bytes": (65537, True, Cause.KEEPALIVE_BODY_TOO_LARGE),
    "65537 bytes without keepalive": (65537, False, None),
}


@pytest.mark.parametrize(("size", "keepalive", "want"), KEEPALIVE.values(), ids=KEEPALIVE)
def test_keepalive_bodies_may_have_64_kib(
    play: Play, size: int, *, keepalive: bool, want: Cause | None
) -> None:
    init = RequestInit(URL, "POST", body=Body(BodyKind.TEXT, b"x" * size), keepalive=keepalive)
    assert play(init, (200, STAR)).cause is want


# Sending: what the wire request holds, in order.
def test_the_actual_request_to_the_letter(play: Play) -> None:
    init = RequestInit("http://localhost:9000/x", "POST", body=Body(BodyKind.TEXT, b"hello"))
    played = play(init, (200, STAR))
    (request,) = played.requests
    assert (request.kind, request.method, request.body) == ("actual", "POST", b"hello")
    assert request.headers.pairs == (
        ("Accept", "*/*"),
        ("Content-Type", "text/plain;charset=UTF-8"),
        ("Origin", "http://client.test:8000"),
        ("Referer", "http://client.test:8000/"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
    )


def test_an_authors_accept_is_not_doubled(play: Play) -> None:
    played = play(RequestInit(URL, headers=(("accept", "x/y"),)), (200, STAR))
    assert played.header("accept") == "x/y"


def test_userinfo_of_an_xhr_url_is_kept_for_the_transport(play: Play) -> None:
    played = play(XhrInit("http://u:p@api.test/"), (200, STAR))
    assert played.requests[0].url.without_credentials_and_fragment == "http://api.test/"
    assert played.outcome.readable
