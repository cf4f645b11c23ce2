"""Blocking by MIME type: nosniff, and opaque response blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT
from corsage.model import Cause, ElementInit, HeaderList, Initiator, RequestInit, WireResponse

if TYPE_CHECKING:
    from tests.browser.conftest import Play

URL = "http://api.test/x"
By = Initiator
MIME, ORB = Cause.MIME_TYPE_BLOCKED, Cause.OPAQUE_RESPONSE_BLOCKED
JSON_BODY, HTML_BODY = b'{"a": 1}', b"<!doctype html>"
NOSNIFF = ("X-Content-Type-Options", "nosniff")


def answer(content_type: str | None, *more: tuple[str, str], body: bytes = b"x") -> WireResponse:
    headers = [] if content_type is None else [("Content-Type", content_type)]
    return WireResponse(200, HeaderList([*headers, *more]), body)


# element, Content-Type, nosniff, cause: page's own origin, so that no response is opaque
# (should response be blocked due to its MIME type, and due to nosniff)
TYPES: dict[str, tuple[Initiator, str | None, bool, Cause | None]] = {
    "script": (By.SCRIPT, "text/javascript", True, None),
    "script, old type": (By.SCRIPT, "application/x-javascript", True, None),
    "script, ecmascript": (By.SCRIPT, "text/ecmascript", True, None),
    "script with a charset": (By.SCRIPT, "text/javascript; charset=utf-8", True, None),
    "script as text": (By.SCRIPT, "text/plain", False, None),
    "script as text, nosniff": (By.SCRIPT, "text/plain", True, MIME),
    "script as JSON, nosniff": (By.SCRIPT, "application/json", True, MIME),
    "script without a type": (By.SCRIPT, None, False, None),
    "script without a type, nosniff": (By.SCRIPT, None, True, MIME),
    "script as an image": (By.SCRIPT, "image/png", False, MIME),
    "script as audio": (By.SCRIPT, "audio/ogg", False, MIME),
    "script as video": (By.SCRIPT, "video/mp4", False, MIME),
    "script as CSV": (By.SCRIPT, "text/csv", False, MIME),
    "script as HTML": (By.SCRIPT, "text/html", False, None),
    "style": (By.STYLESHEET, "text/css", True, None),
    "style as text, nosniff": (By.STYLESHEET, "text/plain", True, MIME),
    "style without a type, nosniff": (By.STYLESHEET, None, True, MIME),
    "style as an image": (By.STYLESHEET, "image/png", False, None),
    "image as HTML, nosniff": (By.IMAGE, "text/html", True, None),
    "module as text, nosniff": (By.MODULE, "text/plain", True, MIME),
}


@pytest.mark.parametrize(("initiator", "content_type", "nosniff", "want"), TYPES.values(), ids=TYPES)
def test_scripts_and_styles_of_a_wrong_type(
    play: Play,
    initiator: Initiator,
    content_type: str | None,
    *,
    nosniff: bool,
    want: Cause | None,
) -> None:
    more = [NOSNIFF] if nosniff else []
    assert play(ElementInit(initiator, "/x"), answer(content_type, *more)).cause is want


@pytest.mark.parametrize(("initiator", "content_type", "nosniff", "want"), TYPES.values(), ids=TYPES)
def test_fetch_does_not_care_for_types(
    play: Play,
    initiator: Initiator,
    content_type: str | None,
    *,
    nosniff: bool,
    want: Cause | None,
) -> None:
    del initiator, want
    more = [NOSNIFF] if nosniff else []
    assert play(RequestInit("/x"), answer(content_type, *more)).outcome.readable


# X-Content-Type-Options (determine nosniff)
OPTIONS = {
    "nosniff": ("nosniff", True),
    "upper case": ("NoSniff", True),
    "first of several": ("nosniff, x", True),
    "second of several": ("x, nosniff", False),
    "quoted": ('"nosniff"', False),
    "empty first": (", nosniff", False),
    "empty": ("", False),
}


@pytest.mark.parametrize(("value", "blocked"), OPTIONS.values(), ids=OPTIONS)
def test_what_nosniff_is(play: Play, value: str, *, blocked: bool) -> None:
    played = play(ElementInit(By.SCRIPT, "/x"), answer("text/plain", ("X-Content-Type-Options", value)))
    assert (played.cause is MIME) is blocked


# Opaque, in Chromium, Firefox and the standard: element, Content-Type, nosniff, body, cause
OPAQUE: dict[str, tuple[Initiator, str, bool, bytes, Cause | None]] = {
    "image": (By.IMAGE, "image/png", False, b"\x89PNG", None),
    "JSON image, nosniff": (By.IMAGE, "application/json", True, JSON_BODY, ORB),
    "JSON image": (By.IMAGE, "application/json", False, JSON_BODY, ORB),
    "HTML script, nosniff": (By.SCRIPT, "text/html", True, HTML_BODY, ORB),
    "HTML script": (By.SCRIPT, "text/html", False, HTML_BODY, ORB),
    "script served as HTML": (By.SCRIPT, "text/html", False, b"alert(1)", None),
    "script served as JSON": (By.SCRIPT, "application/json", False, b"alert(1)", None),
    "text script, nosniff": (By.SCRIPT, "text/plain", True, b"alert(1)", ORB),
    "SVG image": (By.IMAGE, "image/svg+xml", True, b"<?xml", None),
    "CSV image": (By.IMAGE, "text/csv", False, b"a,b", ORB),
    "zipped script": (By.SCRIPT, "application/gzip", False, b"x", ORB),
    "PDF image": (By.IMAGE, "application/pdf", False, b"%PDF", ORB),
    "problem+json image": (By.IMAGE, "application/problem+json", True, JSON_BODY, ORB),
}


@pytest.mark.parametrize(
    ("initiator", "content_type", "nosniff", "body", "want"), OPAQUE.values(), ids=OPAQUE
)
def test_opaque_responses_of_no_use(
    play: Play,
    initiator: Initiator,
    content_type: str,
    *,
    nosniff: bool,
    body: bytes,
    want: Cause | None,
) -> None:
    response = answer(content_type, *([NOSNIFF] if nosniff else []), body=body)
    for profile in (STANDARD, CHROMIUM, FIREFOX):
        assert play(ElementInit(initiator, URL), response, profile=profile).cause is want, profile.name


def test_webkit_has_no_such_thing(play: Play) -> None:
    response = answer("application/json", NOSNIFF, body=JSON_BODY)
    assert play(ElementInit(By.IMAGE, URL), response, profile=WEBKIT).response.type == "opaque"


def test_fetch_still_gets_its_opaque_response(play: Play) -> None:
    response = answer("application/json", NOSNIFF, body=JSON_BODY)
    for profile in (STANDARD, CHROMIUM, FIREFOX, WEBKIT):
        assert play(RequestInit(URL, mode="no-cors"), response, profile=profile).response.type == "opaque"


def test_of_several_types_the_last_that_parses_counts(play: Play) -> None:
    response = answer("text/plain", ("Content-Type", "text/javascript"), ("Content-Type", "rubbish"), NOSNIFF)
    assert play(ElementInit(By.SCRIPT, "/x"), response).cause is None


def test_a_redirect_is_followed_whatever_its_type(play: Play) -> None:
    body = HeaderList([("Content-Type", "application/json"), ("Location", "/image")])
    there = WireResponse(302, body, JSON_BODY)
    image = ElementInit(By.IMAGE, URL)
    played = play(image, there, answer("image/png"), profile=CHROMIUM)
    assert played.cause is None
    assert len(played.methods) == 2
    stays = WireResponse(200, HeaderList([("Content-Type", "application/json")]), JSON_BODY)
    assert play(image, there, stays, profile=CHROMIUM).cause is ORB
