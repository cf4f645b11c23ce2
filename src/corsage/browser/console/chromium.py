"""Chromium's words (third_party/blink/renderer/platform/loader/cors/cors_error_string.cc and its neighbours).

The wording is that of Chromium 156, as recorded.
"""

from typing import Final

from corsage.model import Cause, FailureKind, Initiator, Mode, Outcome, Refusal, Request

_KINDS: Final = {
    Initiator.FETCH: "fetch",
    Initiator.XHR: "XMLHttpRequest",
    Initiator.SCRIPT: "script",
    Initiator.MODULE: "script",
    Initiator.STYLESHEET: "CSS stylesheet",
    Initiator.IMAGE: "image",
    Initiator.FONT: "font",
    Initiator.AUDIO: "audio",
    Initiator.VIDEO: "video",
    Initiator.TRACK: "text track",
    Initiator.MANIFEST: "manifest",
}

_MULTIPLE = "The 'Access-Control-Allow-Origin' header contains multiple values '{}', but only one is allowed."
_INVALID = "The 'Access-Control-Allow-Origin' header contains the invalid value '{}'."
_MISMATCH = (
    "The 'Access-Control-Allow-Origin' header has a value '{}' that is not equal to the supplied origin."
)
_MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource."
_WILDCARD = (
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when "
    "the request's credentials mode is 'include'."
)
_CREDENTIALS = (
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '{}' which must be 'true' "
    "when the request's credentials mode is 'include'."
)
_SCHEMES = (
    "Cross origin requests are only supported for protocol schemes: chrome, "
    "chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, "
    "isolated-app."
)
_PREFLIGHT = "Response to preflight request doesn't pass access control check: "
_HINT = " Have the server send the header with a valid value."
_XHR_HINT = (
    " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials "
    "attribute."
)

_DETAILS: Final = {
    Cause.MISSING_ALLOW_ORIGIN: _MISSING,
    Cause.MULTIPLE_ALLOW_ORIGIN: _MULTIPLE,
    Cause.INVALID_ALLOW_ORIGIN: _INVALID,
    Cause.ALLOW_ORIGIN_MISMATCH: _MISMATCH,
    Cause.WILDCARD_WITH_CREDENTIALS: _WILDCARD,
    Cause.INVALID_ALLOW_CREDENTIALS: _CREDENTIALS,
    Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN: _PREFLIGHT + _MISSING,
    Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN: _PREFLIGHT + _MULTIPLE,
    Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN: _PREFLIGHT + _INVALID,
    Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH: _PREFLIGHT + _MISMATCH,
    Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS: _PREFLIGHT + _WILDCARD,
    Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS: _PREFLIGHT + _CREDENTIALS,
    Cause.PREFLIGHT_INVALID_STATUS: _PREFLIGHT + "It does not have HTTP ok status.",
    Cause.PREFLIGHT_DISALLOWED_REDIRECT: _PREFLIGHT + "Redirect is not allowed for a preflight request.",
    Cause.INVALID_ALLOW_METHODS: (
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response."
    ),
    Cause.INVALID_ALLOW_HEADERS: (
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response."
    ),
    Cause.METHOD_DISALLOWED: "Method {} is not allowed by Access-Control-Allow-Methods in preflight response.",
    Cause.HEADER_DISALLOWED: (
        "Request header field {} is not allowed by Access-Control-Allow-Headers in preflight response."
    ),
    Cause.REDIRECT_CONTAINS_CREDENTIALS: (
        "Redirect location '{}' contains a username and password, which is disallowed for cross-origin requests."
    ),
    Cause.CORS_DISABLED_SCHEME: _SCHEMES,
    Cause.UNSAFE_REDIRECT: _SCHEMES,
    Cause.INSECURE_LOCAL_NETWORK: (
        "The request client is not a secure context and the resource is in more-private address space `{}`."
    ),
    Cause.INVALID_LOCAL_NETWORK_ACCESS: (
        "Request had a target IP address space of `{}` yet the resource is in address space `{}`."
    ),
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: (
        "Permission was denied for this request to access the `{}` address space."
    ),
}

_BY_VALUE: Final = frozenset(
    {
        Cause.MULTIPLE_ALLOW_ORIGIN,
        Cause.INVALID_ALLOW_ORIGIN,
        Cause.ALLOW_ORIGIN_MISMATCH,
        Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
        Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN,
        Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
    }
)
_BY_CREDENTIALS: Final = frozenset(
    {
        Cause.WILDCARD_WITH_CREDENTIALS,
        Cause.INVALID_ALLOW_CREDENTIALS,
        Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
        Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
    }
)

