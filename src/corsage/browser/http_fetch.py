"""HTTP fetch: preflight if needed, the request, the CORS check, then redirects.

Source: https://fetch.spec.whatwg.org/#concept-http-fetch. There are no service workers here.
"""

from collections.abc import Generator
from dataclasses import replace
from typing import Final, TypeAlias

from corsage.browser.cache_entry_match import is_preflight_cached
from corsage.browser.cors_check import cors_check
from corsage.browser.cors_preflight_fetch import cors_preflight_fetch
from corsage.browser.cross_origin_resource_policy import cross_origin_resource_policy_check
from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_network_fetch import http_network_fetch
from corsage.browser.mixed_content import block_mixed_content, block_mixed_redirect
from corsage.browser.opaque_response_blocking import opaque_response_blocking
from corsage.browser.redirect_url import location_url
from corsage.model import (
    OK,
    REFUSED,
    Algorithm,
    Cause,
    Credentials,
    NetworkFailure,
    Redirect,
    Refusal,
    Tainting,
    WireRequest,
    WireResponse,
)
from corsage.model.names import REDIRECT_STATUSES
from corsage.model.trace import FETCH

HTTP_FETCH: Final = Algorithm("HTTP fetch", FETCH + "concept-http-fetch")

Fetching: TypeAlias = Generator[WireRequest, WireResponse | NetworkFailure, WireResponse | Refusal]


def http_fetch(params: FetchParams, *, make_cors_preflight: bool) -> Fetching:
    """Fetch the current hop; the response may be a redirect, which main fetch follows."""
    # 4.1. Ask first, unless the server's earlier answer still holds.
    if make_cors_preflight:
        refusal = yield from _ask_first(params)
        if refusal is not None:
            return refusal

    # 4.3. The request itself.
    response = yield from http_network_fetch(params)
    if isinstance(response, Refusal):
        return response

    # 4.4. The CORS check, on redirects and errors, too: the status plays no part.
    if params.tainting is Tainting.CORS:
        refusal = _refused_by_cors(params, response)
        if refusal is not None:
            return refusal

    # 5. Responses that the page may use but not read.
    if params.tainting is Tainting.OPAQUE:
        refusal = cross_origin_resource_policy_check(params, response) or opaque_response_blocking(
            params, response
        )
        if refusal is not None:
            return replace(refusal, location=location_url(params, response))

    # 6. A redirect is an error where the page said so; following is main fetch's part.
    if response.status in REDIRECT_STATUSES and params.request.redirect is Redirect.ERROR:
        params.trace.record(
            HTTP_FETCH, "6.3", REFUSED, "a redirect ({}), and redirect mode is error", response.status
        )
        return params.refuse(
            Cause.REDIRECT_MODE_ERROR, response=response, location=location_url(params, response)
        )
    params.trace.record(HTTP_FETCH, "7", OK, "response with status {}", response.status)
    return response


def _ask_first(params: FetchParams) -> Generator[WireRequest, WireResponse | NetworkFailure, Refusal | None]:
    names = requested_header_names(params)
    if not is_preflight_cached(params, names):
        refusal = yield from cors_preflight_fetch(params, names)
        if refusal is not None:
            return refusal
    params.was_preflighted = True
    if params.profile.mixed_content_follows_redirected_preflight:
        return block_mixed_content(params)
    return None


def _refused_by_cors(params: FetchParams, response: WireResponse) -> Refusal | None:
    if params.profile.redirect_is_judged_for_mixed_content_first:
        refusal = block_mixed_redirect(params, response)
        if refusal is not None:
            return refusal
    failed = cors_check(
        origin=params.serialized_origin,
        credentials=_credentials_for_check(params, response),
        headers=response.headers,
        profile=params.profile,
        trace=params.trace,
    )
    if failed is None:
        return None
    return params.refuse(
        failed.cause,
        failed.value,
        response=response,
        location=location_url(params, response),
        lines=failed.lines,
    )


def _credentials_for_check(params: FetchParams, response: WireResponse) -> Credentials:
    mode = params.request.credentials
    if (
        params.profile.first_foreign_redirect_needs_credentials
        and mode is Credentials.SAME_ORIGIN
        and response.status in REDIRECT_STATUSES
        and len(params.urls) > 1
        and all(params.origin.same_origin(url.origin) for url in params.urls[:-1])
    ):
        return Credentials.INCLUDE
    return mode


def requested_header_names(params: FetchParams) -> tuple[str, ...]:
    """Return the names that the preflight of the current hop asks for."""
    profile = params.profile
    if profile.lists_headers_stripped_by_redirects:
        return params.first_unsafe_names
    if profile.unsafe_headers_survive_redirects and params.redirect_count:
        return tuple(name for name in params.first_unsafe_names if name not in params.just_stripped)
    return params.unsafe_header_names()
