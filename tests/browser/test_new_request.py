"""`new Request()`: what it throws, and what it makes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile, new_request
from corsage.model import Body, BodyKind, Request, RequestInit, Thrown, Trace, page

CLIENT = page("http://client.test:8000/app/page.html")
URL = "http://api.test/x"
TEXT = Body(BodyKind.TEXT, b"hello")
STREAM = Body(BodyKind.STREAM, b"hello")


def made(init: RequestInit, profile: Profile = STANDARD) -> Request:
    request = new_request(init, CLIENT, profile)
    assert isinstance(request, Request), request
    return request


# init, the step of the standard that throws, reason
THROWS = {
    "relative to nothing": (RequestInit("http://"), "5.2", "the URL does not parse"),
    "bad port": (RequestInit("http://a.test:99999/"), "5.2", "the URL does not parse"),
    "user and password": (RequestInit("http://u:p@a.test/"), "5.3", "the URL includes credentials"),
    "user": (RequestInit("http://u@a.test/"), "5.3", "the URL includes credentials"),
    "password": (RequestInit("http://:p@a.test/"), "5.3", "the URL includes credentials"),
    "userinfo on the page's origin": (RequestInit("http://u@client.test:8000/"), "5.3", "wherever it goes"),
    "navigate": (RequestInit(URL, mode="navigate"), "17", "scripts cannot navigate by fetch()"),
    "mode of no enumeration": (RequestInit(URL, mode="CORS"), "16", "enumerations are case-sensitive"),
    "websocket": (RequestInit(URL, mode="websocket"), "16", "no value that scripts may name"),
    "credentials": (RequestInit(URL, credentials="always"), "19", "no such value"),
    "empty credentials": (RequestInit(URL, credentials=""), "19", "no such value"),
    "redirect": (RequestInit(URL, redirect="Follow"), "22", "enumerations are case-sensitive"),
    "cache": (RequestInit(URL, cache="never"), "20", "no such value"),
    "referrer policy": (RequestInit(URL, referrer_policy="never"), "15", "no such value"),
    "only-if-cached": (RequestInit(URL, cache="only-if-cached"), "21", "needs mode same-origin"),
    "only-if-cached, no-cors": (
        RequestInit(URL, cache="only-if-cached", mode="no-cors"),
        "21",
        "needs mode same-origin",
    ),
    "address space": (RequestInit(URL, target_address_space="private"), "13", "no such value"),
    "method with a blank": (RequestInit(URL, "GE T"), "25.2", "no token"),
    "empty method": (RequestInit(URL, ""), "25.2", "no token"),
    "method beyond ASCII": (RequestInit(URL, "opt\u0131ons"), "25.2", "no token"),
    "CONNECT": (RequestInit(URL, "CONNECT"), "25.2", "forbidden"),
    "trace": (RequestInit(URL, "trace"), "25.2", "forbidden in any case"),
    "Track": (RequestInit(URL, "Track"), "25.2", "forbidden in any case"),
    "PUT in no-cors": (RequestInit(URL, "PUT", mode="no-cors"), "32.1", "not safelisted"),
    "OPTIONS in no-cors": (RequestInit(URL, "OPTIONS", mode="no-cors"), "32.1", "not safelisted"),
    "patch in no-cors": (RequestInit(URL, "patch", mode="no-cors"), "32.1", "not safelisted"),
    "header name with a blank": (RequestInit(URL, headers=(("X A", "1"),)), "33.5", "no token"),
    "empty header name": (RequestInit(URL, headers=(("", "1"),)), "33.5", "no token"),
    "header name beyond ASCII": (RequestInit(URL, headers=(("X-\xe9", "1"),)), "33.5", "no token"),
    "newline in a value": (RequestInit(URL, headers=(("X", "a\nb"),)), "33.5", "no header value"),
    "NUL in a value": (RequestInit(URL, headers=(("X", "a\0b"),)), "33.5", "no header value"),
    "value beyond Latin-1": (RequestInit(URL, headers=(("X", "\u0100"),)), "33.5", "no byte string"),
    "bad value of a forbidden header": (
        RequestInit(URL, headers=(("Cookie", "a\nb"),)),
        "33.5",
        "checked first",
    ),
    "GET with a body": (RequestInit(URL, body=TEXT), "35", "GET has none"),
    "HEAD with a body": (RequestInit(URL, "head", body=TEXT), "35", "HEAD has none"),
    "GET with an empty body": (RequestInit(URL, body=Body(BodyKind.TEXT)), "35", "empty is not absent"),
    "stream without duplex": (RequestInit(URL, "POST", body=STREAM), "39.1", "half duplex must be chosen"),
    "stream in no-cors": (
        RequestInit(URL, "POST", body=STREAM, duplex="half", mode="no-cors"),
        "39.2",
        "a preflight would be needed",
    ),
    "stream and keepalive": (
        RequestInit(URL, "POST", body=STREAM, duplex="half", keepalive=True),
        "37.1",
        "it cannot be kept alive",
    ),
}


@pytest.mark.parametrize(("init", "number", "why"), THROWS.values(), ids=THROWS)
def test_what_throws_a_type_error(init: RequestInit, number: str, why: str) -> None:
    trace = Trace()
    thrown = new_request(init, CLIENT, STANDARD, trace)
    assert isinstance(thrown, Thrown), why
    assert thrown.name == "TypeError"
    assert thrown.reason
    assert trace.refusal is not None
    assert trace.refusal.number == number


def test_an_aborted_signal_rejects_with_its_own_error() -> None:
    thrown = new_request(RequestInit(URL, aborted=True), CLIENT)
    assert isinstance(thrown, Thrown)
    assert thrown.name == "AbortError"


def test_a_fault_of_the_request_comes_before_an_aborted_signal() -> None:
    thrown = new_request(RequestInit(URL, body=TEXT, aborted=True), CLIENT)
    assert isinstance(thrown, Thrown)
    assert thrown.name == "TypeError"


def test_the_defaults_are_those_of_the_standard() -> None:
    request = made(RequestInit(URL))
    assert (request.method, request.mode, request.credentials) == ("GET", "cors", "same-origin")
    assert (request.redirect, request.cache, request.referrer_policy) == ("follow", "default", "")
    assert request.headers.pairs == ()
    assert request.body is None
    assert request.unsafe_request, "fetch() sets the unsafe-request flag"
    assert not request.use_cors_preflight
    assert request.initiator == "fetch"


@pytest.mark.parametrize(
    "url", ["../api?q", "/api?q", "http://client.test:8000/api?q", "//client.test:8000/api?q"]
)
def test_urls_are_relative_to_the_page(url: str) -> None:
    assert made(RequestInit(url)).url.href == "http://client.test:8000/api?q"


@pytest.mark.parametrize(
    "cache", ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"]
)
def test_every_cache_mode_is_allowed_in_mode_same_origin(cache: str) -> None:
    assert made(RequestInit(URL, cache=cache, mode="same-origin")).cache == cache


@pytest.mark.parametrize(
    ("method", "want"), [("get", "GET"), ("Put", "PUT"), ("patch", "patch"), ("PATCH", "PATCH"), ("*", "*")]
)
def test_six_methods_are_normalized_and_no_other(method: str, want: str) -> None:
    assert made(RequestInit(URL, method)).method == want


def test_values_are_stripped_and_their_order_kept() -> None:
    headers = (("X-B", " \t1\r\n"), ("X-A", ""), ("x-b", "2"))
    assert made(RequestInit(URL, headers=headers)).headers.pairs == (("X-B", "1"), ("X-A", ""), ("x-b", "2"))


# body, Content-Type that it implies
TYPES: dict[str, tuple[Body, str | None]] = {
    "text": (TEXT, "text/plain;charset=UTF-8"),
    "URLSearchParams": (Body(BodyKind.URL_SEARCH_PARAMS), "application/x-www-form-urlencoded;charset=UTF-8"),
    "Blob": (Body(BodyKind.BLOB, mime="image/png"), "image/png"),
    "Blob in upper case": (Body(BodyKind.BLOB, mime="Image/PNG"), "image/png"),
    "Blob without a type": (Body(BodyKind.BLOB, mime=""), None),
    "Blob of a type beyond ASCII": (Body(BodyKind.BLOB, mime="text/pl\xe4in"), None),
    "Blob of a type that is none": (Body(BodyKind.BLOB, mime="json"), "json"),
    "ArrayBuffer": (Body(BodyKind.ARRAY_BUFFER), None),
    "typed array": (Body(BodyKind.TYPED_ARRAY), None),
}


@pytest.mark.parametrize(("body", "want"), TYPES.values(), ids=TYPES)
def test_a_body_brings_its_content_type(body: Body, want: str | None) -> None:
    assert made(RequestInit(URL, "POST", body=body)).headers.get("content-type") == want


def test_form_data_brings_a_boundary() -> None:
    content_type = made(RequestInit(URL, "POST", body=Body(BodyKind.FORM_DATA))).headers.get("content-type")
    assert content_type is not None
    assert content_type.startswith("multipart/form-data; boundary=")


def test_an_authors_content_type_stays() -> None:
    init = RequestInit(URL, "POST", headers=(("content-type", "application/json"),), body=TEXT)
    assert made(init).headers.pairs == (("content-type", "application/json"),)


def test_mode_no_cors_guards_the_implied_type_too() -> None:
    blob = Body(BodyKind.BLOB, mime="application/json")
    init = RequestInit(URL, "POST", body=blob, mode="no-cors")
    assert made(init).headers.get("content-type") is None
    assert made(init, WEBKIT).headers.get("content-type") == "application/json", "as recorded, family bodies"


def test_a_stream_sets_the_use_cors_preflight_flag() -> None:
    request = made(RequestInit(URL, "POST", body=STREAM, duplex="half"))
    assert request.use_cors_preflight
    assert request.headers.get("content-type") is None


def test_streams_in_browsers() -> None:
    init = RequestInit(URL, "POST", body=STREAM, duplex="half")
    assert made(init, CHROMIUM).use_cors_preflight
    text = made(init, FIREFOX)
    assert not text.use_cors_preflight
    assert text.body == Body(BodyKind.TEXT, b"[object ReadableStream]")
    assert text.headers.get("content-type") == "text/plain;charset=UTF-8"
    thrown = new_request(init, CLIENT, WEBKIT)
    assert isinstance(thrown, Thrown)
    assert thrown.name == "NotSupportedError"


def test_firefox_needs_no_duplex_for_what_it_makes_a_text() -> None:
    assert made(RequestInit(URL, "POST", body=STREAM), FIREFOX).body is not None


def test_chromium_drops_user_agent() -> None:
    init = RequestInit(URL, headers=(("User-Agent", "me"),))
    assert made(init).headers.get("user-agent") == "me"
    assert made(init, CHROMIUM).headers.pairs == ()
    assert made(init, CHROMIUM).dropped_headers == ("User-Agent",)


def test_what_was_thrown_leaves_the_init_alone() -> None:
    init = RequestInit(URL, "TRACE")
    assert isinstance(new_request(init, CLIENT), Thrown)
    assert made(replace(init, method="GET")).method == "GET"