_NET_ERRORS: Final = {
    Cause.TOO_MANY_REDIRECTS: "net::ERR_TOO_MANY_REDIRECTS",
    Cause.INVALID_REDIRECT: "net::ERR_INVALID_REDIRECT",
    Cause.PREFLIGHT_INVALID_REDIRECT: "net::ERR_INVALID_REDIRECT",
    Cause.UNSAFE_REDIRECT: "net::ERR_UNSAFE_REDIRECT",
    Cause.BAD_PORT: "net::ERR_UNSAFE_PORT",
    Cause.CORP_NOT_SAME_ORIGIN: "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
    Cause.CORP_NOT_SAME_SITE: "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite",
    Cause.CORP_REQUIRED_BY_EMBEDDER: (
        "net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep"
    ),
    Cause.OPAQUE_RESPONSE_BLOCKED: "net::ERR_BLOCKED_BY_ORB",
    Cause.STREAM_UPLOAD_UNSUPPORTED: "net::ERR_ALPN_NEGOTIATION_FAILED",
}
# https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
_FAILURES: Final = {
    FailureKind.NAME_NOT_RESOLVED: "net::ERR_NAME_NOT_RESOLVED",
    FailureKind.CONNECTION_REFUSED: "net::ERR_CONNECTION_REFUSED",
    FailureKind.CONNECTION_CLOSED: "net::ERR_EMPTY_RESPONSE",
    FailureKind.TIMED_OUT: "net::ERR_TIMED_OUT",
    FailureKind.TLS_EXPIRED: "net::ERR_CERT_DATE_INVALID",
    FailureKind.TLS_WRONG_NAME: "net::ERR_CERT_COMMON_NAME_INVALID",
    FailureKind.TLS_UNKNOWN_ISSUER: "net::ERR_CERT_AUTHORITY_INVALID",
    FailureKind.TLS: "net::ERR_SSL_PROTOCOL_ERROR",
    FailureKind.PROTOCOL_ERROR: "net::ERR_INVALID_HTTP_RESPONSE",
    FailureKind.TOO_LARGE: "net::ERR_RESPONSE_HEADERS_TOO_BIG",
    FailureKind.UNREACHABLE: "net::ERR_ADDRESS_UNREACHABLE",
}
# Redirects to these schemes get an answer of their own; any other counts as a CORS matter.
_UNSAFE_REDIRECT_SCHEMES: Final = frozenset({"about", "blob", "chrome", "data", "file", "filesystem"})


def report(outcome: Outcome) -> tuple[str | None, str, tuple[str, ...]]:
    """Return the code, the failed parameter and the console's lines."""
    refusal, request = outcome.refusal, outcome.request
    if refusal is None or request is None:
        return None, "", ()
    code = _code(refusal, request)
    parameter = refusal.parameter if code is not None and "{}" in _DETAILS.get(refusal.cause, "") else ""
    return code, parameter, tuple(_lines(refusal, request, code))


def _code(refusal: Refusal, request: Request) -> str | None:
    match refusal.cause:
        case Cause.UNSAFE_REDIRECT:
            named = request.mode is Mode.CORS and refusal.parameter not in _UNSAFE_REDIRECT_SCHEMES
            return Cause.CORS_DISABLED_SCHEME.value if named else None
        case Cause.DISALLOWED_BY_MODE if refusal.url != refusal.first_url:
            return None
    return refusal.cause.value if refusal.cause.is_cors else None


def _lines(refusal: Refusal, request: Request, code: str | None) -> list[str]:
    cause, url = refusal.cause, refusal.url
    if cause is Cause.DISALLOWED_BY_MODE and url != refusal.first_url:
        return [
            f"Unsafe attempt to load URL {url} from frame with URL {request.client.url}. Domains, protocols and "
            "ports must match.\n"
        ]
    if cause is Cause.DISALLOWED_BY_MODE:
        return [
            f'Fetch API cannot load {url}. Request mode is "same-origin" but the URL\'s origin is not same as '
            f"the request origin {request.client.origin.serialized}."
        ]
    if cause is Cause.NO_CORS_REDIRECT_MODE:
        return [
            f'Fetch API cannot load {url}. Request mode is "no-cors" but the redirect mode is not "follow".'
        ]
    if cause is Cause.CORS_DISABLED_SCHEME:
        return [f'Fetch API cannot load {url}. URL scheme "{url.scheme}" is not supported.']
    if cause is Cause.LOCAL_RESOURCE:
        return [f"Not allowed to load local resource: {url}"]
    if cause is Cause.MIXED_CONTENT:
        return [
            f"Mixed Content: The page at '{request.client.url}' was loaded over HTTPS, but requested an insecure "
            f"resource '{url}'. This request has been blocked; the content must be served over HTTPS."
        ]
    if cause is Cause.UNSAFE_REDIRECT and code is None and refusal.parameter not in _UNSAFE_REDIRECT_SCHEMES:
        return []
    lines = []
    if code is not None:
        lines.append(_blocked(refusal, request))
    lines.append(f"Failed to load resource: {_net_error(refusal)}")
    return lines


def _net_error(refusal: Refusal) -> str:
    if refusal.failure is not None:
        return _FAILURES[refusal.failure.kind]
    return _NET_ERRORS.get(refusal.cause, "net::ERR_FAILED")


def _blocked(refusal: Refusal, request: Request) -> str:
    kind = _KINDS.get(request.initiator, "resource")
    at, first = refusal.url, refusal.first_url
    if refusal.cause is Cause.UNSAFE_REDIRECT and refusal.location is not None:
        at = refusal.location
    redirected = f" (redirected from '{first}')" if at != first else ""
    return (
        f"Access to {kind} at '{at}'{redirected} from origin '{request.client.origin.serialized}' has been "
        f"blocked by CORS policy: {_detail(refusal)}{_suffix(refusal.cause, request)}"
    )


def _detail(refusal: Refusal) -> str:
    text = _DETAILS[refusal.cause]
    if refusal.cause is Cause.INVALID_LOCAL_NETWORK_ACCESS:
        return text.format(*refusal.parameter.split(","))
    return text.format(_escaped(refusal.parameter)) if "{}" in text else text


def _escaped(value: str) -> str:
    """Show what is not printable ASCII by its code unit."""
    return "".join(char if " " <= char <= "~" else f"\\u{ord(char):04X}" for char in value)


def _suffix(cause: Cause, request: Request) -> str:
    if request.initiator is Initiator.FETCH and cause in _BY_VALUE:
        return _HINT
    if request.initiator is Initiator.XHR and cause in _BY_CREDENTIALS:
        return _XHR_HINT
    return ""
