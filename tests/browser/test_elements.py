"""Elements, EventSource and beacons: which mode, which credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, FIREFOX, STANDARD, WEBKIT, new_element_request
from corsage.model import Body, BodyKind, Cause, ElementInit, Initiator, Request, Thrown, Trace, page

if TYPE_CHECKING:
    from tests.browser.conftest import Play

CLIENT = page("http://client.test:8000/app/page.html")
URL = "http://api.test/x"
By = Initiator
JS = {"Content-Type": "text/javascript"}

# initiator, crossorigin, mode, credentials
# https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes
REQUESTS: list[tuple[Initiator, str | None, str, str]] = [
    (By.SCRIPT, None, "no-cors", "include"),
    (By.SCRIPT, "", "cors", "same-origin"),
    (By.SCRIPT, "anonymous", "cors", "same-origin"),
    (By.SCRIPT, "use-credentials", "cors", "include"),
    (By.SCRIPT, "USE-credentials", "cors", "include"),
    (By.SCRIPT, "rubbish", "cors", "same-origin"),
    (By.SCRIPT, " use-credentials", "cors", "same-origin"),
    (By.IMAGE, None, "no-cors", "include"),
    (By.IMAGE, "anonymous", "cors", "same-origin"),
    (By.STYLESHEET, None, "no-cors", "include"),
    (By.STYLESHEET, "use-credentials", "cors", "include"),
    (By.AUDIO, None, "no-cors", "include"),
    (By.VIDEO, "", "cors", "same-origin"),
    (By.TRACK, None, "same-origin", "same-origin"),
    (By.TRACK, "", "cors", "same-origin"),
    (By.MODULE, None, "cors", "same-origin"),
    (By.MODULE, "", "cors", "same-origin"),
    (By.MODULE, "use-credentials", "cors", "include"),
    (By.FONT, None, "cors", "same-origin"),
    (By.MANIFEST, None, "cors", "same-origin"),
    (By.MANIFEST, "use-credentials", "cors", "include"),
    (By.PRELOAD, None, "no-cors", "include"),
    (By.PRELOAD, "", "cors", "same-origin"),
    (By.NAVIGATION, None, "navigate", "include"),
]


@pytest.mark.parametrize(("initiator", "crossorigin", "mode", "credentials"), REQUESTS)
def test_crossorigin_decides(
    initiator: Initiator, crossorigin: str | None, mode: str, credentials: str
) -> None:
    trace = Trace()
    request = new_element_request(ElementInit(initiator, URL, crossorigin), CLIENT, STANDARD, trace)
    assert isinstance(request, Request)
    assert (request.mode, request.credentials, request.method) == (mode, credentials, "GET")
    assert not request.unsafe_request
    assert len(trace) == 1


@pytest.mark.parametrize(("with_credentials", "want"), [(False, "same-origin"), (True, "include")])
def test_event_source_is_always_cors(*, with_credentials: bool, want: str) -> None:
    init = ElementInit(By.EVENTSOURCE, URL, with_credentials=with_credentials)
    request = new_element_request(init, CLIENT)
    assert isinstance(request, Request)
    assert (request.mode, request.credentials) == ("cors", want)


@pytest.mark.parametrize("initiator", Initiator)
def test_a_url_that_does_not_parse_is_a_syntax_error(initiator: Initiator) -> None:
    trace = Trace()
    thrown = new_element_request(ElementInit(initiator, "http://"), CLIENT, STANDARD, trace)
    assert isinstance(thrown, Thrown)
    assert thrown.name == "SyntaxError"
    assert trace.refusal is not None


def test_a_plain_element_needs_no_allow_origin(play: Play) -> None:
    played = play(ElementInit(By.SCRIPT, URL), (200, JS))
    assert played.response.type == "opaque"
    assert played.header("origin") is None


def test_a_crossorigin_element_needs_it(play: Play) -> None:
    init = ElementInit(By.SCRIPT, URL, "")
    assert play(init, (200, JS)).cause is Cause.MISSING_ALLOW_ORIGIN
    played = play(init, (200, JS | {"Access-Control-Allow-Origin": "*"}))
    assert played.response.type == "cors"
    assert played.header("origin") == "http://client.test:8000"


def test_use_credentials_needs_allow_credentials(play: Play) -> None:
    played = play(ElementInit(By.IMAGE, URL, "use-credentials"), (200, {"Access-Control-Allow-Origin": "*"}))
    assert played.cause is Cause.WILDCARD_WITH_CREDENTIALS


def test_a_track_of_another_origin_is_not_even_asked_for(play: Play) -> None:
    played = play(ElementInit(By.TRACK, URL))
    assert played.cause is Cause.DISALLOWED_BY_MODE
    assert played.sent == []


# A beacon's body, whether it asks first.
BEACONS: dict[str, tuple[Body | None, list[str]]] = {
    "nothing": (None, ["POST"]),
    "text": (Body(BodyKind.TEXT, b"x"), ["POST"]),
    "form": (Body(BodyKind.FORM_DATA, b"x"), ["POST"]),
    "bytes": (Body(BodyKind.ARRAY_BUFFER, b"x"), ["POST"]),
    "plain Blob": (Body(BodyKind.BLOB, b"x", "text/plain"), ["POST"]),
    "JSON Blob": (Body(BodyKind.BLOB, b"x", "application/json"), ["OPTIONS", "POST"]),
}


@pytest.mark.parametrize(("body", "want"), BEACONS.values(), ids=BEACONS)
def test_a_beacon_is_a_post_with_credentials(play: Play, body: Body | None, want: list[str]) -> None:
    allow = {
        "Access-Control-Allow-Origin": "http://client.test:8000",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Headers": "content-type",
    }
    played = play(ElementInit(By.BEACON, URL, body=body), (200, allow))
    assert played.methods == want
    assert played.outcome.request is not None
    assert (played.outcome.request.credentials, played.outcome.request.keepalive) == ("include", True)
    assert played.outcome.readable


def test_chromium_and_webkit_send_origin_for_crossorigin_elements_to_their_own_origin(play: Play) -> None:
    init = ElementInit(By.MODULE, "/m.js")
    for profile, want in (
        (STANDARD, None),
        (FIREFOX, None),
        (CHROMIUM, "http://client.test:8000"),
        (WEBKIT, "http://client.test:8000"),
    ):
        assert play(init, (200, JS), profile=profile).header("origin") == want, profile.name
