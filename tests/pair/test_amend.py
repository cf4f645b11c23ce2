"""Amend: single changes of the request, each seen to pass against the recorded answers."""

from __future__ import annotations

from typing import TypeAlias

from corsage.browser import CHROMIUM, FIREFOX, WEBKIT, drive, fetch, new_request
from corsage.model import (
    HeaderList,
    NetworkFailure,
    Request,
    RequestInit,
    WireKind,
    WireRequest,
    WireResponse,
    page,
)
from corsage.pair.amend import Amendment, Part, amend

BROWSERS = (CHROMIUM, FIREFOX, WEBKIT)
CLIENT = page("https://app.example/")
URL = "https://api.example/items"
ORIGIN = ("Access-Control-Allow-Origin", "https://app.example")
Exchanges: TypeAlias = list[tuple[WireRequest, WireResponse | NetworkFailure]]


def request(init: RequestInit) -> Request:
    made = new_request(init, CLIENT)
    assert isinstance(made, Request)
    return made


def played(made: Request, preflight: WireResponse | None, actual: WireResponse) -> tuple[Amendment, ...]:
    """Amend *made* against a server that answers so."""
    exchanges: Exchanges = []

    def serve(asked: WireRequest) -> WireResponse:
        answer = preflight if asked.kind is WireKind.PREFLIGHT else actual
        assert answer is not None
        exchanges.append((asked, answer))
        return answer

    outcome = drive(fetch(made), serve)
    assert outcome.refusal is not None
    # What a browser did not get to ask is known all the same: a person asked it with curl.
    known = {asked.kind for asked, _ in exchanges}
    if WireKind.ACTUAL not in known:
        exchanges.append((WireRequest(WireKind.ACTUAL, made.method, made.url, HeaderList()), actual))
    return amend(made, exchanges, BROWSERS)


def allowed(*pairs: tuple[str, str], status: int = 200) -> WireResponse:
    return WireResponse(status, HeaderList([ORIGIN, *pairs]))


def test_a_method_in_small_letters_is_written_in_capitals() -> None:
    found = played(
        request(RequestInit(URL, method="patch")),
        allowed(("Access-Control-Allow-Methods", "PATCH")),
        allowed(),
    )
    assert [(each.part, each.old, each.new, each.proven) for each in found] == [
        (Part.METHOD, "patch", "PATCH", True)
    ]


def test_a_header_of_responses_goes() -> None:
    init = RequestInit(URL, headers=(("Access-Control-Allow-Origin", "*"),))
    found = played(request(init), allowed(), allowed())
    assert [(each.part, each.name, each.new) for each in found] == [
        (Part.HEADER, "Access-Control-Allow-Origin", None)
    ]
    assert "responses" in found[0].why


def test_json_may_travel_as_text() -> None:
    init = RequestInit(URL, method="POST", headers=(("Content-Type", "application/json"),))
    found = played(request(init), WireResponse(405), allowed())
    assert [(each.part, each.new) for each in found] == [(Part.HEADER, "text/plain;charset=UTF-8")]


def test_credentials_are_left_out_where_everybody_may_read() -> None:
    star = WireResponse(200, HeaderList([("Access-Control-Allow-Origin", "*")]))
    found = played(request(RequestInit(URL, credentials="include")), None, star)
    assert [(each.part, each.new) for each in found] == [(Part.CREDENTIALS, "omit")]


def test_what_two_changes_would_mend_no_single_one_does() -> None:
    init = RequestInit(URL, method="patch", headers=(("X-Token", "1"),), credentials="include")
    found = played(request(init), WireResponse(405), allowed())
    assert found == ()


def test_the_place_that_a_redirect_names_may_be_asked_directly() -> None:
    made = request(RequestInit(URL))
    moved = WireResponse(301, HeaderList([("Location", "/items/")]))
    asked = WireRequest(WireKind.ACTUAL, "GET", made.url, HeaderList())
    found = amend(made, [(asked, moved)], BROWSERS)
    assert [(each.part, each.new, each.proven) for each in found] == [(Part.URL, URL + "/", False)]


def test_nothing_is_recorded_and_nothing_is_said() -> None:
    assert amend(request(RequestInit(URL)), [], BROWSERS) == ()


def test_what_is_said_of_credentials_names_no_wildcard_that_is_not_there() -> None:
    found = played(request(RequestInit(URL, credentials="include")), None, allowed())
    assert [(each.part, each.new) for each in found] == [(Part.CREDENTIALS, "omit")]
    assert "*" not in found[0].why


def test_what_is_said_of_another_url_is_why_it_is_another() -> None:
    made = request(RequestInit(URL))
    asked = WireRequest(WireKind.ACTUAL, "GET", made.url, HeaderList())
    (moved,) = amend(made, [(asked, WireResponse(301, HeaderList([("Location", "/items/")])))], BROWSERS)
    assert moved.why == "the server redirects there; asked directly, nothing redirects"
    plain = request(RequestInit("http://api.example/items"))
    (secure,) = amend(plain, [], BROWSERS)
    assert (secure.new, secure.why) == (
        "https://api.example/items",
        "a page on https may only ask for https",
    )
