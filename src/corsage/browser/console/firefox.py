"""Firefox's words (security.properties and nsCORSListenerProxy.cpp), as recorded from Firefox 153 ESR."""

from dataclasses import replace
from typing import Final

from corsage.browser.cors_check import cors_check
from corsage.browser.profiles import FIREFOX
from corsage.grammar import is_token
from corsage.model import NO_HEADERS, NO_TRACE, Cause, Initiator, Mode, Outcome, Refusal, Request

_BLOCKED = (
    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. "
    "(Reason: "
)
_DID_NOT_SUCCEED = "CORSDidNotSucceed2"
DEPRECATION = "CORSAllowHeaderFromPreflightDeprecation"

_REASONS: Final = {
    "CORSMissingAllowOrigin2": "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: {status}.",
    "CORSMultipleAllowOriginNotAllowed": "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).",
    "CORSAllowOriginNotMatchingOrigin": (
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’)."
    ),
    "CORSNotSupportingCredentials": (
        "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."
    ),
    "CORSMissingAllowCredentials": "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).",
    "CORSPreflightDidNotSucceed3": "CORS preflight response did not succeed). Status code: {status}.",
    "CORSExternalRedirectNotAllowed": "CORS request external redirect not allowed).",
    "CORSInvalidAllowMethod": "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Methods’).",
    "CORSInvalidAllowHeader": "invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-Headers’).",
    "CORSMethodNotFound": "Did not find method in CORS header ‘Access-Control-Allow-Methods’).",
    "CORSMissingAllowHeaderFromPreflight2": (
        "header ‘{value}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight "
        "response)."
    ),
    "CORSRequestNotHttp": "CORS request not http).",
    _DID_NOT_SUCCEED: "CORS request did not succeed). Status code: (null).",
}

_KEYS: Final = {
    Cause.MISSING_ALLOW_ORIGIN: "CORSMissingAllowOrigin2",
    Cause.MULTIPLE_ALLOW_ORIGIN: "CORSAllowOriginNotMatchingOrigin",
    Cause.INVALID_ALLOW_ORIGIN: "CORSAllowOriginNotMatchingOrigin",
    Cause.ALLOW_ORIGIN_MISMATCH: "CORSAllowOriginNotMatchingOrigin",
    Cause.WILDCARD_WITH_CREDENTIALS: "CORSNotSupportingCredentials",
    Cause.INVALID_ALLOW_CREDENTIALS: "CORSMissingAllowCredentials",
    Cause.PREFLIGHT_INVALID_STATUS: "CORSPreflightDidNotSucceed3",
    Cause.PREFLIGHT_DISALLOWED_REDIRECT: "CORSExternalRedirectNotAllowed",
    Cause.INVALID_ALLOW_METHODS: "CORSInvalidAllowMethod",
    Cause.INVALID_ALLOW_HEADERS: "CORSInvalidAllowHeader",
    Cause.METHOD_DISALLOWED: "CORSMethodNotFound",
    Cause.HEADER_DISALLOWED: "CORSMissingAllowHeaderFromPreflight2",
    Cause.CORS_DISABLED_SCHEME: "CORSRequestNotHttp",
}
_KEYS.update({cause.on_preflight: key for cause, key in tuple(_KEYS.items()) if cause in tuple(_KEYS)[:6]})

_DEPRECATION_LINE = (
    "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at {url} "
    "soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To "
    "include the `Authorization` header, it must be explicitly listed in CORS header "
    "`Access-Control-Allow-Headers`)."
)
_MULTIPLE: Final = frozenset({Cause.MULTIPLE_ALLOW_ORIGIN, Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN})
_CORP_CAUSES: Final = frozenset(
    {Cause.CORP_NOT_SAME_ORIGIN, Cause.CORP_NOT_SAME_SITE, Cause.CORP_REQUIRED_BY_EMBEDDER}
)


def report(outcome: Outcome) -> tuple[str | None, str, tuple[str, ...]]:
    """Return the first message's category, nothing, and the console's lines."""
    request, refusal = outcome.request, outcome.refusal
    if request is None:
        return None, "", ()
    deprecations = [(DEPRECATION, _DEPRECATION_LINE.format(url=url)) for url in outcome.deprecated_at]
    errors = _messages(refusal, request) if refusal is not None else []
    # A deprecation is named only where nothing worse happened.
    codes = [code for code, _ in errors + deprecations if code]
    return (codes[0] if codes else None), "", tuple(line for _, line in deprecations + errors)


