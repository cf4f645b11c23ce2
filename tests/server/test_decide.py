"""Decide: one request, one answer, one reason."""

from __future__ import annotations

from typing import Any

import pytest
from tests.server.asking import (
    ACAC,
    ACAH,
    ACAM,
    ACAO,
    ACEH,
    ACMA,
    ACRH,
    ACRM,
    EVERYONE,
    LISTED,
    OPEN_PREFLIGHT_VARY,
    OTHER,
    PAGE,
    PREFLIGHT_VARY,
    VARY,
    Headers,
    decided,
    preflight,
)

from corsage.model import HeaderList
from corsage.server import Kind, Policy, Reason, compile_policy, decide

# --- which request is what ---


@pytest.mark.parametrize(
    ("method", "headers", "kind"),
    [
        ("GET", [], Kind.PLAIN),
        ("OPTIONS", [], Kind.PLAIN),
        ("OPTIONS", [(ACRM, "PUT")], Kind.PLAIN),
        ("OPTIONS", [(ACRM, "PUT"), (ACRH, "x-a")], Kind.PLAIN),
        ("GET", [("Origin", PAGE)], Kind.ACTUAL),
        ("GET", [("Origin", PAGE), (ACRM, "PUT")], Kind.ACTUAL),
        ("POST", [("Origin", PAGE), (ACRM, "PUT")], Kind.ACTUAL),
        ("OPTIONS", [("Origin", PAGE)], Kind.ACTUAL),
        ("OPTIONS", [("Origin", PAGE), (ACRH, "x-a")], Kind.ACTUAL),
        ("options", [("Origin", PAGE), (ACRM, "PUT")], Kind.ACTUAL),
        ("OPTIONS", [("Origin", PAGE), (ACRM, "PUT")], Kind.PREFLIGHT),
        ("OPTIONS", [("origin", PAGE), (ACRM.lower(), "PUT")], Kind.PREFLIGHT),
        ("OPTIONS", [("ORIGIN", PAGE), (ACRM.upper(), "PUT"), (ACRH, "")], Kind.PREFLIGHT),
        ("OPTIONS", [("Origin", OTHER), (ACRM, "PUT")], Kind.PREFLIGHT),
        ("OPTIONS", [("Origin", "null"), (ACRM, "PUT")], Kind.PREFLIGHT),
        ("OPTIONS", [("Origin", ""), (ACRM, "PUT")], Kind.PREFLIGHT),
        ("OPTIONS", [("Origin", PAGE), (ACRM, "")], Kind.PREFLIGHT),
    ],
)
def test_preflights_and_ordinary_requests(method: str, headers: list[tuple[str, str]], kind: Kind) -> None:
    decision = decided(LISTED, method, *headers)
    assert decision.kind is kind
    assert decision.status == (204 if kind is Kind.PREFLIGHT else None)
    as_list = decide(compile_policy(Policy.of(LISTED)), method, HeaderList(headers))
    assert as_list == decision


# --- actual requests ---


