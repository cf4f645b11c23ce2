"""XMLHttpRequest: open, setRequestHeader, send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile, new_xhr_request
from corsage.browser.xhr import with_utf8_charset
from corsage.model import Body, BodyKind, Request, Thrown, Trace, XhrInit, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

CLIENT = page("http://client.test:8000/app/page.html")
URL = "http://api.test/x"
ALLOW = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
TEXT = Body(BodyKind.TEXT, b"hello")
FORM = Body(BodyKind.URL_SEARCH_PARAMS, b"a=b")


def made(init: XhrInit, profile: Profile = STANDARD) -> Request:
    request = new_xhr_request(init, CLIENT, profile)
    assert isinstance(request, Request), request
    return request


# init, exception, which call throws it
THROWS = {
    "no URL": (XhrInit("http://"), "SyntaxError", "open"),
    "no token": (XhrInit(URL, "GE T"), "SyntaxError", "open"),
    "empty method": (XhrInit(URL, ""), "SyntaxError", "open"),
    "CONNECT": (XhrInit(URL, "connect"), "SecurityError", "open"),
    "TRACE": (XhrInit(URL, "TRACE"), "SecurityError", "open"),
    "TRACK": (XhrInit(URL, "TrAcK"), "SecurityError", "open"),
    "method before URL": (XhrInit("http://", "TRACE"), "SecurityError", "open"),
    "header name": (XhrInit(URL, headers=(("X A", "1"),)), "SyntaxError", "setRequestHeader"),
    "empty header name": (XhrInit(URL, headers=(("", "1"),)), "SyntaxError", "setRequestHeader"),
    "header value": (XhrInit(URL, headers=(("X", "a\nb"),)), "SyntaxError", "setRequestHeader"),
    "second header": (XhrInit(URL, headers=(("X", "1"), ("Y", "\0"))), "SyntaxError", "setRequestHeader"),
    "open comes first": (XhrInit("http://", headers=(("X A", "1"),)), "SyntaxError", "open"),
}


@pytest.mark.parametrize(("init", "name", "at"), THROWS.values(), ids=THROWS)
def test_what_throws(init: XhrInit, name: str, at: str) -> None:
    trace = Trace()
    thrown = new_xhr_request(init, CLIENT, STANDARD, trace)
    assert isinstance(thrown, Thrown)
    assert (thrown.name, thrown.at) == (name, at)
    assert trace.refusal is not None


def test_a_value_beyond_latin_1_throws() -> None:
    thrown = new_xhr_request(XhrInit(URL, headers=(("X", "\u0100"),)), CLIENT)
    assert isinstance(thrown, Thrown), "the argument is a ByteString"
    assert thrown.at == "setRequestHeader"


def test_the_request_of_an_xhr() -> None:
    request = made(XhrInit(URL))
    assert (request.method, request.mode, request.credentials) == ("GET", "cors", "same-origin")
    assert request.unsafe_request
    assert not request.use_cors_preflight
    assert request.initiator == "xhr"
    assert made(XhrInit(URL, with_credentials=True)).credentials == "include"


def test_a_username_and_password_are_allowed() -> None:
    assert made(XhrInit("http://u:p@api.test/")).url.username == "u"


def test_headers_are_combined_under_their_first_spelling() -> None:
    headers = (("X-A", "1"), ("X-B", "2"), ("x-a", " 3 "))
    assert made(XhrInit(URL, headers=headers)).headers.pairs == (("X-A", "1, 3"), ("X-B", "2"))


@pytest.mark.parametrize("method", ["GET", "head"])
def test_get_and_head_lose_their_body(method: str) -> None:
    request = made(XhrInit(URL, method, body=TEXT))
    assert request.body is None
    assert request.headers.pairs == ()


def test_webkit_keeps_the_type_of_a_form_that_it_does_not_send() -> None:
    init = XhrInit(URL, body=FORM)
    assert made(init).headers.pairs == ()
    assert made(init, WEBKIT).headers.get("content-type") == "application/x-www-form-urlencoded;charset=UTF-8"
    assert made(XhrInit(URL, body=TEXT), WEBKIT).headers.pairs == ()


# upload listener, body, whether the standard, Chromium, Firefox and WebKit ask first (family xhr-upload)
UPLOADS = {
    "listener and body": (True, TEXT, (True, True, True, True)),
    "listener alone": (True, None, (True, False, True, True)),
    "body alone": (False, TEXT, (False, False, False, False)),
    "neither": (False, None, (False, False, False, False)),
}


@pytest.mark.parametrize(("listener", "body", "want"), UPLOADS.values(), ids=UPLOADS)
def test_an_upload_listener_forces_a_preflight(
    play: Play,
    *,
    listener: bool,
    body: Body | None,
    want: tuple[bool, ...],
) -> None:
    for profile, asks in zip((STANDARD, CHROMIUM, FIREFOX, WEBKIT), want, strict=True):
        init = XhrInit(URL, "POST", body=body, upload_listener=listener)
        played = play(init, (200, ALLOW), profile=profile)
        assert played.methods == (["OPTIONS", "POST"] if asks else ["POST"]), profile.name
        assert played.header("access-control-request-headers", 0) is None, "nothing but the listener"


# body, Content-Type: standard, Chromium, Firefox, WebKit (family bodies)
BLOBS: dict[str, tuple[str, tuple[str | None, ...]]] = {
    "good": ("image/png", ("image/png",) * 4),
    "with a parameter": ("text/plain;a=b", ("text/plain;a=b",) * 4),
    "no slash": ("json", ("json", None, "json", None)),
    "no type at all": ("", (None,) * 4),
    "odd parameter": ("text/plain;a", ("text/plain;a", None, "text/plain;a", "text/plain;a")),
}


@pytest.mark.parametrize(("mime", "want"), BLOBS.values(), ids=BLOBS)
def test_the_type_of_a_blob(mime: str, want: tuple[str | None, ...]) -> None:
    init = XhrInit(URL, "POST", body=Body(BodyKind.BLOB, b"x", mime))
    got = [
        made(init, profile).headers.get("content-type") for profile in (STANDARD, CHROMIUM, FIREFOX, WEBKIT)
    ]
    assert tuple(got) == want


# Content-Type that an author set before sending a string, and what is sent (xhr.spec.whatwg.org, send)
CHARSETS = {
    "none": ("text/plain", "text/plain", "nothing to correct"),
    "UTF-8": ("text/plain;charset=UTF-8", "text/plain;charset=UTF-8", "right already"),
    "utf-8": ("text/plain; charset=utf-8", "text/plain; charset=utf-8", "right already, kept as written"),
    "other": ("text/plain;charset=gbk", "text/plain;charset=UTF-8", "corrected"),
    "other, with blanks": ("TEXT/plain ; charset=gbk", "text/plain;charset=UTF-8", "serialised anew"),
    "other, among others": ("a/b;x=y;charset=gbk", "a/b;x=y;charset=UTF-8", "the rest stays"),
    "quoted": ('a/b;x="y z";charset=gbk', 'a/b;x="y z";charset=UTF-8', "quoted where it must be"),
    "no MIME type": ("text;charset=gbk", "text;charset=gbk", "left alone"),
    "empty": ("", "", "left alone"),
}


@pytest.mark.parametrize(("written", "want", "why"), CHARSETS.values(), ids=CHARSETS)
def test_the_charset_of_a_string_is_utf_8(written: str, want: str, why: str) -> None:
    assert with_utf8_charset(written) == want, why
    init = XhrInit(URL, "POST", headers=(("Content-Type", written),), body=TEXT)
    assert made(init).headers.get("content-type") == want


def test_bytes_keep_the_charset_that_the_author_wrote() -> None:
    for kind in (BodyKind.ARRAY_BUFFER, BodyKind.BLOB, BodyKind.FORM_DATA):
        init = XhrInit(URL, "POST", headers=(("Content-Type", "a/b;charset=gbk"),), body=Body(kind))
        assert made(init).headers.get("content-type") == "a/b;charset=gbk"


def test_chromium_writes_over_the_charset_in_place() -> None:
    init = XhrInit(URL, "POST", headers=(("Content-Type", "TEXT/plain ; charset=gbk ;a"),), body=TEXT)
    assert made(init, CHROMIUM).headers.get("content-type") == "TEXT/plain ; charset=UTF-8 ;a"


def test_chromium_drops_user_agent_and_firefox_makes_a_text_of_a_stream() -> None:
    assert made(XhrInit(URL, headers=(("User-Agent", "me"),)), CHROMIUM).headers.pairs == ()
    stream = XhrInit(URL, "POST", body=Body(BodyKind.STREAM))
    assert made(stream, FIREFOX).body == Body(BodyKind.TEXT, b"[object ReadableStream]")
