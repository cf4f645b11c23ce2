"""From the engine's outcome to the recording's form of it."""

import contextlib
from typing import Any, Final

from corsage.browser import Profile
from corsage.browser.console import Report
from corsage.browser.opaque_response_blocking import content_type
from corsage.model import Initiator, Outcome, Request, Response, ResponseType
from corsage.model.names import NULL_BODY_STATUSES

_ELEMENTS: Final = frozenset({Initiator.SCRIPT, Initiator.MODULE, Initiator.STYLESHEET, Initiator.IMAGE})
_OK: Final = range(200, 300)
# These reject the promise of a request that was constructed; the others are thrown by its construction.
_REJECTIONS: Final = frozenset({"AbortError", "NotSupportedError"})


def outcome_json(outcome: Outcome, api: str, profile: Profile) -> dict[str, Any]:
    """Return *outcome* as the recorder's page would have reported it."""
    if outcome.thrown is not None:
        thrown = outcome.thrown
        error = {"name": thrown.name, "message": thrown.reason}
        if thrown.name in _REJECTIONS:
            return {"kind": "network_error", "error": error}
        return {"kind": "request_throws", "error": error} | ({"at": thrown.at} if thrown.at else {})
    request = outcome.request
    assert request is not None  # noqa: S101 - only a thrown exception leaves it out
    if request.initiator is Initiator.BEACON:
        return {"kind": "beacon", "returned": True}
    if request.initiator is Initiator.EVENTSOURCE:
        return _event_source(outcome.response)
    if request.initiator in _ELEMENTS:
        return _element(request.initiator, outcome.response, profile)
    if outcome.response is None:
        return {"kind": "network_error"} | ({"status": 0} if api == "xhr" else {"request": _request(request)})
    return _response(outcome.response, request)


def _request(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "mode": request.mode.value,
        "credentials": request.credentials.value,
        "redirect": request.redirect.value,
        "headers": [list(pair) for pair in request.headers.sorted_and_combined()],
    }


def _response(response: Response, request: Request) -> dict[str, Any]:
    body = (response.body or b"").decode("utf-8", "replace").removeprefix("\ufeff")
    result: dict[str, Any] = {
        "kind": "response",
        "status": response.status,
        "url": response.url,
        "headers": [list(pair) for pair in response.headers],
        "body": body,
    }
    if request.initiator is Initiator.XHR:
        return result | {"type": "xhr"}
    return result | {
        "type": response.type.value,
        "redirected": response.redirected,
        "request": _request(request),
    }


def _element(initiator: Initiator, response: Response | None, profile: Profile) -> dict[str, Any]:
    if response is None or (initiator is not Initiator.IMAGE and response.internal.status not in _OK):
        return {"kind": "element_error"}
    if initiator is Initiator.IMAGE and not _is_image(response, profile):
        return {"kind": "element_error"}
    tainted = response.type is ResponseType.OPAQUE
    loaded: dict[str, Any] = {"kind": "element_load"}
    if initiator in (Initiator.IMAGE, Initiator.STYLESHEET):
        loaded["tainted"] = tainted
    if initiator is Initiator.STYLESHEET and not tainted:
        has_body = response.internal.status not in NULL_BODY_STATUSES
        loaded["rules"] = response.internal.body.count(b"{") if has_body else 0
    return loaded


def _is_image(response: Response, profile: Profile) -> bool:
    """Tell whether the body is one that a browser decodes: SVG by its type, the others by their first bytes."""
    if profile.images_need_ok_status and response.internal.status not in _OK:
        return False
    if response.internal.status in NULL_BODY_STATUSES:
        return False
    body = response.internal.body
    mime = content_type(response.internal)
    if mime is not None and mime.essence == "image/svg+xml":
        return b"<svg" in body
    return body.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"BM", b"RIFF", b"\0\0\1\0"))


def _event_source(response: Response | None) -> dict[str, Any]:
    if response is None or response.status != _OK.start:
        return {"kind": "element_error", "ready_state": 2}
    text = (response.body or b"").decode("utf-8", "replace")
    data = [line.partition(":")[2].removeprefix(" ") for line in text.splitlines() if line.startswith("data")]
    return {"kind": "element_load", "data": "\n".join(data)}


# Chromium's page process finds these, and DevTools hears of them after what the network process has found.
_TOLD_LAST: Final = frozenset({"DisallowedByMode", "NoCorsRedirectModeNotFollow", "CorsDisabledScheme"})


def result_json(
    identifier: str,
    outcome: dict[str, Any],
    reports: list[Report],
    seen: list[Any],
    *,
    attributed: bool = False,
) -> dict[str, Any]:
    """Return a line of results: what ``corsage simulate`` prints.

    *attributed* keeps what names the scenario's path alone, each line once: the consoles of Chromium and Firefox are
    shared by all scenarios of a recording, and that is how the recorder tells whose line is whose.
    """
    if attributed:
        reports = [_attributed(found, f"/s/{identifier}/") for found in reports]
    lines = [line for found in reports for line in found.lines]
    if attributed:
        lines = list(dict.fromkeys(lines))
    named = [found for found in reports if found.code is not None]
    first = min(named, key=lambda found: found.code in _TOLD_LAST, default=None)
    return {
        "id": identifier,
        "outcome": outcome,
        "cors_error": first.code if first else None,
        "failed_parameter": devtools_text(first.parameter) if first else None,
        "console": lines,
        "requests_seen": seen,
    }


def _attributed(found: Report, path: str) -> Report:
    lines = tuple(line for line in found.lines if path in line or line.startswith("Failed to load resource"))
    named = any(path in line for line in lines)
    return Report(found.code if named else None, found.parameter if named else "", lines)


def devtools_text(value: str) -> str:
    """Return *value* as the DevTools protocol shows a byte string: as UTF-8, ill-formed sequences left out whole."""
    if value.isascii():
        return value
    data = value.encode("latin-1", "replace")
    shown: list[str] = []
    position = 0
    while position < len(data):
        length = _sequence_length(data[position])
        sequence = data[position : position + length]
        with contextlib.suppress(UnicodeDecodeError):
            shown.append(sequence.decode("utf-8"))
        position += length
    return "".join(shown)


def _sequence_length(lead: int) -> int:
    """Return how many bytes a UTF-8 sequence has that begins with *lead*."""
    for smallest, length in ((0xF0, 4), (0xE0, 3), (0xC0, 2)):
        if lead >= smallest:
            return length
    return 1