@pytest.mark.parametrize(
    ("policy", "origin", "answer"),
    [
        ({"origins": [PAGE]}, PAGE, ((ACAO, PAGE), VARY)),
        ({"origins": [PAGE]}, OTHER, (VARY,)),
        ({"origins": [PAGE]}, None, (VARY,)),
        ({"origins": [PAGE], "credentials": True}, PAGE, ((ACAO, PAGE), (ACAC, "true"), VARY)),
        ({"origins": [PAGE], "credentials": True}, OTHER, (VARY,)),
        (LISTED, PAGE, ((ACAO, PAGE), (ACAC, "true"), (ACEH, "x-rate"), VARY)),
        (LISTED, OTHER, (VARY,)),
        ({"origins": "*"}, PAGE, ((ACAO, "*"),)),
        ({"origins": "*"}, None, ((ACAO, "*"),)),
        ({"origins": "*"}, "null", ((ACAO, "*"),)),
        ({"origins": "*"}, "no origin at all", ((ACAO, "*"),)),
        (EVERYONE, PAGE, ((ACAO, "*"), (ACEH, "*"))),
        (EVERYONE, None, ((ACAO, "*"), (ACEH, "*"))),
        (
            {"origins": ["https://*.example.com"]},
            "https://a.example.com",
            ((ACAO, "https://a.example.com"), VARY),
        ),
        (
            {"origins": [PAGE], "exposed_headers": ["Content-Type", "X-B", "x-a"]},
            PAGE,
            ((ACAO, PAGE), (ACEH, "x-b, x-a"), VARY),
        ),
        (
            {"origins": [PAGE], "exposed_headers": ["Content-Type", "ETag"]},
            PAGE,
            ((ACAO, PAGE), (ACEH, "etag"), VARY),
        ),
        ({"origins": [PAGE], "timing": True}, PAGE, ((ACAO, PAGE), ("Timing-Allow-Origin", PAGE), VARY)),
        ({"origins": [PAGE], "timing": True}, OTHER, (VARY,)),
        ({"origins": "*", "timing": True}, None, ((ACAO, "*"), ("Timing-Allow-Origin", "*"))),
        (
            {"origins": [PAGE], "resource_policy": "same-site"},
            PAGE,
            ((ACAO, PAGE), ("Cross-Origin-Resource-Policy", "same-site"), VARY),
        ),
        (
            {"origins": [PAGE], "resource_policy": "same-site"},
            OTHER,
            (("Cross-Origin-Resource-Policy", "same-site"), VARY),
        ),
        (
            {"origins": [PAGE], "resource_policy": "same-site"},
            None,
            (("Cross-Origin-Resource-Policy", "same-site"), VARY),
        ),
        (
            {"origins": "*", "resource_policy": "cross-origin"},
            None,
            (("Cross-Origin-Resource-Policy", "cross-origin"), (ACAO, "*")),
        ),
        ({"dangerously_allow_null_origin": True}, "null", ((ACAO, "null"), VARY)),
        ({"origins": [PAGE], "dangerously_allow_null_origin": True}, OTHER, (VARY,)),
        ({"origins": [PAGE]}, "null", (VARY,)),
        ({}, PAGE, (VARY,)),
    ],
)
def test_what_an_ordinary_request_is_answered(
    policy: dict[str, Any], origin: str | None, answer: Headers
) -> None:
    headers = () if origin is None else (("Origin", origin),)
    for method in ("GET", "POST", "PUT", "OPTIONS", "TRACE", "x y"):
        decision = decided(policy, method, *headers)
        assert decision.headers == answer
        assert decision.origin == origin
        assert decision.status is None
        assert decision.allowed == (origin is None or ACAO in dict(answer))
        assert (decision.reason is None, decision.detail) == (
            decision.allowed,
            "" if decision.allowed else origin,
        )


# --- preflights ---


