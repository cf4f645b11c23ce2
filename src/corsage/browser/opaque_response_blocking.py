"""Blocking of responses that an element could not use anyway: MIME type checks and opaque response blocking.

Sources: https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff? and
https://github.com/annevk/orb (not yet part of the standard; Chromium and Firefox have it).
"""

import re
from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.browser.redirect_url import location_url
from corsage.browser.sec_fetch import destination
from corsage.grammar import MimeType, parse_mime_type
from corsage.model import REFUSED, Algorithm, Cause, Initiator, Refusal, WireResponse
from corsage.model.names import REDIRECT_STATUSES
from corsage.model.trace import FETCH

ORB: Final = Algorithm("opaque response blocking", "https://github.com/annevk/orb")
NOSNIFF: Final = Algorithm(
    "should response be blocked due to nosniff",
    FETCH + "should-response-to-request-be-blocked-due-to-nosniff",
)

# https://mimesniff.spec.whatwg.org/#javascript-mime-type
_JAVASCRIPT: Final = re.compile(
    r"(application|text)/(x-)?(java|ecma)script|text/(javascript1\.[0-5]|jscript|livescript)"
)
_NEVER_SNIFFED: Final = frozenset(
    {
        "application/gzip",
        "application/pdf",
        "application/x-gzip",
        "application/x-protobuf",
        "application/zip",
        "text/csv",
        "text/event-stream",
    }
)


def content_type(response: WireResponse) -> MimeType | None:
    """Return the response's MIME type: of several lines, the last that parses."""
    for line in reversed(response.headers.lines("content-type")):
        mime = parse_mime_type(line)
        if mime:
            return mime
    return None


def is_nosniff(response: WireResponse) -> bool:
    """Tell whether ``X-Content-Type-Options`` begins with nosniff (https://fetch.spec.whatwg.org/#determine-nosniff)."""
    value = response.headers.get("x-content-type-options")
    return value is not None and value.partition(",")[0].strip().lower() == "nosniff"


def blocked_due_to_mime_type(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Refuse scripts and style sheets of a wrong type (main fetch, step 20)."""
    wanted = destination(params.request.initiator)
    if wanted not in {"script", "style"}:
        return None
    mime = content_type(response)
    if wanted == "script":
        wrong = _is_wrong_script(mime, strict=_script_must_say_so(params, response))
    else:
        strict = is_nosniff(response) or params.profile.style_sheets_need_text_css
        wrong = strict and (mime is None or mime.essence != "text/css")
    if not wrong:
        return None
    shown = mime.essence if mime else "none"
    params.trace.record(NOSNIFF, "4", REFUSED, "Content-Type {} is not one for a {}", shown, wanted)
    return params.refuse(Cause.MIME_TYPE_BLOCKED, shown, response=response)


def _script_must_say_so(params: FetchParams, response: WireResponse) -> bool:
    # Module scripts always: https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script
    return is_nosniff(response) or params.request.initiator is Initiator.MODULE


def _is_wrong_script(mime: MimeType | None, *, strict: bool) -> bool:
    if strict:
        return mime is None or _JAVASCRIPT.fullmatch(mime.essence) is None
    # https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
    return mime is not None and (mime.type in {"audio", "image", "video"} or mime.essence == "text/csv")


def opaque_response_blocking(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Refuse an opaque response of a type that no element can use; ``fetch()`` is left alone."""
    if not params.profile.has_opaque_response_blocking or not destination(params.request.initiator):
        return None
    # A redirect is followed whatever its type: only what the element would get is judged.
    if response.status in REDIRECT_STATUSES and location_url(params, response) is not None:
        return None
    mime = content_type(response)
    if mime is None or not _is_blocked_type(mime, response):
        return None
    params.trace.record(ORB, "1", REFUSED, "an opaque {} response is of no use to the element", mime.essence)
    return params.refuse(Cause.OPAQUE_RESPONSE_BLOCKED, mime.essence, response=response)


def _is_blocked_type(mime: MimeType, response: WireResponse) -> bool:
    if mime.essence in _NEVER_SNIFFED:
        return True
    data = (
        mime.essence in {"text/html", "application/json", "text/json", "text/xml", "application/xml"}
        or (mime.subtype.endswith("+json") or mime.subtype.endswith("+xml"))
    ) and mime.essence != "image/svg+xml"
    if is_nosniff(response):
        return data or mime.essence == "text/plain"
    return data and _looks_like_data(response.body)


def _looks_like_data(body: bytes) -> bool:
    start = body[:1024].lstrip()
    return (
        start.startswith((b"<!", b"<html", b"<HTML", b"<?xml"))
        or re.match(rb'\{\s*"[^"]*"\s*:', start) is not None
    )
