"""What is asked of the response to a preflight: CORS-preflight fetch, steps 7 to 7.7, one function a question.

Source: https://fetch.spec.whatwg.org/#cors-preflight-fetch
"""

from collections.abc import Callable
from typing import Final

from corsage.browser.cors_check import cors_check
from corsage.browser.differences import PreflightCheck
from corsage.browser.fetch_params import FetchParams
from corsage.browser.redirect_url import location_lines, location_url
from corsage.grammar import FAILURE
from corsage.model import OK, REFUSED, Algorithm, Cause, Credentials, Refusal, WireResponse
from corsage.model.names import CORS_SAFELISTED_METHODS, NON_WILDCARD_HEADERS
from corsage.model.trace import FETCH

PREFLIGHT: Final = Algorithm("CORS-preflight fetch", FETCH + "cors-preflight-fetch")
AUTHORIZATION_WARNING: Final = "AuthorizationCoveredByWildcard"

_ALLOW_METHODS: Final = "access-control-allow-methods"
_ALLOW_HEADERS: Final = "access-control-allow-headers"
_OK_STATUSES: Final = range(200, 300)


def check_preflight_response(
    params: FetchParams, response: WireResponse, unsafe_names: tuple[str, ...]
) -> Refusal | None:
    """Judge *response*; ``None`` allows the request.

    The order in which browsers look differs; what passes does not.
    """
    for check in params.profile.preflight_checks:
        refusal = _CHECKS[check](params, response, unsafe_names)
        if refusal is not None:
            return refusal
    return None


def _check_location(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    lines = location_lines(response)
    # Without a Location nothing redirects: such a response fails by its status.
    if not lines or not lines[0] or location_url(params, response) is not None:
        return None
    params.trace.record(PREFLIGHT, "7", REFUSED, "the preflight is redirected to no URL: {}", lines[0])
    return params.refuse(Cause.PREFLIGHT_INVALID_REDIRECT, lines[0], response=response)


def _check_redirect(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    lines = location_lines(response)
    location = location_url(params, response)
    if location is None or not lines[0]:
        return None
    params.trace.record(PREFLIGHT, "7", REFUSED, "the preflight is redirected: status {}", response.status)
    return params.refuse(Cause.PREFLIGHT_DISALLOWED_REDIRECT, response=response, location=location)


def _check_cors(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    if params.profile.preflight_to_own_origin_is_unchecked and params.origin.same_origin(params.url.origin):
        return None
    # The credentials mode is the actual request's: the preflight speaks for it.
    page_origin = params.profile.preflight_after_taint_has_page_origin
    failed = cors_check(
        origin=params.origin.serialized if page_origin else params.serialized_origin,
        credentials=params.request.credentials,
        headers=response.headers,
        profile=params.profile,
        trace=params.trace,
    )
    if failed is None:
        return None
    return params.refuse(failed.cause.on_preflight, failed.value, response=response, lines=failed.lines)


def _check_status(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    if response.status in _OK_STATUSES:
        return None
    params.trace.record(PREFLIGHT, "7", REFUSED, "the status is {}, not 200 to 299", response.status)
    return params.refuse(Cause.PREFLIGHT_INVALID_STATUS, response=response)


def _check_parses(params: FetchParams, response: WireResponse, header: str, cause: Cause) -> Refusal | None:
    if response.headers.extract(header) is not FAILURE:
        return None
    lines = response.headers.lines(header)
    params.trace.record(PREFLIGHT, "7.3", REFUSED, "cannot parse {}: {}", header, ", ".join(lines))
    return params.refuse(cause, response=response, lines=lines)


def _check_methods_parse(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    return _check_parses(params, response, _ALLOW_METHODS, Cause.INVALID_ALLOW_METHODS)


def _check_headers_parse(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    return _check_parses(params, response, _ALLOW_HEADERS, Cause.INVALID_ALLOW_HEADERS)


def _check_method(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    method = params.method
    # Comparison is byte for byte: "put" does not allow PUT.
    if method in CORS_SAFELISTED_METHODS:
        params.trace.record(PREFLIGHT, "7.5", OK, "{} is a CORS-safelisted method", method)
        return None
    methods = _allowed(response, _ALLOW_METHODS)
    if method in methods or ("*" in methods and not _includes(params)):
        params.trace.record(PREFLIGHT, "7.5", OK, "{} is allowed", method)
        return None
    params.trace.record(
        PREFLIGHT,
        "7.5",
        REFUSED,
        "{} is not in Access-Control-Allow-Methods: {}",
        method,
        ", ".join(methods) or "absent",
    )
    return params.refuse(
        Cause.METHOD_DISALLOWED, method, response=response, lines=response.headers.lines(_ALLOW_METHODS)
    )


def _check_authorization(
    params: FetchParams, response: WireResponse, unsafe_names: tuple[str, ...]
) -> Refusal | None:
    allowed = {name.lower() for name in _allowed(response, _ALLOW_HEADERS)}
    for name in unsafe_names:
        if name in NON_WILDCARD_HEADERS and name not in allowed:
            params.trace.record(
                PREFLIGHT, "7.6", REFUSED, "{} must be listed by name: * does not cover it", name
            )
            return params.refuse(
                Cause.HEADER_DISALLOWED, name, response=response, lines=response.headers.lines(_ALLOW_HEADERS)
            )
    return None


def _check_headers(
    params: FetchParams, response: WireResponse, unsafe_names: tuple[str, ...]
) -> Refusal | None:
    allowed = {name.lower() for name in _allowed(response, _ALLOW_HEADERS)}
    wildcard = "*" in allowed and not _includes(params)
    for name in unsafe_names:
        if name in allowed:
            continue
        if wildcard:
            if name in NON_WILDCARD_HEADERS:
                params.warnings.append(AUTHORIZATION_WARNING)
                params.deprecated_at.append(params.url)
            continue
        params.trace.record(
            PREFLIGHT,
            "7.7",
            REFUSED,
            "{} is not in Access-Control-Allow-Headers: {}",
            name,
            ", ".join(sorted(allowed)) or "absent",
        )
        return params.refuse(
            Cause.HEADER_DISALLOWED, name, response=response, lines=response.headers.lines(_ALLOW_HEADERS)
        )
    if unsafe_names:
        params.trace.record(PREFLIGHT, "7.7", OK, "every unsafe header is allowed")
    return None


_CHECKS: Final[
    dict[PreflightCheck, Callable[[FetchParams, WireResponse, tuple[str, ...]], Refusal | None]]
] = {
    PreflightCheck.LOCATION: _check_location,
    PreflightCheck.REDIRECT: _check_redirect,
    PreflightCheck.CORS_CHECK: _check_cors,
    PreflightCheck.STATUS: _check_status,
    PreflightCheck.PARSE_METHODS: _check_methods_parse,
    PreflightCheck.PARSE_HEADERS: _check_headers_parse,
    PreflightCheck.METHOD: _check_method,
    PreflightCheck.AUTHORIZATION: _check_authorization,
    PreflightCheck.HEADERS: _check_headers,
}


def _allowed(response: WireResponse, header: str) -> tuple[str, ...]:
    return response.headers.extract(header) or ()


def _includes(params: FetchParams) -> bool:
    return params.request.credentials is Credentials.INCLUDE
