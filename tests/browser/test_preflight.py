"""CORS-preflight fetch: what is asked, and every way in which the answer can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, CookieJar, Profile
from corsage.browser.cookies import Cookie
from corsage.model import (
    Body,
    BodyKind,
    Cause,
    FailureKind,
    NetworkFailure,
    RequestInit,
    WireKind,
    page,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.browser.conftest import Play

URL = "http://api.test/x"
ORIGIN = "http://client.test:8000"
ACAO, ACAC, M, H = (
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
)
OK = {ACAO: ORIGIN, ACAC: "true"}
PUT = RequestInit(URL, "PUT", headers=(("X-B", "1"), ("x-a", "2"), ("Accept", "x")))
JAR = [Cookie("a", "b", "api.test", same_site="none", secure=True), Cookie("c", "d", "api.test")]


def test_the_preflight_to_the_letter(play: Play) -> None:
    client = page("https://client.test/app/page.html")
    init = RequestInit(
        "https://api.test/x?y#z",
        "PUT",
        headers=(("X-B", "1"), ("Authorization", "secret"), ("x-a", "2"), ("Accept", "x")),
        body=Body(BodyKind.TEXT, b"hello"),
        credentials="include",
    )
    answer = {ACAO: "https://client.test", ACAC: "true", M: "PUT", H: "authorization, x-a, x-b"}
    played = play(init, (200, answer), client=client, cookies=CookieJar(list(JAR)))
    preflight, actual = played.requests
    assert preflight.kind is WireKind.PREFLIGHT
    assert preflight.method == "OPTIONS"
    assert preflight.body is None
    assert preflight.url.without_credentials_and_fragment == "https://api.test/x?y"
    assert preflight.headers.pairs == (
        ("Accept", "*/*"),
        ("Access-Control-Request-Method", "PUT"),
        ("Access-Control-Request-Headers", "authorization,x-a,x-b"),
        ("Origin", "https://client.test"),
        ("Referer", "https://client.test/"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
    )
    assert actual.kind is WireKind.ACTUAL
    assert actual.body == b"hello"
    assert actual.headers.get("authorization") == "secret"
    assert actual.headers.get("cookie") == "a=b", "credentials go with the actual request alone"
    assert played.outcome.readable


def test_without_unsafe_headers_none_are_asked_for(play: Play) -> None:
    played = play(RequestInit(URL, "DELETE"), (204, OK | {M: "DELETE"}))
    assert played.header("access-control-request-headers", 0) is None
    assert played.header("access-control-request-method", 0) == "DELETE"


# method as written, Access-Control-Request-Method; None: no preflight
ASKED: dict[str, tuple[str, str | None]] = {
    "GET": ("GET", None),
    "HEAD": ("HEAD", None),
    "POST": ("POST", None),
    "post": ("post", None),
    "PUT": ("PUT", "PUT"),
    "put": ("put", "PUT"),
    "delete": ("delete", "DELETE"),
    "OPTIONS": ("OPTIONS", "OPTIONS"),
    "PATCH": ("PATCH", "PATCH"),
    "patch": ("patch", "patch"),
    "custom": ("Chicken", "Chicken"),
}


@pytest.mark.parametrize(("method", "want"), ASKED.values(), ids=ASKED)
def test_which_methods_ask_first(play: Play, method: str, want: str | None) -> None:
    played = play(RequestInit(URL, method), (200, {ACAO: "*", M: "*"}))
    assert played.header("access-control-request-method", 0) == want
    assert len(played.requests) == (1 if want is None else 2)


def test_the_pages_own_origin_is_never_asked(play: Play) -> None:
    played = play(RequestInit("/x", "PUT", headers=(("X-A", "1"),)), (200, {}))
    assert played.methods == ["PUT"]


# status and headers of the answer to PUT with x-a and x-b, its cause under the standard, reason
FAILS: dict[str, tuple[int, Mapping[str, str] | list[tuple[str, str]], Cause, str]] = {
    "no headers at all": (200, {}, Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN, "the CORS check comes first"),
    "other origin": (200, {ACAO: "http://o.test"}, Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH, "the CORS check"),
    "no origin": (200, {ACAO: "none"}, Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN, "the CORS check"),
    "two origins": (
        200,
        [(ACAO, ORIGIN), (ACAO, ORIGIN)],
        Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
        "the CORS check",
    ),
    "not found": (404, OK | {M: "PUT", H: "x-a,x-b"}, Cause.PREFLIGHT_INVALID_STATUS, "ok statuses alone"),
    "login needed": (401, OK | {M: "PUT", H: "x-a,x-b"}, Cause.PREFLIGHT_INVALID_STATUS, "ok statuses alone"),
    "server error": (500, OK, Cause.PREFLIGHT_INVALID_STATUS, "ok statuses alone"),
    "199": (199, OK, Cause.PREFLIGHT_INVALID_STATUS, "the status before 200"),
    "300": (300, OK, Cause.PREFLIGHT_INVALID_STATUS, "the status after 299"),
    "304": (304, OK | {M: "PUT", H: "x-a,x-b"}, Cause.PREFLIGHT_INVALID_STATUS, "ok statuses alone"),
    "redirect": (302, OK | {"Location": "/y"}, Cause.PREFLIGHT_INVALID_STATUS, "a redirect is no ok status"),
    "methods do not parse": (
        200,
        OK | {M: "PUT, @", H: "x-a,x-b"},
        Cause.INVALID_ALLOW_METHODS,
        "one is bad",
    ),
    "headers do not parse": (200, OK | {M: "PUT", H: "x-a,(x-b"}, Cause.INVALID_ALLOW_HEADERS, "one is bad"),
    "methods absent": (200, OK | {H: "x-a,x-b"}, Cause.METHOD_DISALLOWED, "PUT is not listed"),
    "methods empty": (200, OK | {M: "", H: "x-a,x-b"}, Cause.METHOD_DISALLOWED, "PUT is not listed"),
    "another method": (200, OK | {M: "POST", H: "x-a,x-b"}, Cause.METHOD_DISALLOWED, "PUT is not listed"),
    "lower-case method": (200, OK | {M: "put", H: "x-a,x-b"}, Cause.METHOD_DISALLOWED, "case-sensitive"),
    "headers absent": (200, OK | {M: "PUT"}, Cause.HEADER_DISALLOWED, "x-a is not listed"),
    "one header missing": (200, OK | {M: "PUT", H: "x-a"}, Cause.HEADER_DISALLOWED, "x-b is not listed"),
    "method before header": (200, OK, Cause.METHOD_DISALLOWED, "the method is looked at first"),
}


@pytest.mark.parametrize(("status", "headers", "want", "why"), FAILS.values(), ids=FAILS)
def test_every_way_to_fail(
    play: Play, status: int, headers: Mapping[str, str] | list[tuple[str, str]], want: Cause, why: str
) -> None:
    played = play(PUT, (status, headers))
    assert played.cause is want, why
    assert played.methods == ["OPTIONS"], "the actual request is not sent"
    assert played.outcome.refusal is not None
    assert played.outcome.refusal.status == status
    assert want.is_preflight
    assert played.trace.refusal is not None


def test_the_first_name_that_is_not_allowed_is_named(play: Play) -> None:
    refusal = play(PUT, (200, OK | {M: "PUT"})).outcome.refusal
    assert refusal is not None
    assert refusal.parameter == "x-a"


def test_no_answer_at_all(play: Play) -> None:
    played = play(PUT, NetworkFailure(FailureKind.CONNECTION_REFUSED, "refused"))
    assert played.cause is Cause.PREFLIGHT_NETWORK_FAILURE
    assert not Cause.PREFLIGHT_NETWORK_FAILURE.is_cors
    assert played.outcome.refusal is not None
    assert played.outcome.refusal.failure == NetworkFailure(FailureKind.CONNECTION_REFUSED, "refused")


PASSES: dict[str, tuple[int, Mapping[str, str] | list[tuple[str, str]], str]] = {
    "exact": (204, OK | {M: "PUT", H: "x-a, x-b"}, "what was asked"),
    "200": (200, OK | {M: "PUT", H: "x-a, x-b"}, "any ok status"),
    "299": (299, OK | {M: "PUT", H: "x-a, x-b"}, "any ok status"),
    "wildcards": (204, {ACAO: "*", M: "*", H: "*"}, "without credentials they cover everything"),
    "upper-case header names": (204, OK | {M: "PUT", H: "X-A, X-B"}, "names compare without case"),
    "more than was asked": (204, OK | {M: "GET, PUT, DELETE", H: "x-z, x-b, x-a"}, "in any order"),
    "on several lines": (204, [*OK.items(), (M, "GET"), (M, "PUT"), (H, "x-a"), (H, "x-b")], "lines add up"),
    "empty members": (204, OK | {M: ",PUT,,", H: " , x-a ,, x-b"}, "skipped"),
    "a Location that is none": (204, OK | {M: "PUT", H: "x-a,x-b", "Location": "/y"}, "only 3xx redirect"),
}


@pytest.mark.parametrize(("status", "headers", "why"), PASSES.values(), ids=PASSES)
@pytest.mark.parametrize("profile", [STANDARD, CHROMIUM, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
def test_what_passes_everywhere(
    play: Play,
    status: int,
    headers: Mapping[str, str] | list[tuple[str, str]],
    why: str,
    profile: Profile,
) -> None:
    played = play(PUT, (status, headers), profile=profile)
    assert played.outcome.readable, why
    assert played.methods == ["OPTIONS", "PUT"]


# credentials include: what `*` covers then
LITERAL: dict[str, tuple[RequestInit, Mapping[str, str], Cause | None, str]] = {
    "method": (RequestInit(URL, "PUT"), OK | {M: "*"}, Cause.METHOD_DISALLOWED, "a star is a star"),
    "header": (
        RequestInit(URL, headers=(("X-A", "1"),)),
        OK | {H: "*"},
        Cause.HEADER_DISALLOWED,
        "a star is a star",
    ),
    "method named star": (RequestInit(URL, "*"), OK | {M: "*"}, None, "the star itself is allowed"),
    "header named star": (RequestInit(URL, headers=(("*", "1"),)), OK | {H: "*"}, None, "the star itself"),
    "origin": (
        RequestInit(URL, "PUT"),
        {ACAO: "*", ACAC: "true", M: "PUT"},
        Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
        "judged by the actual request's credentials",
    ),
    "no allow-credentials": (
        RequestInit(URL, "PUT"),
        {ACAO: ORIGIN, M: "PUT"},
        Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
        "judged by the actual request's credentials",
    ),
}


@pytest.mark.parametrize(("init", "headers", "want", "why"), LITERAL.values(), ids=LITERAL)
@pytest.mark.parametrize("profile", [STANDARD, CHROMIUM, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
def test_with_credentials_the_wildcard_is_a_literal(
    play: Play,
    init: RequestInit,
    headers: Mapping[str, str],
    want: Cause | None,
    why: str,
    profile: Profile,
) -> None:
    included = RequestInit(init.url, init.method, init.headers, credentials="include")
    assert play(included, (200, headers), profile=profile).cause is want, why


AUTHORIZATION = RequestInit(URL, headers=(("Authorization", "x"),))


@pytest.mark.parametrize(
    ("profile", "want"),
    [(STANDARD, Cause.HEADER_DISALLOWED), (CHROMIUM, None), (FIREFOX, None), (WEBKIT, None)],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_wildcard_covers_authorization_in_browsers_but_not_in_the_standard(
    play: Play, profile: Profile, want: Cause | None
) -> None:
    played = play(AUTHORIZATION, (200, {ACAO: "*", H: "*"}), profile=profile)
    assert played.cause is want
    if want is None:
        assert [str(url) for url in played.outcome.deprecated_at] == [URL]
        assert played.outcome.warnings == ("AuthorizationCoveredByWildcard",)
    assert play(AUTHORIZATION, (200, {ACAO: "*", H: "*, AUTHORIZATION"}), profile=profile).cause is None


# An answer with two faults: which one the standard, Chromium, Firefox and WebKit name
# (families preflight-status, acam, acah and the checklist, 1.8).
S = Cause.PREFLIGHT_INVALID_STATUS
R = Cause.PREFLIGHT_DISALLOWED_REDIRECT
NO_ORIGIN = Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN
METHOD, PARSE_H = Cause.METHOD_DISALLOWED, Cause.INVALID_ALLOW_HEADERS
ORDER: dict[str, tuple[int, Mapping[str, str], tuple[Cause, Cause, Cause, Cause]]] = {
    "status and no origin": (404, {}, (NO_ORIGIN, NO_ORIGIN, NO_ORIGIN, S)),
    "redirect and no origin": (302, {"Location": "/y"}, (NO_ORIGIN, R, NO_ORIGIN, S)),
    "redirect alone": (302, OK | {"Location": "/y"}, (S, R, R, S)),
    "redirect without a Location": (302, OK, (S, S, S, S)),
    "bad headers and no method": (200, OK | {H: "@"}, (PARSE_H, PARSE_H, METHOD, PARSE_H)),
    "bad methods and bad headers": (200, OK | {M: "@", H: "@"}, (Cause.INVALID_ALLOW_METHODS,) * 4),
    "no method and no header": (200, OK, (METHOD,) * 4),
}


@pytest.mark.parametrize(("status", "headers", "want"), ORDER.values(), ids=ORDER)
def test_the_order_of_the_checks_decides_which_fault_is_named(
    play: Play, status: int, headers: Mapping[str, str], want: tuple[Cause, Cause, Cause, Cause]
) -> None:
    for profile, cause in zip((STANDARD, CHROMIUM, FIREFOX, WEBKIT), want, strict=True):
        assert play(PUT, (status, headers), profile=profile).cause is cause, profile.name


def test_a_list_that_does_not_parse_fails_even_where_it_is_not_needed(play: Play) -> None:
    headers = RequestInit(URL, headers=(("X-A", "1"),))
    assert play(headers, (200, OK | {H: "x-a", M: "@"})).cause is Cause.INVALID_ALLOW_METHODS
    method = RequestInit(URL, "PUT")
    assert play(method, (200, OK | {M: "PUT", H: "@"})).cause is Cause.INVALID_ALLOW_HEADERS


def test_a_stream_always_asks_first_and_needs_no_method_listed(play: Play) -> None:
    init = RequestInit(URL, "POST", body=Body(BodyKind.STREAM, b"x"), duplex="half")
    played = play(init, (200, OK))
    assert played.methods == ["OPTIONS", "POST"]
    assert played.outcome.readable


def test_chromium_cannot_send_a_stream_over_http_1(play: Play) -> None:
    init = RequestInit(URL, "POST", body=Body(BodyKind.STREAM, b"x"), duplex="half")
    played = play(init, (200, OK), profile=CHROMIUM)
    assert played.methods == ["OPTIONS"], "the preflight is made first"
    assert played.cause is Cause.STREAM_UPLOAD_UNSUPPORTED


def test_the_actual_response_is_checked_again(play: Play) -> None:
    played = play(PUT, (204, OK | {M: "PUT", H: "x-a,x-b"}), (200, {}))
    assert played.methods == ["OPTIONS", "PUT"]
    assert played.cause is Cause.MISSING_ALLOW_ORIGIN
