"""Which line of which response decided."""

from typing import Final

from corsage.model import Cause, Outcome, Refusal, ResponseType

STATUS: Final = ":status"
ADDRESS: Final = ":address"

_ALLOW_ORIGIN: Final = "access-control-allow-origin"

_BY_CAUSE: Final = {
    Cause.INVALID_ALLOW_CREDENTIALS: "access-control-allow-credentials",
    Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS: "access-control-allow-credentials",
    Cause.PREFLIGHT_INVALID_STATUS: STATUS,
    Cause.PREFLIGHT_DISALLOWED_REDIRECT: STATUS,
    Cause.PREFLIGHT_INVALID_REDIRECT: "location",
    Cause.EMBEDDED_CREDENTIALS: "location",
    Cause.PROXY_AUTHENTICATION: STATUS,
    Cause.INVALID_ALLOW_METHODS: "access-control-allow-methods",
    Cause.METHOD_DISALLOWED: "access-control-allow-methods",
    Cause.INVALID_ALLOW_HEADERS: "access-control-allow-headers",
    Cause.HEADER_DISALLOWED: "access-control-allow-headers",
    Cause.CORP_NOT_SAME_ORIGIN: "cross-origin-resource-policy",
    Cause.CORP_NOT_SAME_SITE: "cross-origin-resource-policy",
    Cause.CORP_REQUIRED_BY_EMBEDDER: "cross-origin-resource-policy",
    Cause.OPAQUE_RESPONSE_BLOCKED: "content-type",
    Cause.MIME_TYPE_BLOCKED: "content-type",
    Cause.UNREQUESTED_RANGE: "content-range",
    Cause.INSECURE_LOCAL_NETWORK: ADDRESS,
    Cause.INVALID_LOCAL_NETWORK_ACCESS: ADDRESS,
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: ADDRESS,
    # What follows is blamed on the redirect that led there; without one nothing was sent to blame.
    Cause.REDIRECT_CONTAINS_CREDENTIALS: "location",
    Cause.INVALID_REDIRECT: "location",
    Cause.UNSAFE_REDIRECT: "location",
    Cause.TOO_MANY_REDIRECTS: "location",
    Cause.REDIRECT_MODE_ERROR: "location",
    Cause.REDIRECT_STREAM_BODY: "location",
    Cause.MIXED_CONTENT: "location",
    Cause.BAD_PORT: "location",
    Cause.CORS_DISABLED_SCHEME: "location",
    Cause.DISALLOWED_BY_MODE: "location",
}


def deciding_header(outcome: Outcome) -> str | None:
    """Return the lower-case name of the header of the last response that decided, or a name with a colon."""
    if outcome.refusal is not None:
        return _refusing(outcome.refusal)
    if outcome.response is not None and outcome.response.type is ResponseType.CORS:
        return _ALLOW_ORIGIN
    return None


def _refusing(refusal: Refusal) -> str | None:
    cause = refusal.cause
    if cause in _BY_CAUSE:
        return _BY_CAUSE[cause]
    return _ALLOW_ORIGIN if "Origin" in cause.value else None
