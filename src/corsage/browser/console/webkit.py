"""WebKit's words (CrossOriginAccessControl.cpp, NetworkLoadChecker.cpp), as recorded from WebKitGTK 2.50.

Reasons are numbered W1 to W18, as in ``docs/messages.md``.
"""

from typing import Final

from corsage.browser.profiles import WEBKIT
from corsage.browser.safelist import cors_unsafe_request_header_names
from corsage.model import NO_HEADERS, URL, Cause, Initiator, Mode, Outcome, Refusal, Request

_APIS: Final = {
    Initiator.FETCH: "Fetch API",
    Initiator.XHR: "XMLHttpRequest",
    Initiator.EVENTSOURCE: "EventSource",
    Initiator.BEACON: "Beacon API",
}

# The names that WebKit has by heart (HTTPHeaderNames.in), as far as a script may set them.
_KNOWN: Final = {
    name.lower(): name
    for name in (
        "Accept",
        "Accept-Language",
        "Accept-Ranges",
        "Age",
        "Authorization",
        "Cache-Control",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Location",
        "Content-Type",
        "ETag",
        "Expires",
        "If-Match",
        "If-Modified-Since",
        "If-None-Match",
        "If-Range",
        "If-Unmodified-Since",
        "Last-Event-ID",
        "Last-Modified",
        "Link",
        "Pragma",
        "Purpose",
        "Range",
        "Refresh",
        "Set-Cookie2",
        "Upgrade-Insecure-Requests",
        "User-Agent",
    )
}

_NOT_ALLOWED = frozenset(
    {
        Cause.MISSING_ALLOW_ORIGIN,
        Cause.INVALID_ALLOW_ORIGIN,
        Cause.ALLOW_ORIGIN_MISMATCH,
        Cause.MULTIPLE_ALLOW_ORIGIN,
        Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN,
        Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN,
        Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
        Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
    }
)
_WILDCARD = frozenset({Cause.WILDCARD_WITH_CREDENTIALS, Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS})
_CREDENTIALS = frozenset({Cause.INVALID_ALLOW_CREDENTIALS, Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS})
_CORP = frozenset({Cause.CORP_NOT_SAME_ORIGIN, Cause.CORP_NOT_SAME_SITE, Cause.CORP_REQUIRED_BY_EMBEDDER})


_NON_CORS_SCHEME: Final = "not allowed to follow a cross-origin CORS redirection with non CORS scheme"

