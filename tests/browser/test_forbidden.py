"""What scripts may not set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import PROFILES
from corsage.browser.forbidden import is_forbidden_method, is_forbidden_request_header, normalize_method
from corsage.model import RequestInit, XhrInit

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
ALLOW = {
    "Access-Control-Allow-Origin": "http://client.test:8000",
    "Access-Control-Allow-Headers": "x-http-method, x-ok, user-agent",
    "Access-Control-Allow-Methods": "patch, chicken",
}

FORBIDDEN = [
    "Accept-Charset",
    "Accept-Encoding",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Connection",
    "Content-Length",
    "Cookie",
    "Cookie2",
    "Date",
    "DNT",
    "Expect",
    "Host",
    "Keep-Alive",
    "Origin",
    "Referer",
    "Set-Cookie",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "Via",
    "Proxy-Authorization",
    "Proxy-",
    "Sec-Fetch-Site",
    "Sec-",
    "Sec-Anything",
]


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden_names_are_forbidden_in_any_case(name: str) -> None:
    for spelled in (name, name.lower(), name.upper()):
        assert is_forbidden_request_header(spelled, "1")


FREE = [
    "Accept",
    "Authorization",
    "Content-Type",
    "User-Agent",
    "Proxy",
    "Sec",
    "Secret",
    "Proxyx-A",
    "Access-Control-Request-Private-Network",
    "Access-Control-Allow-Origin",
    "Cookies",
    "X-Sec-A",
    "Set-Cookie2",
    "Referrer",
    "Range",
]


@pytest.mark.parametrize("name", FREE)
def test_other_names_are_free(name: str) -> None:
    assert not is_forbidden_request_header(name, "TRACE")


OVERRIDES = {
    "harmless": ("PUT", False, "a method that is allowed"),
    "TRACE": ("TRACE", True, "a forbidden method"),
    "trace": ("trace", True, "in any case"),
    "CONNECT": ("CONNECT", True, "a forbidden method"),
    "TRACK": ("TRACK", True, "a forbidden method"),
    "second of two": ("GET,TRACK", True, "any member counts"),
    "with blanks": ("GET , TRACE\t, PUT", True, "members are trimmed"),
    "part of a word": ("TRACER", False, "another method"),
    "quoted": ('"TRACE"', False, "the quotes are part of the member"),
    "quoted comma": ('"GET,TRACE"', False, "a quoted comma does not split"),
    "empty": ("", False, "no method"),
}


@pytest.mark.parametrize(("value", "want", "why"), OVERRIDES.values(), ids=OVERRIDES)
@pytest.mark.parametrize("name", ["X-HTTP-Method", "x-http-method-override", "X-Method-Override"])
def test_method_overrides_may_not_name_forbidden_methods(
    name: str, value: str, *, want: bool, why: str
) -> None:
    assert is_forbidden_request_header(name, value) is want, why


METHODS = {
    "GET": ("get", "GET", False),
    "HEAD": ("Head", "HEAD", False),
    "POST": ("post", "POST", False),
    "PUT": ("pUT", "PUT", False),
    "DELETE": ("delete", "DELETE", False),
    "OPTIONS": ("options", "OPTIONS", False),
    "PATCH is not normalized": ("patch", "patch", False),
    "nor is any other": ("Chicken", "Chicken", False),
    "QUERY": ("query", "query", False),
    "CONNECT": ("connect", "connect", True),
    "TRACE": ("Trace", "Trace", True),
    "TRACK": ("TRACK", "TRACK", True),
}


@pytest.mark.parametrize(("method", "normalized", "forbidden"), METHODS.values(), ids=METHODS)
def test_methods(method: str, normalized: str, *, forbidden: bool) -> None:
    assert normalize_method(method) == normalized
    assert is_forbidden_method(method) is forbidden


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("init", [RequestInit, XhrInit])
def test_forbidden_headers_are_dropped_without_a_word(
    play: Play, init: type[RequestInit | XhrInit], profile: object
) -> None:
    headers = (("Cookie", "a=b"), ("X-HTTP-Method", "TRACE"), ("X-Ok", "1"), ("Sec-X", "1"), ("Origin", "x"))
    played = play(init(URL, headers=headers), (200, ALLOW), profile=profile)
    assert played.outcome.readable
    assert played.header("access-control-request-headers", 0) == "x-ok"
    assert (played.header("cookie"), played.header("x-http-method"), played.header("sec-x")) == (None,) * 3
    assert played.header("origin") == "http://client.test:8000", "the browser's own"
    assert played.outcome.request is not None
    assert played.outcome.request.dropped_headers == ("Cookie", "X-HTTP-Method", "Sec-X", "Origin")


def test_a_harmless_override_is_sent(play: Play) -> None:
    played = play(RequestInit(URL, headers=(("X-HTTP-Method", "PUT"),)), (200, ALLOW))
    assert played.header("access-control-request-headers", 0) == "x-http-method"
    assert played.header("x-http-method") == "PUT"


# In mode no-cors: header lines, what is left of them.
GUARDED: dict[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]] = {
    "safelisted": ((("Accept", "x"), ("Content-Type", "text/plain")),) * 2,
    "custom": ((("X-A", "1"),), ()),
    "authorization": ((("Authorization", "x"),), ()),
    "range is privileged": ((("Range", "bytes=0-9"),), ()),
    "JSON": ((("Content-Type", "application/json"),), ()),
    "unsafe byte": ((("Accept", "("),), ()),
    "too long": ((("Accept", "a" * 129),), ()),
    "second line makes it too long": (
        (("Accept", "a" * 64), ("Accept", "b" * 64)),
        (("Accept", "a" * 64),),
    ),
    "second line that fits": ((("Accept", "a" * 63), ("accept", "b" * 63)),) * 2,
    "second Content-Type": (
        (("Content-Type", "text/plain"), ("Content-Type", "text/plain")),
        (("Content-Type", "text/plain"),),
    ),
}


@pytest.mark.parametrize(("headers", "left"), GUARDED.values(), ids=GUARDED)
def test_mode_no_cors_lets_safelisted_headers_through_alone(
    play: Play, headers: tuple[tuple[str, str], ...], left: tuple[tuple[str, str], ...]
) -> None:
    played = play(RequestInit(URL, headers=headers, mode="no-cors"), (200, {}))
    assert played.outcome.request is not None
    assert played.outcome.request.headers.pairs == left
    assert played.methods == ["GET"], "and there is never a preflight"