@pytest.mark.parametrize(
    ("policy", "headers", "answer"),
    [
        ({"origins": [PAGE]}, [], ((ACAO, PAGE), PREFLIGHT_VARY)),
        (
            {"origins": [PAGE], "methods": ["GET", "HEAD", "POST"]},
            [],
            ((ACAO, PAGE), (ACAM, "GET, HEAD, POST"), PREFLIGHT_VARY),
        ),
        (
            {"origins": [PAGE], "methods": ["POST", "put", "patch"]},
            [],
            ((ACAO, PAGE), (ACAM, "POST, PUT, patch"), PREFLIGHT_VARY),
        ),
        (
            LISTED,
            [(ACRH, "x-a")],
            (
                (ACAO, PAGE),
                (ACAC, "true"),
                (ACAM, "PUT, patch"),
                (ACAH, "x-a, authorization"),
                (ACMA, "600"),
                PREFLIGHT_VARY,
            ),
        ),
        (EVERYONE, [(ACRH, "x-a")], ((ACAO, "*"), (ACAM, "*"), (ACAH, "*"), OPEN_PREFLIGHT_VARY)),
        (
            {"origins": [PAGE], "request_headers": ["*", "Authorization"]},
            [],
            ((ACAO, PAGE), (ACAH, "*, authorization"), PREFLIGHT_VARY),
        ),
        ({"origins": [PAGE], "max_age": 0}, [], ((ACAO, PAGE), (ACMA, "0"), PREFLIGHT_VARY)),
        ({"origins": [PAGE], "max_age": -1}, [], ((ACAO, PAGE), (ACMA, "0"), PREFLIGHT_VARY)),
        ({"origins": [PAGE], "max_age": 86_400}, [], ((ACAO, PAGE), (ACMA, "86400"), PREFLIGHT_VARY)),
        # What ordinary answers carry has no place here.
        (
            {"origins": [PAGE], "timing": True, "resource_policy": "same-site"},
            [],
            ((ACAO, PAGE), PREFLIGHT_VARY),
        ),
        ({"origins": [PAGE], "exposed_headers": ["x-a"]}, [], ((ACAO, PAGE), PREFLIGHT_VARY)),
        (
            {"origins": "*", "exposed_headers": "*", "timing": True, "resource_policy": "same-site"},
            [],
            ((ACAO, "*"), OPEN_PREFLIGHT_VARY),
        ),
    ],
)
def test_what_a_preflight_is_answered(
    policy: dict[str, Any], headers: list[tuple[str, str]], answer: Headers
) -> None:
    assert preflight(policy, *headers).headers == answer