_REASONS: Final = (
    dict.fromkeys(
        _NOT_ALLOWED,
        ("W1", "Origin {origin} is not allowed by Access-Control-Allow-Origin. Status code: {status}"),
    )
    | dict.fromkeys(
        _WILDCARD,
        ("W3", "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."),
    )
    | dict.fromkeys(
        _CREDENTIALS, ("W4", 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".')
    )
    | dict.fromkeys(
        (
            Cause.PREFLIGHT_INVALID_STATUS,
            Cause.PREFLIGHT_DISALLOWED_REDIRECT,
            Cause.PREFLIGHT_INVALID_REDIRECT,
        ),
        ("W5", "Preflight response is not successful. Status code: {status}"),
    )
    | {
        Cause.METHOD_DISALLOWED: ("W6", "Method {parameter} is not allowed by Access-Control-Allow-Methods."),
        Cause.HEADER_DISALLOWED: (
            "W7",
            "Request header field {header} is not allowed by Access-Control-Allow-Headers.",
        ),
        Cause.INVALID_ALLOW_METHODS: (
            "W8",
            "Header Access-Control-Allow-Methods has an invalid value: {lines}",
        ),
        Cause.INVALID_ALLOW_HEADERS: (
            "W8",
            "Header Access-Control-Allow-Headers has an invalid value: {lines}",
        ),
        Cause.REDIRECT_CONTAINS_CREDENTIALS: ("W9", "redirection URL {location} has credentials"),
        Cause.INVALID_REDIRECT: ("W9", _NON_CORS_SCHEME),
        Cause.REDIRECT_MODE_ERROR: ("W10", "Not allowed to follow a redirection while loading {url}"),
        Cause.TOO_MANY_REDIRECTS: ("W11", "Load cannot follow more than 20 redirections"),
        Cause.CORS_DISABLED_SCHEME: ("W12", "Cross origin requests are only supported for HTTP."),
        Cause.LOCAL_RESOURCE: ("W12", "Cross origin requests are only supported for HTTP."),
        Cause.NO_CORS_REDIRECT_MODE: ("W13", "No-Cors mode requires follow redirect mode"),
        Cause.BAD_PORT: ("W16", "Not allowed to use restricted network port {parameter}: {url}"),
        Cause.MIXED_CONTENT: (
            "mixed-content",
            "[blocked] The page at {page} requested insecure content from {url}. This content was blocked and "
            "must be served over HTTPS.",
        ),
    }
    | dict.fromkeys(
        _CORP,
        (
            "W14",
            "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy response "
            "header.",
        ),
    )
)


def report(outcome: Outcome) -> tuple[str | None, str, tuple[str, ...]]:
    """Return the reason's number, nothing, and the console's lines."""
    request, refusal = outcome.request, outcome.refusal
    if request is None:
        return None, "", ()
    dropped = [f'Refused to set unsafe header "{name}"' for name in _refused_headers(request)]
    if refusal is None:
        return ("W17" if dropped else None), "", tuple(dropped)
    code, reason = _reason(refusal, request)
    lines = dropped + reason
    if request.initiator is Initiator.BEACON and reason:
        lines.append(f"Beacon API cannot load {refusal.url}. {reason[-1]}")
    else:
        lines += _cannot_load(refusal, request, code)
    return (code or ("W17" if dropped else None)), "", tuple(lines)


def _refused_headers(request: Request) -> tuple[str, ...]:
    return request.dropped_headers if request.initiator is Initiator.XHR else ()


def _reason(refusal: Refusal, request: Request) -> tuple[str | None, list[str]]:
    """Return the reason's number and its lines."""
    code, text = _plain_reason(refusal, request)
    location = _shown_location(refusal)
    if location is not None and text is not None and (code == "W9" or _denies_redirect(refusal)):
        return "W9", [
            f"Cross-origin redirection to {location} denied by Cross-Origin Resource Sharing policy: {text}"
        ]
    if text is None:
        return code, []
    if code == "mixed-content" and request.initiator not in _APIS:
        return code, [text]
    directly = refusal.redirected_from is None
    refused = (
        code == "W13"
        or (code == "mixed-content" and directly)
        or (code == "local-resource" and refusal.location is None)
    )
    return code, [text, "Not allowed to request resource"] if refused else [text]


def _shown_location(refusal: Refusal) -> str | None:
    if refusal.location is None or (refusal.headers is not None and refusal.headers.get("location") == ""):
        return refusal.parameter if refusal.cause is Cause.INVALID_REDIRECT else None
    return refusal.location.without_credentials


def _denies_redirect(refusal: Refusal) -> bool:
    return (refusal.cause.is_cors and not refusal.cause.is_preflight) or refusal.cause in _CORP


def _plain_reason(refusal: Refusal, request: Request) -> tuple[str | None, str | None]:
    match refusal.cause:
        case Cause.UNSAFE_REDIRECT:
            return _unsafe_redirect(refusal, request)
        case Cause.DISALLOWED_BY_MODE | Cause.BAD_PORT | Cause.LOCAL_RESOURCE if (
            request.mode is Mode.SAME_ORIGIN
        ):
            if refusal.url == refusal.first_url:
                return "cannot-load", None
            return "W15", _not_same_origin(refusal.url, request)
        case Cause.CORS_DISABLED_SCHEME | Cause.LOCAL_RESOURCE if request.mode is not Mode.CORS:
            return _no_cors_scheme(refusal)
        case Cause.INVALID_REDIRECT if not (refusal.reached_cross_origin and refusal.parameter):
            return None, None
        case cause if cause in _NOT_ALLOWED and ("," in refusal.parameter or len(refusal.lines) > 1):
            return "W2", "Access-Control-Allow-Origin cannot contain more than one origin."
    if refusal.cause not in _REASONS:
        return None, None
    code, text = _REASONS[refusal.cause]
    return code, text.format(
        url=refusal.url,
        page=request.client.url,
        page_origin=request.client.origin.serialized,
        origin=refusal.origin,
        status=refusal.status,
        location=refusal.location,
        parameter=refusal.parameter,
        lines=", ".join(refusal.lines),
        header=_author_spelling(refusal, request) if refusal.cause is Cause.HEADER_DISALLOWED else "",
    )


def _author_spelling(refusal: Refusal, request: Request) -> str:
    """Return the first header that is not allowed: those that WebKit knows first, then as the author wrote them."""
    unsafe = set(cors_unsafe_request_header_names(request.headers.combined(), WEBKIT))
    allowed = {
        name.lower() for name in (refusal.headers or NO_HEADERS).extract("access-control-allow-headers") or ()
    }
    wanted = [name for name, _ in request.headers.combined() if name.lower() in unsafe - allowed]
    known = [name for name in wanted if name.lower() in _KNOWN]
    return _KNOWN[known[0].lower()] if known else next(iter(wanted), refusal.parameter)


def _unsafe_redirect(refusal: Refusal, request: Request) -> tuple[str, str]:
    scheme = refusal.parameter
    if scheme == "ftp":
        return "ftp-disabled", "FTP URLs are disabled"
    if request.mode is Mode.CORS and refusal.reached_cross_origin:
        return "W9", _NON_CORS_SCHEME
    if scheme in {"blob", "file"}:
        return "local-resource", f"Not allowed to load local resource: {refusal.location}"
    if request.mode is Mode.CORS:
        return "W9", _NON_CORS_SCHEME
    if request.mode is Mode.SAME_ORIGIN:
        return "W15", _not_same_origin(refusal.location, request)
    return "redirect-scheme", "Redirection to URL with a scheme that is not HTTP(S)."


def _not_same_origin(url: URL | None, request: Request) -> str:
    shown = url.without_credentials if url is not None else ""
    return (
        f"Unsafe attempt to load URL {shown} from origin {request.client.origin.serialized}. Domains, protocols and "
        "ports must match."
    )


def _no_cors_scheme(refusal: Refusal) -> tuple[str | None, str | None]:
    """What no-cors and same-origin requests for other schemes get."""
    match refusal.url.scheme:
        case "ftp":
            return "ftp-disabled", "FTP URLs are disabled"
        case "blob" | "file":
            return "local-resource", f"Not allowed to load local resource: {refusal.url}"
    return None, None


def _cannot_load(refusal: Refusal, request: Request, code: str | None) -> list[str]:
    if code is None:
        return []
    if code == "mixed-content" and request.initiator not in _APIS:
        return []
    match request.initiator:
        case Initiator.SCRIPT:
            return ["Cross-origin script load denied by Cross-Origin Resource Sharing policy."]
        case Initiator.IMAGE:
            return [f"Cannot load image {refusal.first_url} due to access control checks."]
    api = _APIS.get(request.initiator)
    if api is None or code == "W16":
        return []
    if code == "cannot-load":
        return [f"{api} cannot load {refusal.url}."]
    at = refusal.location if code == "redirect-scheme" and refusal.location else refusal.url
    if code == "mixed-content" and refusal.redirected_from is not None:
        at = refusal.redirected_from
    return [f"{api} cannot load {at.without_credentials} due to access control checks."]
