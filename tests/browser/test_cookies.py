"""Cookies: which are stored, which are attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Cookie, CookieJar, Profile
from corsage.browser.cookies import parse_set_cookie
from corsage.model import RequestInit, page, parse_url

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "https://www.a.test/dir/page"


def parse(line: str, url: str = URL) -> Cookie | None:
    parsed = parse_url(url)
    assert parsed is not None
    return parse_set_cookie(parsed, line)


HOST = "www.a.test"
# Set-Cookie, what is stored, reason (RFC 6265bis, 5.6)
STORED: dict[str, tuple[str, Cookie | None, str]] = {
    "plain": ("a=b", Cookie("a", "b", HOST, path="/dir"), "host-only, Lax, the default path"),
    "blanks": (" a = b ; x", Cookie("a", "b", HOST, path="/dir"), "trimmed; unknown attributes are ignored"),
    "equals sign in the value": ("a=b=c", Cookie("a", "b=c", HOST, path="/dir"), "the first one divides"),
    "quotes": ('a="b"', Cookie("a", '"b"', HOST, path="/dir"), "kept"),
    "no equals sign": ("b", Cookie("", "b", HOST, path="/dir"), "a value without a name"),
    "empty value": ("a=", Cookie("a", "", HOST, path="/dir"), "allowed"),
    "nothing": ("", None, "neither name nor value"),
    "only an equals sign": ("=", None, "neither name nor value"),
    "path": ("a=b; Path=/x", Cookie("a", "b", HOST, path="/x"), "as it says"),
    "path without a slash": ("a=b; Path=x", Cookie("a", "b", HOST, path="/dir"), "the default path"),
    "empty path": ("a=b; path=", Cookie("a", "b", HOST, path="/dir"), "the default path"),
    "domain above": ("a=b; Domain=a.test", Cookie("a", "b", "a.test", False, "/dir"), "for subdomains, too"),
    "domain with a dot": ("a=b; Domain=.a.test", Cookie("a", "b", "a.test", False, "/dir"), "the dot goes"),
    "domain in upper case": ("a=b; DOMAIN=A.Test", Cookie("a", "b", "a.test", False, "/dir"), "lower-cased"),
    "own domain": (f"a=b; Domain={HOST}", Cookie("a", "b", HOST, False, "/dir"), "named, so not host-only"),
    "foreign domain": ("a=b; Domain=b.test", None, "not above the host"),
    "domain below": ("a=b; Domain=x.www.a.test", None, "not above the host"),
    "suffix of a label": ("a=b; Domain=w.a.test", None, "labels are compared whole"),
    "public suffix": ("a=b; Domain=test", None, "nobody may set cookies for all of test"),
    "empty domain": ("a=b; Domain=", Cookie("a", "b", HOST, path="/dir"), "counts as absent"),
    "secure": ("a=b; Secure", Cookie("a", "b", HOST, path="/dir", secure=True), "https alone"),
    "strict": ("a=b; SameSite=Strict", Cookie("a", "b", HOST, path="/dir", same_site="strict"), "as it says"),
    "lax": ("a=b; SameSite=lax", Cookie("a", "b", HOST, path="/dir", same_site="lax"), "in any case"),
    "none": (
        "a=b; SameSite=None; Secure",
        Cookie("a", "b", HOST, path="/dir", secure=True, same_site="none"),
        "with Secure",
    ),
    "none without secure": ("a=b; SameSite=None", None, "needs Secure"),
    "unknown SameSite": ("a=b; SameSite=yes", Cookie("a", "b", HOST, path="/dir"), "Lax is the default"),
    "4096 bytes": ("a=" + "x" * 4095, Cookie("a", "x" * 4095, HOST, path="/dir"), "the most"),
    "4097 bytes": ("a=" + "x" * 4096, None, "too long"),
    "last attribute wins": ("a=b; Path=/x; Path=/y", Cookie("a", "b", HOST, path="/y"), "the last counts"),
}


@pytest.mark.parametrize(("line", "want", "why"), STORED.values(), ids=STORED)
def test_what_is_stored(line: str, want: Cookie | None, why: str) -> None:
    assert parse(line) == want, why


def test_secure_cookies_cannot_be_set_over_http_but_on_this_machine() -> None:
    assert parse("a=b; Secure", "http://a.test/") is None
    assert parse("a=b; Secure", "http://localhost:8000/") is not None


def test_the_public_suffix_itself_may_set_a_cookie_for_its_host_alone() -> None:
    cookie = parse("a=b; Domain=github.io", "https://github.io/")
    assert cookie is not None
    assert cookie.host_only
    assert parse("a=b; Domain=github.io", "https://me.github.io/") is None


def test_an_address_has_no_domain_above_it() -> None:
    assert parse("a=b; Domain=0.0.1", "http://127.0.0.1/") is None


DEFAULT_PATHS = {"/": "/", "/a": "/", "/a/": "/a", "/a/b": "/a", "/a/b/c?q": "/a/b"}


@pytest.mark.parametrize(("path", "want"), DEFAULT_PATHS.items())
def test_the_default_path_is_the_directory(path: str, want: str) -> None:
    cookie = parse("a=b", f"https://a.test{path}")
    assert cookie is not None
    assert cookie.path == want


def test_a_jar_replaces_and_forgets() -> None:
    jar = CookieJar()
    for value in ("1", "2"):
        jar.add(Cookie("a", value, "a.test"))
    jar.add(Cookie("a", "3", "a.test", path="/x"))
    assert [cookie.value for cookie in jar.cookies] == ["2", "3"]
    for number in range(400):
        jar.add(Cookie(f"n{number}", "", "a.test"))
    assert len(jar.cookies) == 300
    assert jar.cookies[-1].name == "n399"


# page, URL, cookie, whether it is sent under the standard
SENT: dict[str, tuple[str, str, Cookie, bool, str]] = {
    "its host": ("https://a.test/", "https://a.test/", Cookie("a", "b", "a.test"), True, "first-party"),
    "subdomain, host-only": (
        "https://a.test/",
        "https://x.a.test/",
        Cookie("a", "b", "a.test"),
        False,
        "its host",
    ),
    "subdomain": (
        "https://a.test/",
        "https://x.a.test/",
        Cookie("a", "b", "a.test", host_only=False),
        True,
        "domain",
    ),
    "a name that ends so": (
        "https://xa.test/",
        "https://xa.test/",
        Cookie("a", "b", "a.test", host_only=False),
        False,
        "labels are compared whole",
    ),
    "ports do not separate": (
        "https://a.test:1000/",
        "https://a.test:2000/",
        Cookie("a", "b", "a.test"),
        True,
        "hosts",
    ),
    "path": (
        "https://a.test/",
        "https://a.test/x/y",
        Cookie("a", "b", "a.test", path="/x"),
        True,
        "below the path",
    ),
    "path itself": (
        "https://a.test/",
        "https://a.test/x",
        Cookie("a", "b", "a.test", path="/x"),
        True,
        "the path",
    ),
    "path with a slash": (
        "https://a.test/",
        "https://a.test/x",
        Cookie("a", "b", "a.test", path="/x/"),
        False,
        "above",
    ),
    "path that begins so": (
        "https://a.test/",
        "https://a.test/xy",
        Cookie("a", "b", "a.test", path="/x"),
        False,
        "other",
    ),
    "secure over http": (
        "http://a.test/",
        "http://a.test/",
        Cookie("a", "b", "a.test", secure=True),
        False,
        "https",
    ),
    "secure on localhost": (
        "http://localhost:8000/",
        "http://localhost:9000/",
        Cookie("a", "b", "localhost", secure=True),
        True,
        "this machine",
    ),
    "lax, same site": (
        "https://www.a.test/",
        "https://api.a.test/",
        Cookie("a", "b", "api.a.test"),
        True,
        "one site",
    ),
    "strict, same site": (
        "https://www.a.test/",
        "https://api.a.test/",
        Cookie("a", "b", "api.a.test", same_site="strict"),
        True,
        "one site",
    ),
    "lax, cross-site": (
        "https://b.test/",
        "https://a.test/",
        Cookie("a", "b", "a.test"),
        False,
        "SameSite=Lax",
    ),
    "lax, schemes differ": (
        "http://a.test/",
        "https://a.test/",
        Cookie("a", "b", "a.test"),
        False,
        "schemeful",
    ),
    "none, cross-site": (
        "https://b.test/",
        "https://a.test/",
        Cookie("a", "b", "a.test", secure=True, same_site="none"),
        True,
        "SameSite=None",
    ),
    "lax between customers of github.io": (
        "https://me.github.io/",
        "https://you.github.io/",
        Cookie("a", "b", "you.github.io"),
        False,
        "two sites",
    ),
}


@pytest.mark.parametrize(("at", "url", "cookie", "want", "why"), SENT.values(), ids=SENT)
def test_what_is_attached(play: Play, at: str, url: str, cookie: Cookie, *, want: bool, why: str) -> None:
    allow = {"Access-Control-Allow-Origin": at.rstrip("/"), "Access-Control-Allow-Credentials": "true"}
    init = RequestInit(url, credentials="include")
    played = play(init, (200, allow), client=page(at), cookies=CookieJar([cookie]))
    assert (played.header("cookie") == "a=b") is want, (why, played.notes)


# page's request: URL, mode, credentials; whether cookies go along at all (step 8.3)
CREDENTIALS: dict[str, tuple[str, str, str, bool]] = {
    "home, same-origin": ("/x", "cors", "same-origin", True),
    "home, include": ("/x", "cors", "include", True),
    "home, omit": ("/x", "cors", "omit", False),
    "foreign, same-origin": ("https://api.a.test/", "cors", "same-origin", False),
    "foreign, include": ("https://api.a.test/", "cors", "include", True),
    "foreign, omit": ("https://api.a.test/", "cors", "omit", False),
    "foreign no-cors, include": ("https://api.a.test/", "no-cors", "include", True),
    "foreign no-cors, same-origin": ("https://api.a.test/", "no-cors", "same-origin", False),
}


@pytest.mark.parametrize(("url", "mode", "credentials", "want"), CREDENTIALS.values(), ids=CREDENTIALS)
def test_the_credentials_mode_decides(
    play: Play, url: str, mode: str, credentials: str, *, want: bool
) -> None:
    jar = CookieJar([Cookie("a", "b", "a.test", host_only=False)])
    init = RequestInit(url, mode=mode, credentials=credentials)
    allow = {"Access-Control-Allow-Origin": "https://a.test", "Access-Control-Allow-Credentials": "true"}
    played = play(init, (200, allow), client=page("https://a.test/"), cookies=jar)
    assert (played.header("cookie") is not None) is want


def test_cookies_are_stored_even_where_the_cors_check_fails(play: Play) -> None:
    jar = CookieJar()
    init = RequestInit("https://api.a.test/", credentials="include")
    played = play(init, (200, {"Set-Cookie": "a=b"}), client=page("https://a.test/"), cookies=jar)
    assert played.outcome.refusal is not None
    assert [cookie.name for cookie in jar.cookies] == ["a"]


def test_cookies_are_not_stored_without_credentials(play: Play) -> None:
    jar = CookieJar()
    allow = {"Set-Cookie": "a=b", "Access-Control-Allow-Origin": "*"}
    play(RequestInit("https://api.a.test/"), (200, allow), client=page("https://a.test/"), cookies=jar)
    assert jar.cookies == []


def test_a_cookie_set_by_a_redirect_goes_to_the_next_hop(play: Play) -> None:
    jar = CookieJar()
    played = play(
        RequestInit("/x"), (302, {"Location": "/y", "Set-Cookie": "a=b; Path=/"}), (200, {}), cookies=jar
    )
    assert played.header("cookie", 0) is None
    assert played.header("cookie", 1) == "a=b"


# Third-party cookies (family https-client): Firefox and WebKit block them, SameSite=None or not.
@pytest.mark.parametrize(("profile", "sent"), [(STANDARD, True), (FIREFOX, False), (WEBKIT, False)])
def test_third_party_cookies(play: Play, profile: Profile, *, sent: bool) -> None:
    jar = CookieJar([Cookie("a", "b", "a.test", secure=True, same_site="none")])
    allow = {"Access-Control-Allow-Origin": "https://b.test", "Access-Control-Allow-Credentials": "true"}
    init = RequestInit("https://a.test/", credentials="include")
    played = play(init, (200, allow), client=page("https://b.test/"), cookies=jar, profile=profile)
    assert (played.header("cookie") is not None) is sent
    assert played.outcome.readable
    assert any("third-party" in note for note in played.notes) is not sent


# A sandboxed frame and the site around it (family opaque-origin).
@pytest.mark.parametrize(
    ("profile", "sent"), [(STANDARD, False), (CHROMIUM, False), (FIREFOX, False), (WEBKIT, True)]
)
def test_sandboxed_frames(play: Play, profile: Profile, *, sent: bool) -> None:
    jar = CookieJar([Cookie("a", "b", "a.test")])
    frame = page("https://a.test/", sandboxed=True)
    init = RequestInit("https://a.test/x", mode="no-cors", credentials="include")
    played = play(init, (200, {}), client=frame, cookies=jar, profile=profile)
    assert (played.header("cookie") is not None) is sent


def test_what_is_withheld_is_told(play: Play) -> None:
    jar = CookieJar([Cookie("a", "b", "a.test"), Cookie("s", "t", "a.test", secure=True, same_site="none")])
    init = RequestInit("http://a.test/", mode="no-cors", credentials="include")
    notes = play(init, (200, {}), client=page("http://b.test/"), cookies=jar).notes
    assert any("cookie a withheld" in note and "SameSite" in note for note in notes)
    assert any("cookie s withheld" in note and "Secure" in note for note in notes)


def test_several_cookies_stand_in_one_header(play: Play) -> None:
    jar = CookieJar([Cookie("a", "1", "a.test"), Cookie("", "2", "a.test"), Cookie("c", "", "a.test")])
    played = play(RequestInit("/x"), (200, {}), client=page("https://a.test/"), cookies=jar)
    assert played.header("cookie") == "a=1; 2; c="