@pytest.mark.parametrize(
    ("method", "reason", "detail"),
    [
        ("GET", None, ""),
        ("HEAD", None, ""),
        ("POST", None, ""),
        ("PUT", None, ""),
        ("patch", None, ""),
        ("put", Reason.METHOD_NOT_ALLOWED, "put"),
        ("PATCH", Reason.METHOD_NOT_ALLOWED, "PATCH"),
        ("get", Reason.METHOD_NOT_ALLOWED, "get"),
        ("PU", Reason.METHOD_NOT_ALLOWED, "PU"),
        ("*", Reason.METHOD_NOT_ALLOWED, "*"),
        ("PURGE", Reason.METHOD_NOT_ALLOWED, "PURGE"),
        ("", Reason.METHOD_MALFORMED, ""),
        (" ", Reason.METHOD_MALFORMED, " "),
        ("PUT ", Reason.METHOD_MALFORMED, "PUT "),
        ("PUT, GET", Reason.METHOD_MALFORMED, "PUT, GET"),
        ("PUT\r\nX: y", Reason.METHOD_MALFORMED, "PUT\r\nX: y"),
        ("P\xdcT", Reason.METHOD_MALFORMED, "P\xdcT"),
        ("P" * 65_536, Reason.METHOD_NOT_ALLOWED, "P" * 128),
        (" " * 65_536, Reason.METHOD_MALFORMED, " " * 128),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_methods_of_preflights(method: str, reason: Reason | None, detail: str) -> None:
    decision = preflight(LISTED, method=method)
    assert (decision.reason, decision.detail) == (reason, detail)
    assert decision.allowed == (reason is None)
    # The answer is the same whatever is asked: the browser reads it, and stops.
    assert decision.headers == preflight(LISTED).headers
    assert decision.status == 204


@pytest.mark.parametrize(
    ("lines", "reason", "detail"),
    [
        ([], None, ""),
        ([""], None, ""),
        (["x-a"], None, ""),
        (["authorization,x-a"], None, ""),
        (["X-A , AUTHORIZATION"], None, ""),
        (["x-a", "authorization"], None, ""),
        (["x-a", "", "authorization"], None, ""),
        (["x-b"], Reason.HEADER_NOT_ALLOWED, "x-b"),
        (["x-a,x-b,x-c"], Reason.HEADER_NOT_ALLOWED, "x-b"),
        (["x-a", "x-b"], Reason.HEADER_NOT_ALLOWED, "x-b"),
        (["x-b", "x-a"], Reason.HEADER_NOT_ALLOWED, "x-b"),
        (["x-a", "x-a y"], Reason.HEADERS_MALFORMED, "x-a, x-a y"),
        (["content-type"], Reason.HEADER_NOT_ALLOWED, "content-type"),
        (["*"], Reason.HEADER_NOT_ALLOWED, "*"),
        (["y" * 200], Reason.HEADER_NOT_ALLOWED, "y" * 128),
        (["y" * 65_536], Reason.HEADERS_MALFORMED, "y" * 128),
        (["x-a"] * 10_000, Reason.HEADERS_MALFORMED, ("x-a, " * 26)[:128]),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_headers_of_preflights(lines: list[str], reason: Reason | None, detail: str) -> None:
    decision = preflight(LISTED, *((ACRH, line) for line in lines))
    assert (decision.reason, decision.detail) == (reason, detail)
    assert decision.headers == preflight(LISTED).headers


def test_the_method_is_looked_at_before_the_headers_and_the_origin_before_both() -> None:
    assert preflight(LISTED, (ACRH, "x-b"), method="PURGE").reason is Reason.METHOD_NOT_ALLOWED
    assert preflight(LISTED, (ACRH, "x-b"), method="PURGE", origin=OTHER).reason is Reason.ORIGIN_NOT_ALLOWED


def test_a_refused_origin_learns_nothing_of_the_policy() -> None:
    for origin in (OTHER, "null", "", "x" * 70_000):
        decision = preflight(LISTED, (ACRH, "x-a"), origin=origin)
        assert decision.headers == (PREFLIGHT_VARY,)
        assert decision.status == 204


def test_with_wildcards_only_authorization_must_be_named() -> None:
    assert preflight(EVERYONE, (ACRH, "anything,x-a"), method="PURGE").allowed
    assert preflight(EVERYONE, (ACRH, "authorization,x-a")).detail == "authorization"
    assert preflight(EVERYONE, method="no method").reason is Reason.METHOD_MALFORMED
    named = EVERYONE | {"request_headers": ["*", "Authorization"]}
    assert preflight(named, (ACRH, "authorization,x-a")).allowed


def test_status_and_passing_on() -> None:
    assert preflight({"origins": [PAGE], "preflight_status": 200}).status == 200
    assert preflight({"origins": [PAGE], "preflight_status": 200}, origin=OTHER).status == 200
    continued = preflight({"origins": [PAGE], "preflight_continue": True})
    assert continued.status is None
    assert continued.kind is Kind.PREFLIGHT
    assert continued.headers == ((ACAO, PAGE), PREFLIGHT_VARY)


def test_private_network_is_answered_where_it_is_asked_and_allowed() -> None:
    policy = {"origins": [PAGE], "private_network": True}
    asking = ("Access-Control-Request-Private-Network", "true")
    allowed = ("Access-Control-Allow-Private-Network", "true")
    assert allowed in preflight(policy, asking).headers
    assert allowed not in preflight(policy).headers
    assert allowed not in preflight(policy, (asking[0], "false")).headers
    assert allowed not in preflight(policy, asking, asking).headers
    assert allowed not in preflight(policy, asking, origin=OTHER).headers
    assert allowed not in preflight({"origins": [PAGE]}, asking).headers
    assert allowed not in decided(policy, "GET", ("Origin", PAGE), asking).headers
    # The answer depends on the question, whether it is put or not.
    for decision in (preflight(policy), preflight(policy, asking), preflight(policy, asking, origin=OTHER)):
        assert decision.headers[-1] == ("Vary", f"Origin, {ACRM}, {ACRH}, {asking[0]}")
