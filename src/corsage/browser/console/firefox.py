"""Firefox's words (security.properties and nsCORSListenerProxy.cpp), as recorded from Firefox 153 ESR."""

from typing import Final

from corsage.model import Cause, Initiator, Outcome, Refusal, Request

_BLOCKED = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. (Reason: "
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
_CORP_CAUSES: Final = frozenset(
    {Cause.CORP_NOT_SAME_ORIGIN, Cause.CORP_NOT_SAME_SITE, Cause.CORP_REQUIRED_BY_EMBEDDER}
)


def report(outcome: Outcome) -> tuple[str | None, str, tuple[str, ...]]:
    """Return the first message's category, nothing, and the console's lines."""
    request, refusal = outcome.request, outcome.refusal
    if request is None:
        return None, "", ()
    messages: list[tuple[str, str]] = []
    for url in outcome.deprecated_at:
        messages.append((DEPRECATION, _DEPRECATION_LINE.format(url=url)))
    if refusal is not None:
        messages += _messages(refusal, request)
    lines = tuple(line for _, line in messages)
    # A deprecation is named only where nothing worse happened.
    codes = [code for code, _ in messages if code]
    return (codes[0] if codes else None), "", lines


def _messages(refusal: Refusal, request: Request) -> list[tuple[str, str]]:
    cause, url = refusal.cause, refusal.url
    key = _key(refusal)
    if key is not None:
        messages = [(key, _line(key, refusal))]
        if _is_followed_by_failure(refusal, request):
            messages.append((_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, refusal)))
        return messages + _element_line(refusal, request)
    if cause is Cause.DISALLOWED_BY_MODE:
        return [
            (
                "SOP",
                f"Security Error: Content at {_content_at(refusal, request)} may not load data from {url}.",
            )
        ]
    if cause is Cause.MIXED_CONTENT:
        return [("Mixed Content Blocker", f"Blocked loading mixed active content “{url}”"), *_failed(refusal)]
    if cause in _CORP_CAUSES:
        return [
            (
                "COEP",
                f"The resource at “{url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack "
                "thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#",
            )
        ]
    if cause is Cause.UNSAFE_REDIRECT and refusal.parameter == "file" and refusal.reached_cross_origin:
        return [
            ("SOP", f"Security Error: Content at {url} may not load or link to {refusal.location}."),
            *_failed(refusal),
        ]
    if cause is Cause.LOCAL_RESOURCE:
        return [("SOP", f"Security Error: Content at {request.client.url} may not load or link to {url}.")]
    return _failed(refusal)


def _content_at(refusal: Refusal, request: Request) -> str:
    return str(request.client.url)


def _failed(refusal: Refusal) -> list[tuple[str, str]]:
    """Any failure after the request went cross-origin looks like CORS to Firefox."""
    if not refusal.reached_cross_origin or refusal.cause is Cause.REDIRECT_MODE_ERROR:
        return []
    return [(_DID_NOT_SUCCEED, _line(_DID_NOT_SUCCEED, refusal))]


def _key(refusal: Refusal) -> str | None:
    key = _KEYS.get(refusal.cause)
    if key == "CORSAllowOriginNotMatchingOrigin" and len(refusal.lines) > 1:
        return "CORSMultipleAllowOriginNotAllowed"
    if key == "CORSNotSupportingCredentials" and len(refusal.lines) > 1:
        return "CORSMultipleAllowOriginNotAllowed"
    return key


def _line(key: str, refusal: Refusal) -> str:
    value = refusal.parameter
    if key in {"CORSInvalidAllowMethod", "CORSInvalidAllowHeader"}:
        value = _first_invalid_token(refusal.lines)
    return (_BLOCKED + _REASONS[key]).format(url=refusal.url, status=refusal.status, value=value)


def _first_invalid_token(lines: tuple[str, ...]) -> str:
    from corsage.grammar import is_token

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
