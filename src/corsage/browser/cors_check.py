"""CORS check: may this response be shared with the page that asked?"""

import re
from typing import Final, NamedTuple

from corsage.browser.profile import Profile
from corsage.model import OK, REFUSED, Algorithm, Cause, Credentials, HeaderList, Trace, parse_url
from corsage.model.trace import FETCH

CORS_CHECK: Final = Algorithm("CORS check", FETCH + "concept-cors-check")

_ALLOW_ORIGIN: Final = "access-control-allow-origin"
_ALLOW_CREDENTIALS: Final = "access-control-allow-credentials"
_SEPARATOR: Final = re.compile(r"[ ,]")


class Failed(NamedTuple):
    """Why a CORS check failed: the cause, the value at fault, and the header's lines as received."""

    cause: Cause
    value: str
    lines: list[str]


def cors_check(
    *, origin: str, credentials: Credentials, headers: HeaderList, profile: Profile, trace: Trace
) -> Failed | None:
    """Check whether a response with *headers* may be shared with *origin*; ``None`` is success.

    Args:
        origin: the byte-serialized request origin.
        credentials: the credentials mode of the actual request, for a preflight, too.
        headers: of the response.
        profile: the browser.
        trace: where the steps go.

    Source: https://fetch.spec.whatwg.org/#concept-cors-check
    """
    # 1. Read Access-Control-Allow-Origin.
    lines = headers.lines(_ALLOW_ORIGIN)
    allowed = _joined(lines, profile)

    if profile.refuses_repeated_allow_origin and _repeats_allow_origin(headers):
        trace.record(CORS_CHECK, "1", REFUSED, "there are {} Access-Control-Allow-Origin headers", len(lines))
        return Failed(Cause.MULTIPLE_ALLOW_ORIGIN, ", ".join(lines), lines)

    # 2. Absent: failure. (Absent is not the literal value "null".)
    if allowed is None:
        trace.record(CORS_CHECK, "2", REFUSED, "Access-Control-Allow-Origin is absent")
        return Failed(Cause.MISSING_ALLOW_ORIGIN, "", lines)

    # 3. The wildcard allows everyone, but not with credentials.
    included = credentials is Credentials.INCLUDE
    if allowed == "*" and not included:
        trace.record(CORS_CHECK, "3", OK, "Access-Control-Allow-Origin: * and no credentials")
        return None

    # 4. Any other value must equal the origin, byte for byte.
    if allowed != origin:
        cause = _mismatch(allowed, included=included)
        trace.record(
            CORS_CHECK, "4", REFUSED, "Access-Control-Allow-Origin: {} is not the origin {}", allowed, origin
        )
        return Failed(cause, "" if cause is Cause.WILDCARD_WITH_CREDENTIALS else allowed, lines)

    # 5. Without credentials that is enough.
    if not included:
        trace.record(CORS_CHECK, "5", OK, "Access-Control-Allow-Origin: {} is the origin", allowed)
        return None

    # 6.-8. With credentials the server must say so, in exactly these four letters.
    credential_lines = headers.lines(_ALLOW_CREDENTIALS)
    value = _joined(credential_lines, profile)
    if value == "true":
        trace.record(
            CORS_CHECK,
            "7",
            OK,
            "Access-Control-Allow-Origin: {}, Access-Control-Allow-Credentials: true",
            allowed,
        )
        return None
    trace.record(
        CORS_CHECK,
        "8",
        REFUSED,
        "Access-Control-Allow-Credentials is {}, which must be true",
        value or "absent",
    )
    return Failed(Cause.INVALID_ALLOW_CREDENTIALS, value or "", credential_lines)


def _repeats_allow_origin(headers: HeaderList) -> bool:
    # Firefox counts the names in this spelling alone: lower-case ones are joined instead.
    return sum(name == "Access-Control-Allow-Origin" for name, _ in headers) > 1


def _joined(lines: list[str], profile: Profile) -> str | None:
    if profile.drops_empty_duplicate_lines and len(lines) > 1:
        lines = [line for line in lines if line] or lines[:1]
    return ", ".join(lines) if lines else None


def _mismatch(allowed: str, *, included: bool) -> Cause:
    """Name the mistake, as Chromium does: the standard knows failure alone."""
    if allowed == "*" and included:
        return Cause.WILDCARD_WITH_CREDENTIALS
    if _SEPARATOR.search(allowed):
        return Cause.MULTIPLE_ALLOW_ORIGIN
    if allowed != "null" and not _parses_as_url(allowed):
        return Cause.INVALID_ALLOW_ORIGIN
    return Cause.ALLOW_ORIGIN_MISMATCH


def _parses_as_url(value: str) -> bool:
    try:
        text = value.encode("latin-1").decode("utf-8")  # header bytes that are no UTF-8 are in no URL
    except UnicodeError:
        return False
    return parse_url(text) is not None
