"""Main fetch: the dispatch that decides whether a request is CORS at all.

Source: https://fetch.spec.whatwg.org/#concept-main-fetch. Where the standard recurses for redirects, this loops.
"""

from typing import Final

from corsage.browser.cache_entry_match import cache_key, is_preflight_forced
from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_fetch import Fetching, http_fetch, requested_header_names
from corsage.browser.http_redirect_fetch import follow_redirect
from corsage.browser.mixed_content import block_mixed_content, upgrade_mixed_content
from corsage.browser.scheme_fetch import scheme_fetch
from corsage.model import OK, REFUSED, Algorithm, Cause, Mode, Redirect, Refusal, Tainting
from corsage.model.names import BAD_PORTS, CORS_SAFELISTED_METHODS, REDIRECT_STATUSES
from corsage.model.trace import FETCH

MAIN_FETCH: Final = Algorithm("main fetch", FETCH + "main-fetch")


def main_fetch(params: FetchParams) -> Fetching:
    """Fetch *params*, redirects included; return the last response or the network error."""
    while True:
        response = yield from _fetch_hop(params)
        if isinstance(response, Refusal) or response.status not in REDIRECT_STATUSES:
            return response
        if params.request.redirect is not Redirect.FOLLOW:
            return response
        followed = follow_redirect(params, response)
        if isinstance(followed, Refusal):
            return followed
        if not followed:
            return response


def _fetch_hop(params: FetchParams) -> Fetching:
    # 6. Images of secure pages are upgraded rather than blocked.
    if params.client.prohibits_mixed_content:
        upgrade_mixed_content(params)
    # 7. What is blocked before anything is sent.
    refusal = _blocked(params)
    if refusal is not None:
        return refusal
    # 12. The first statement that matches.
    trace, url, mode = params.trace, params.url, params.request.mode
    same_origin = params.origin.same_origin(url.origin)
    if (same_origin and params.tainting is Tainting.BASIC) or url.scheme == "data" or mode is Mode.NAVIGATE:
        trace.record(MAIN_FETCH, "12", OK, "{} is same origin: CORS plays no part", url)
        params.tainting = Tainting.BASIC
        return (yield from scheme_fetch(params))
    if url.scheme == "file":
        trace.record(MAIN_FETCH, "12", REFUSED, "no page may fetch {}", url)
        return params.refuse(Cause.LOCAL_RESOURCE, url.scheme)
    if mode is Mode.SAME_ORIGIN:
        trace.record(MAIN_FETCH, "12", REFUSED, "mode same-origin, and {} is not", url)
        return params.refuse(Cause.DISALLOWED_BY_MODE)
    if mode is Mode.NO_CORS:
        return (yield from _fetch_no_cors(params))
    if not url.is_http:
        trace.record(MAIN_FETCH, "12", REFUSED, "scheme {} does not take part in CORS", url.scheme)
        return params.refuse(Cause.CORS_DISABLED_SCHEME, url.scheme)
    return (yield from _fetch_cors(params))


def _blocked(params: FetchParams) -> Refusal | None:
    url = params.url
    if url.is_http and url.port in BAD_PORTS:
        params.trace.record(MAIN_FETCH, "7", REFUSED, "port {} is blocked", url.port)
        return params.refuse(Cause.BAD_PORT, str(url.port))
    if params.profile.mode_precedes_mixed_content and _is_refused_by_mode(params):
        return None
    if _is_blocked_after_preflight(params):
        return None
    return block_mixed_content(params)


def _is_blocked_after_preflight(params: FetchParams) -> bool:
    return (
        params.profile.mixed_content_follows_redirected_preflight
        and params.redirect_count > 0
        and params.request.mode is Mode.CORS
        and needs_preflight(params)
    )


def _is_refused_by_mode(params: FetchParams) -> bool:
    """Tell whether step 12 will refuse the hop by its mode alone."""
    if params.origin.same_origin(params.url.origin) and params.tainting is Tainting.BASIC:
        return False
    request = params.request
    must_follow = request.mode is Mode.NO_CORS and request.redirect is not Redirect.FOLLOW
    return must_follow or request.mode is Mode.SAME_ORIGIN


def _fetch_no_cors(params: FetchParams) -> Fetching:
    if params.request.redirect is not Redirect.FOLLOW:
        params.trace.record(MAIN_FETCH, "12", REFUSED, "mode no-cors must follow redirects")
        return params.refuse(Cause.NO_CORS_REDIRECT_MODE)
    params.trace.record(MAIN_FETCH, "12", OK, "mode no-cors: the response will be opaque")
    params.tainting = Tainting.OPAQUE
    return (yield from scheme_fetch(params))


def _fetch_cors(params: FetchParams) -> Fetching:
    params.tainting = Tainting.CORS
    params.was_cross_origin = True
    preflight = needs_preflight(params)
    if not preflight:
        params.trace.record(MAIN_FETCH, "12", OK, "cross-origin, and no preflight is needed")
        return (yield from http_fetch(params, make_cors_preflight=False))
    params.trace.record(MAIN_FETCH, "12", OK, "cross-origin, and a preflight is needed")
    response = yield from http_fetch(params, make_cors_preflight=True)
    if isinstance(response, Refusal) and _failure_clears_cache(params, response):
        params.cache.clear(cache_key(params))
    return response


def needs_preflight(params: FetchParams) -> bool:
    """Tell whether the current hop needs the server's leave (step 12, the last two statements)."""
    request, profile = params.request, params.profile
    if is_preflight_forced(params):
        return True
    if not request.unsafe_request:
        return False
    if params.method not in CORS_SAFELISTED_METHODS:
        return True
    if profile.unsafe_headers_survive_redirects:
        return bool(params.first_unsafe_names)
    return bool(requested_header_names(params))


def _failure_clears_cache(params: FetchParams, refusal: Refusal) -> bool:
    if refusal.cause.is_preflight:
        return params.profile.failed_preflight_clears_cache
    return params.profile.failure_clears_cache
