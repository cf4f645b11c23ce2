"""Preflight, request and hops are one conversation; who asked, from where and how is found out; the engine judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.clients.har.har_files import (
    ALLOWED,
    API,
    CHARLES,
    ORIGIN,
    PAGE,
    SAFARI,
    entry,
    preflight,
    read,
)
from tests.clients.har.har_files import (
    FIREFOX as BY_FIREFOX,
)

from corsage.browser import CHROME, FIREFOX, STANDARD, WEBKIT, drive, fetch
from corsage.clients.har.pairing import WINDOW
from corsage.model import Cause, FailureKind, WireKind
from corsage.pair.repair import repair

if TYPE_CHECKING:
    from corsage.clients.har import HarGroup, HarReading

JSON = {"Content-Type": "application/json"}
LEAVE = {**ALLOWED, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "content-type"}
FAILED = "net::ERR_FAILED"


def only(reading: HarReading) -> HarGroup:
    (group,) = reading.groups
    return group


def cause(group: HarGroup) -> Cause | None:
    refusal = group.outcome.refusal if group.outcome is not None else None
    return refusal.cause if refusal is not None else None


def put(**more: Any) -> dict[str, Any]:
    return entry(**{"method": "PUT", "sent": JSON, "received": ALLOWED} | more)


def asked(**more: Any) -> dict[str, Any]:
    return preflight(**{"names": "content-type", "received": LEAVE} | more)


@pytest.mark.parametrize("preflight_first", [True, False])
def test_a_preflight_is_found_before_and_behind_its_request(*, preflight_first: bool) -> None:
    refused = asked(received={}, status=404)
    pair = [refused, put(status=0, error=FAILED)]
    group = only(read(*(pair if preflight_first else pair[::-1])))
    assert (group.failed, group.count, cause(group)) == (True, 1, Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN)
    assert group.evidence.preflight is not None
    assert (group.evidence.preflight.status, group.evidence.preflight.whole) == (404, True)
    assert group.evidence.request_headers.pairs == (("Content-Type", "application/json"),)
    assert group.evidence.actual is None, "it was never sent"
    assert not group.assumed_preflight


def test_each_of_two_tries_has_its_own_preflight() -> None:
    """The server was repaired between them."""
    first = [put(status=0, error=FAILED), asked(received={}, status=404)]
    reading = read(*first, put(), asked())
    assert [(group.failed, group.count) for group in reading.groups] == [(True, 1), (False, 1)]


def test_a_preflight_that_a_cache_knew_is_assumed() -> None:
    group = only(read(asked(), put(), put(), put()))
    assert (group.failed, group.count) == (False, 3)
    group = only(read(put(received={}, error=FAILED)))
    assert (cause(group), group.assumed_preflight) == (Cause.MISSING_ALLOW_ORIGIN, True)
    assert group.evidence.preflight is None
    assert group.evidence.exchanges[0][0].kind is WireKind.PREFLIGHT


def test_webkit_records_no_preflights() -> None:
    """Without an answer nobody knows what failed; with one the preflight had passed."""
    reading = read(
        put(status=0, error="Preflight response is not successful. Status code: 404"),
        entry(f"{API}/fine", "DELETE", received=ALLOWED),
        creator=SAFARI,
    )
    failed, passed = reading.groups
    assert (failed.failed, failed.outcome, failed.profile) == (True, None, WEBKIT)
    assert failed.evidence.notes == "Preflight response is not successful. Status code: 404"
    assert failed.evidence.messages == ()
    assert (passed.failed, passed.assumed_preflight) == (False, True)


def test_a_preflight_alone_is_judged() -> None:
    reading = read(asked(received={**ALLOWED, "Access-Control-Allow-Methods": "GET"}))
    assert cause(only(reading)) is Cause.METHOD_DISALLOWED
    assert only(reading).evidence.actual is None
    assert only(reading).evidence.method == "PUT"
    allowed = read(asked())
    assert (allowed.groups, allowed.totals.unclear) == ((), 1)


def test_a_forced_preflight_is_known_by_its_record() -> None:
    """An upload listener makes one that nothing in the request shows."""
    group = only(read(entry(method="POST", received=ALLOWED), preflight(method="POST", received=ALLOWED)))
    assert [wire.kind for wire, _ in group.evidence.exchanges] == [WireKind.PREFLIGHT, WireKind.ACTUAL]


def test_hops_are_followed_to_the_one_that_refuses() -> None:
    away = entry(f"{API}/old", received={**ALLOWED, "Location": "/new?a=1"}, status=301)
    beside = entry(f"{ORIGIN}/beside")
    group = only(read(away, beside, entry(f"{API}/new?a=1", error=FAILED)))
    assert cause(group) is Cause.MISSING_ALLOW_ORIGIN
    assert group.outcome is not None
    assert group.outcome.refusal is not None
    assert group.outcome.refusal.url.href == f"{API}/new?a=1"
    assert [answer.status for answer in group.evidence.hops] == [301]
    assert group.evidence.url == f"{API}/old"


def test_a_login_page_behind_the_own_api_is_cross_origin() -> None:
    start = entry(
        f"{ORIGIN}/api/me",
        sent={"Origin": ""},
        status=302,
        received={"Location": "https://login.example/?r=1"},
    )
    start["request"]["headers"] = [{"name": "Referer", "value": PAGE}]
    group = only(read(start, entry("https://login.example/?r=1", error=FAILED)))
    assert cause(group) is Cause.MISSING_ALLOW_ORIGIN
    assert (group.evidence.origin, group.evidence.url) == (ORIGIN, f"{ORIGIN}/api/me")


def test_a_redirect_to_its_own_origin_is_none_of_our_business() -> None:
    start = entry(f"{ORIGIN}/a", status=302, received={"Location": "/b"})
    reading = read(start, entry(f"{ORIGIN}/b"))
    assert (reading.groups, reading.totals.same_origin, reading.totals.requests) == ((), 1, 1)


def test_a_redirect_in_circles_ends() -> None:
    circle = [entry(f"{API}/a", status=302, received={**ALLOWED, "Location": "/a"}) for _ in range(60)]
    reading = read(*circle, creator=CHARLES)
    assert any(cause(group) is Cause.TOO_MANY_REDIRECTS for group in reading.groups)


def test_what_comes_long_after_belongs_to_nothing() -> None:
    away = entry(f"{API}/old", received={**ALLOWED, "Location": "/new"}, status=301)
    between = [entry(f"{API}/x{'y' * number}", received=ALLOWED) for number in range(WINDOW + 2)]
    reading = read(away, *between, entry(f"{API}/new", error=FAILED))
    assert [group.urls for group in reading.groups if group.failed] == [(f"{API}/new",)]


def test_credentials_are_seen_in_cookies() -> None:
    star = {"Access-Control-Allow-Origin": "*"}
    group = only(read(entry(sent={"Cookie": "a=b"}, received=star, error=FAILED)))
    assert (cause(group), group.evidence.credentials) == (Cause.WILDCARD_WITH_CREDENTIALS, "include")


def test_credentials_are_guessed_where_they_explain_the_failure() -> None:
    star = {"Access-Control-Allow-Origin": "*"}
    group = only(read(entry(received=star, error=FAILED)))
    assert (cause(group), group.evidence.credentials) == (Cause.WILDCARD_WITH_CREDENTIALS, "include")
    group = only(read(entry(received=star)))
    assert (group.failed, group.evidence.credentials) == (False, "")


def test_cookies_that_were_left_out_are_missed() -> None:
    received = {**ALLOWED, "Access-Control-Allow-Credentials": "true"}
    assert "no cookies in the file" in read(entry(received=received)).problems[0].says
    assert not read(entry(received=received), entry(f"{ORIGIN}/", sent={"Cookie": "a=b"})).problems
    assert not read(entry(received=received), creator=CHARLES).problems
    assert not read(entry(received=ALLOWED)).problems


def test_a_proxy_does_not_know_what_the_browser_made_of_it() -> None:
    """So the engine does, as the browser that the user agent names."""
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    reading = read(entry(sent=agent, _resourceType=None), creator=CHARLES)
    assert (only(reading).failed, only(reading).profile) == (True, FIREFOX)
    reading = read(entry(f"{API}/304", status=304, _resourceType=None), creator=CHARLES)
    assert (only(reading).failed, only(reading).profile) == (False, STANDARD)


def test_firefox_has_the_bodies_of_what_it_refused() -> None:
    group = only(read(entry(_resourceType=None), creator=BY_FIREFOX))
    assert (group.failed, cause(group), group.profile) == (True, Cause.MISSING_ALLOW_ORIGIN, FIREFOX)


def test_playwright_says_what_failed_and_in_which_browser() -> None:
    made = {"name": "Playwright", "version": "1.60"}
    raw = entry(status=-1, _resourceType=None)
    raw["response"]["_failureText"] = "net::ERR_CONNECTION_REFUSED"
    beside = entry(f"{API}/by-the-test", _apiRequest=True)
    group = only(read(raw, beside, creator=made, browser={"name": "webkit", "version": "26"}))
    assert (group.failed, group.profile) == (True, WEBKIT)
    assert group.evidence.actual is not None
    assert group.evidence.actual.failure is FailureKind.CONNECTION_REFUSED


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("net::ERR_CONNECTION_REFUSED", FailureKind.CONNECTION_REFUSED),
        ("net::ERR_NAME_NOT_RESOLVED", FailureKind.NAME_NOT_RESOLVED),
        ("net::ERR_CERT_DATE_INVALID", FailureKind.TLS_EXPIRED),
        ("net::ERR_CERT_AUTHORITY_INVALID", FailureKind.TLS_UNKNOWN_ISSUER),
        ("net::ERR_CERT_COMMON_NAME_INVALID", FailureKind.TLS_WRONG_NAME),
        ("net::ERR_SSL_PROTOCOL_ERROR", FailureKind.TLS),
        ("net::ERR_TIMED_OUT", FailureKind.TIMED_OUT),
        ("net::ERR_EMPTY_RESPONSE", FailureKind.CONNECTION_CLOSED),
        ("net::ERR_HTTP2_PROTOCOL_ERROR", FailureKind.PROTOCOL_ERROR),
        ("net::ERR_INTERNET_DISCONNECTED", FailureKind.UNREACHABLE),
    ],
)
def test_a_failing_network_is_no_refusal(error: str, kind: FailureKind) -> None:
    group = only(read(entry(status=0, error=error)))
    assert (group.failed, cause(group)) == (True, Cause.NETWORK_FAILURE)
    assert group.evidence.actual is not None
    assert group.evidence.actual.failure is kind


@pytest.mark.parametrize(
    "error", ["net::ERR_BLOCKED_BY_CLIENT", "net::ERR_FAILED", "net::ERR_BLOCKED_BY_CSP"]
)
def test_a_refusal_of_which_nothing_is_recorded_is_left_open(error: str) -> None:
    group = only(read(entry(status=0, error=error)))
    assert (group.failed, group.outcome, group.evidence.notes) == (True, None, error)


@pytest.mark.parametrize("error", ["net::ERR_ABORTED", "NS_BINDING_ABORTED", "cancelled"])
def test_what_was_aborted_did_not_fail(error: str) -> None:
    reading = read(entry(status=0, error=error))
    assert (reading.groups, reading.totals.aborted) == ((), 1)


def test_what_was_still_on_its_way_is_unclear() -> None:
    reading = read(entry(status=0))
    assert (reading.groups, reading.totals.unclear) == ((), 1)


@pytest.mark.parametrize(
    ("sent", "more", "origin"),
    [
        ({"Origin": "https://frame.example"}, {}, "https://frame.example"),
        ({"Origin": "capacitor://localhost"}, {}, "capacitor://localhost"),
        ({"Origin": "null", "Referer": ""}, {}, "null"),
        ({"Origin": "", "Referer": "https://frame.example/a"}, {}, "https://frame.example"),
        (
            {"Origin": "", "Referer": ""},
            {"_initiator": {"type": "parser", "url": "https://b.example/"}},
            "https://b.example",
        ),
        (
            {"Origin": "", "Referer": ""},
            {"_initiator": {"type": "script", "url": "https://cdn.example/a.js"}},
            ORIGIN,
        ),
    ],
)
def test_the_page_is_found_wherever_it_is_named(
    sent: dict[str, str], more: dict[str, Any], origin: str
) -> None:
    raw = entry(sent=sent, error=FAILED, **more)
    raw["request"]["headers"] = [pair for pair in raw["request"]["headers"] if pair["value"]]
    assert only(read(raw)).evidence.origin == origin


def test_the_page_is_the_document_that_was_loaded() -> None:
    document = entry("https://shop.example/cart", _resourceType="document", pageref="p9")
    request = entry(error=FAILED, pageref="p9")
    for raw in (document, request):
        raw["request"]["headers"] = []
    group = only(read(document, request))
    assert (group.evidence.origin, group.evidence.page) == (
        "https://shop.example",
        "https://shop.example/cart",
    )


def test_of_nobodys_request_nothing_is_said_unless_an_origin_is_given() -> None:
    raw = entry(error=FAILED, pageref=None)
    raw["request"]["headers"] = []
    assert read(raw).totals.unclear == 1
    group = only(read(raw, origin="https://given.example/"))
    assert group.evidence.origin == "https://given.example"


def test_an_origin_that_is_given_chooses() -> None:
    reading = read(
        entry(error=FAILED), entry(sent={"Origin": "https://ads.example"}, error=FAILED), origin=ORIGIN
    )
    assert only(reading).evidence.origin == ORIGIN
    assert reading.totals.other_origins == 1


def test_a_file_is_said_to_be_one() -> None:
    page = {"id": "page_1", "title": "file:///home/me/index.html"}
    group = only(read(entry(sent={"Origin": "null"}, error=FAILED), pages=[page]))
    assert group.evidence.origin == "file://"
    assert cause(group) is Cause.MISSING_ALLOW_ORIGIN


@pytest.mark.parametrize(
    ("kind", "sent", "mode"),
    [
        ("fetch", {}, "cors"),
        ("xhr", {}, "cors"),
        ("font", {}, "cors (font)"),
        ("eventsource", {}, "cors (eventsource)"),
        ("image", {"Sec-Fetch-Mode": "no-cors"}, "no-cors (img)"),
        ("image", {"Sec-Fetch-Mode": "cors"}, "cors (img)"),
        ("script", {"Sec-Fetch-Mode": "cors"}, "cors (script)"),
        ("fetch", {"Sec-Fetch-Mode": "same-origin"}, "same-origin"),
        (None, {"Sec-Fetch-Dest": "style", "Sec-Fetch-Mode": "no-cors"}, "no-cors (stylesheet)"),
        (None, {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"}, "cors"),
        (None, {"X-Requested-With": "XMLHttpRequest"}, "cors (xhr)"),
        (None, {"Accept": "text/event-stream"}, "cors (eventsource)"),
        (None, {}, "cors"),
    ],
)
def test_who_asked_and_how(kind: str | None, sent: dict[str, str], mode: str) -> None:
    group = only(read(entry(sent=sent, error=FAILED, _resourceType=kind)))
    assert group.evidence.mode.removesuffix(" (xhr)") == mode.removesuffix(" (xhr)")


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Dest": "document"}, {"Accept": "text/html,*/*"}])
def test_navigations_are_no_business_of_cors(sent: dict[str, str]) -> None:
    reading = read(entry(sent=sent, _resourceType=None))
    assert (reading.groups, reading.totals.navigations) == ((), 1)


def test_headers_that_browsers_add_need_no_leave() -> None:
    added = {
        "Cache-Control": "no-cache",
        "Pragma": "no-cache",
        "Priority": "u=1",
        "sec-ch-ua": '"x"',
        "DNT": "1",
    }
    group = only(read(entry(sent={**added, "If-None-Match": '"a"'}, received=ALLOWED)))
    assert not group.evidence.request_headers.pairs
    assert not group.assumed_preflight
    named = only(read(asked(names="cache-control,x-gone"), put(sent={**JSON, **added})))
    assert named.evidence.request_headers.names() == ["content-type", "cache-control", "x-gone"]


def test_a_websocket_is_listed_where_its_handshake_failed() -> None:
    socket: dict[str, Any] = {"_resourceType": "websocket"}
    reading = read(
        entry("wss://api.example/live", status=403, error="net::ERR_INVALID_HTTP_RESPONSE", **socket),
        entry("wss://api.example/fine", status=101, **socket),
        entry("wss://app.example/own", status=101, **socket),
    )
    failed, passed = reading.groups
    assert (failed.failed, failed.outcome, failed.evidence.mode, failed.request) == (
        True,
        None,
        "websocket",
        None,
    )
    assert (passed.failed, passed.urls, reading.totals.same_origin) == (False, ("wss://api.example/fine",), 1)


def test_a_public_page_is_seen_to_reach_into_a_private_network() -> None:
    document = entry("https://app.example/", _resourceType="document", serverIPAddress="203.0.113.9")
    request = entry("https://nas.example/", error=FAILED, received=ALLOWED, serverIPAddress="192.168.1.4")
    group = only(read(document, request))
    assert group.request is not None
    assert group.request.client.address_space == "public"


def test_a_page_that_may_not_reach_into_it_is_refused_for_that() -> None:
    blocked = entry("http://192.168.1.4/", status=0, error="net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS")
    blocked["request"]["headers"] = [{"name": "Referer", "value": "http://localhost.example/"}]
    group = only(read(blocked))
    assert cause(group) in {Cause.LOCAL_NETWORK_PERMISSION_DENIED, Cause.INSECURE_LOCAL_NETWORK}


def test_what_a_style_sheet_loads_is_loaded_by_the_page() -> None:
    css = "https://cdn.example/main.css"
    raw = entry(
        "https://cdn.example/a.png",
        error="net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
        received={"Cross-Origin-Resource-Policy": "same-origin"},
        _resourceType="image",
        _initiator={"type": "parser", "url": css},
    )
    raw["request"]["headers"] = [{"name": "Referer", "value": css}]
    assert only(read(raw)).evidence.origin == ORIGIN
    assert cause(only(read(raw))) is Cause.CORP_NOT_SAME_ORIGIN


def test_a_response_may_fail_in_the_middle() -> None:
    group = only(read(entry(received=ALLOWED, error="net::ERR_HTTP2_PROTOCOL_ERROR")))
    assert (group.failed, cause(group)) == (True, None)
    assert group.evidence.actual is not None
    assert (group.evidence.actual.status, group.evidence.actual.failure) == (200, FailureKind.PROTOCOL_ERROR)


def test_evidence_can_be_repaired_and_replayed() -> None:
    """What comes out is what the engine takes in."""
    group = only(read(asked(received={}, status=405), put(status=0, error=FAILED)))
    assert group.request is not None
    found = repair(group.request, group.evidence.exchanges, [CHROME])
    assert found is not None
    assert found.proven
    assert {change.header for change in found.changes} >= {":status", "Access-Control-Allow-Origin"}
    answers = iter([answer for _, answer in group.evidence.exchanges])
    assert drive(fetch(group.request, profile=group.profile), lambda _: next(answers)) == group.outcome
