"""CORS-preflight fetch: ask the server before sending what could do harm.

Source: https://fetch.spec.whatwg.org/#cors-preflight-fetch
"""

from collections.abc import Callable, Generator
from typing import Final, TypeAlias

from corsage.browser.cors_check import cors_check
from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_network_fetch import request_referrer
from corsage.browser.preflight_cache import CACHE_MATCH, CacheKey, max_age
from corsage.browser.profiles import PreflightCheck
from corsage.browser.redirect_url import location_lines, location_url
from corsage.browser.sec_fetch import sec_fetch_headers
from corsage.grammar import FAILURE
from corsage.model import (
    NOTE,
    OK,
    REFUSED,
    Algorithm,
    Cause,
    Credentials,
    HeaderList,
    Mode,
    NetworkFailure,
    Refusal,
    WireKind,
    WireRequest,
    WireResponse,
)
from corsage.model.names import CORS_SAFELISTED_METHODS, NON_WILDCARD_HEADERS
from corsage.model.trace import FETCH

PREFLIGHT: Final = Algorithm("CORS-preflight fetch", FETCH + "cors-preflight-fetch")
AUTHORIZATION_WARNING: Final = "AuthorizationCoveredByWildcard"

Preflight: TypeAlias = Generator[WireRequest, WireResponse | NetworkFailure, Refusal | None]

_ALLOW_METHODS: Final = "access-control-allow-methods"
_ALLOW_HEADERS: Final = "access-control-allow-headers"
_OK_STATUSES: Final = range(200, 300)


def cors_preflight_fetch(params: FetchParams, unsafe_names: tuple[str, ...]) -> Preflight:
    """Send a preflight for the current hop; return ``None`` where the server allows the request.

    Args:
        params: the fetch.
        unsafe_names: what ``Access-Control-Request-Headers`` lists.
    """
    # 1.-5. The preflight itself: OPTIONS, no credentials, no body.
    wire = preflight_request(params, unsafe_names)
    params.trace.record(
        PREFLIGHT,
        "1",
        NOTE,
        "asks {} for {} with {}",
        wire.url,
        params.method,
        ", ".join(unsafe_names) or "no unsafe headers",
    )
    # 6. Send it.
    response = yield wire
    if isinstance(response, NetworkFailure):
        params.trace.record(PREFLIGHT, "7", REFUSED, "no response to the preflight: {}", response.kind)
        return params.refuse(Cause.PREFLIGHT_NETWORK_FAILURE, failure=response)
    # 7. Judge the response. The order in which browsers look differs; what passes does not.
    for check in params.profile.preflight_checks:
        refusal = _CHECKS[check](params, response, unsafe_names)
        if refusal is not None:
            return refusal
    # 7.8-7.15. Keep the answer.
    _remember(params, response)
    return None


def preflight_request(params: FetchParams, unsafe_names: tuple[str, ...]) -> WireRequest:
    """Make the OPTIONS request that asks for the current hop (steps 1 to 5)."""
    page_origin = params.profile.preflight_after_taint_has_page_origin
    headers = [
        ("Accept", "*/*"),
        ("Access-Control-Request-Method", params.method),
    ]
    if unsafe_names:
        # 5.1. Joined without a space, on purpose.
        headers.append(("Access-Control-Request-Headers", ",".join(unsafe_names)))
    headers.append(("Origin", params.origin.serialized if page_origin else params.serialized_origin))
    referrer = _referrer(params)
    if referrer is not None:
        headers.append(("Referer", referrer))
    headers += sec_fetch_headers(params, Mode.CORS)
    return WireRequest(WireKind.PREFLIGHT, "OPTIONS", params.url, HeaderList(headers))


def _referrer(params: FetchParams) -> str | None:
    if params.profile.preflight_keeps_first_referrer and params.first_referrer is not None:
        return params.first_referrer
    return request_referrer(params)


def _check_redirect(params: FetchParams, response: WireResponse, _: tuple[str, ...]) -> Refusal | None:
    # Without a Location nothing redirects: such a response fails by its status.
    lines = location_lines(response)
    if not lines or not lines[0]:
        return None
    location = location_url(params, response)
    if location is None:
        params.trace.record(PREFLIGHT, "7", REFUSED, "the preflight is redirected to no URL: {}", lines[0])
        return params.refuse(Cause.PREFLIGHT_INVALID_REDIRECT, lines[0], response=response)
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


def cache_key(params: FetchParams) -> CacheKey:
    """Return where the answer for the current hop is kept."""
    return CacheKey(params.client.top_level_origin.serialized, params.serialized_origin, params.url.href)


def is_preflight_cached(params: FetchParams, unsafe_names: tuple[str, ...]) -> bool:
    """Tell whether an earlier preflight covers the current hop (HTTP fetch, step 4.1)."""
    covered = _is_covered(params, unsafe_names)
    if not covered and params.profile.cache_keeps_one_answer:
        params.cache.clear(cache_key(params))
    return covered


def is_preflight_forced(params: FetchParams) -> bool:
    """Tell whether a preflight is due whatever the method and the headers are."""
    sticky = params.profile.preflight_decision_is_sticky and params.was_preflighted
    return params.request.use_cors_preflight or sticky


def _is_covered(params: FetchParams, unsafe_names: tuple[str, ...]) -> bool:
    profile = params.profile
    if params.request.cache in profile.cache_modes_that_bypass or not len(params.cache):
        return False
    key = cache_key(params)
    include = _includes(params)
    method = params.method
    exempt = method in CORS_SAFELISTED_METHODS and (method != "HEAD" or profile.cache_exempts_head)
    if is_preflight_forced(params) and not params.cache.holds(key):
        return False
    forced = params.request.use_cors_preflight and not profile.cache_exempts_safelisted_methods
    if forced or not exempt:
        if not params.cache.allows_method(key, method, include=include, profile=profile, now=params.now):
            return False
    for name in unsafe_names:
        if not params.cache.allows_header(key, name, include=include, profile=profile, now=params.now):
            return False
    params.trace.record(CACHE_MATCH, "1", OK, "an earlier preflight still covers {} {}", method, params.url)
    return True


def _remember(params: FetchParams, response: WireResponse) -> None:
    profile = params.profile
    if params.serialized_origin == "null" and not profile.caches_for_opaque_origins:
        return
    seconds = max_age(response.headers.lines("access-control-max-age"), profile)
    if seconds is None:
        return
    methods = _allowed(response, _ALLOW_METHODS)
    # 7.4. A preflight forced by a stream or an upload listener is worth keeping, too.
    if not response.headers.lines(_ALLOW_METHODS) and params.request.use_cors_preflight:
        methods = (params.method,)
    params.cache.store(
        cache_key(params),
        methods,
        _allowed(response, _ALLOW_HEADERS),
        include=_includes(params),
        expires=params.now + seconds,
    )
    params.trace.record(PREFLIGHT, "7.10", NOTE, "the answer is kept for {} s", seconds)