def _messages(refusal: Refusal, request: Request) -> list[tuple[str, str]]:
    cause, url = refusal.cause, refusal.url
    key = _key(refusal)
    if key is not None:
        messages = [(key, _line(key, refusal))]
        if refusal.cause is Cause.PREFLIGHT_DISALLOWED_REDIRECT:
            messages.append(_second_look(refusal, request))
        if _is_followed_by_failure(refusal, request):
            messages.append((_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, refusal)))
        return messages + _element_line(refusal, request)
    if cause is Cause.DISALLOWED_BY_MODE:
        return [
            (
                "SOP",
                f"Security Error: Content at {request.client.url} may not load data from {url}.",
            )
        ]
    if cause is Cause.MIXED_CONTENT:
        blocked = ("Mixed Content Blocker", f"Blocked loading mixed active content “{url}”")
        return [blocked, *_failed(replace(refusal, url=refusal.redirected_from or url), request)]
    if cause in _CORP_CAUSES:
        return [
            (
                "COEP",
                f"The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack "
                "thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#",
            )
        ]
    if (
        cause is Cause.UNSAFE_REDIRECT
        and refusal.parameter in {"blob", "file"}
        and request.mode is Mode.CORS
        and request.initiator is Initiator.FETCH
    ):
        return [
            ("SOP", f"Security Error: Content at {url} may not load or link to {refusal.location}."),
            *_failed(refusal, request),
        ]
    if cause is Cause.LOCAL_RESOURCE:
        return [("SOP", f"Security Error: Content at {request.client.url} may not load or link to {url}.")]
    return _failed(refusal, request)


def _second_look(refusal: Refusal, request: Request) -> tuple[str, str]:
    """A refused redirect of a preflight is judged once more, as a response; across origins its origin is gone."""
    crossed = refusal.location is not None and not refusal.url.origin.same_origin(refusal.location.origin)
    failed = cors_check(
        origin="null" if crossed else request.client.origin.serialized,
        credentials=request.credentials,
        headers=refusal.headers or NO_HEADERS,
        profile=FIREFOX,
        trace=NO_TRACE,
    )
    if failed is None:
        key = "CORSPreflightDidNotSucceed3"
        return key, _line(key, refusal)
    again = replace(refusal, cause=failed.cause, parameter=failed.value, lines=tuple(failed.lines))
    key = _key(again) or _DID_NOT_SUCCEED
    return key, _line(key, again)


def _failed(refusal: Refusal, request: Request) -> list[tuple[str, str]]:
    """Any failure after the request went cross-origin looks like CORS to Firefox."""
    if refusal.cause is Cause.BAD_PORT and refusal.redirected_from is not None and request.mode is Mode.CORS:
        # The redirect failed, says Firefox, and names where it came from.
        return [(_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, replace(refusal, url=refusal.redirected_from)))]
    if refusal.cause is Cause.REDIRECT_CONTAINS_CREDENTIALS:
        return [(_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, refusal))]
    if not refusal.reached_cross_origin or refusal.cause is Cause.REDIRECT_MODE_ERROR:
        return []
    return [(_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, refusal))]


def _key(refusal: Refusal) -> str | None:
    key = _KEYS.get(refusal.cause)
    if refusal.cause in _MULTIPLE and _repeats_header(refusal):
        return "CORSMultipleAllowOriginNotAllowed"
    return key


def _repeats_header(refusal: Refusal) -> bool:
    names = [name for name, _ in refusal.headers or ()]
    return names.count("Access-Control-Allow-Origin") > 1


def _line(key: str, refusal: Refusal) -> str:
    value = refusal.parameter
    if key in {"CORSInvalidAllowMethod", "CORSInvalidAllowHeader"}:
        value = _first_invalid_token(refusal.lines)
    # This one message quotes the URL.
    url = f"‘{refusal.url}’" if key == "CORSNotSupportingCredentials" else refusal.url
    return (_BLOCKED + _REASONS[key]).format(url=url, status=refusal.status, value=_as_utf8(value))


def _as_utf8(value: str) -> str:
    """Read header bytes as UTF-8, as the console does."""
    return value if value.isascii() else value.encode("latin-1", "replace").decode("utf-8", "replace")


def _first_invalid_token(lines: tuple[str, ...]) -> str:
    members = (member.strip(" \t") for line in lines for member in line.split(","))
    return next((member for member in members if member and not is_token(member)), "")


def _is_followed_by_failure(refusal: Refusal, request: Request) -> bool:
    """Preflights and redirects that fail their check are reported a second time, as a failed request."""
    return refusal.cause.is_preflight or (refusal.location is not None and request.redirect.value == "follow")


def _element_line(refusal: Refusal, request: Request) -> list[tuple[str, str]]:
    match request.initiator:
        case Initiator.SCRIPT:
            return [("", f"<script> source URI is not allowed in this document: “{refusal.first_url}”.")]
        case Initiator.MODULE:
            return [("", f"Module source URI is not allowed in this document: “{refusal.first_url}”.")]
        case Initiator.EVENTSOURCE:
            return [("", f"Firefox can’t establish a connection to the server at {refusal.first_url}.")]
    return []
