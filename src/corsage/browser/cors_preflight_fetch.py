"""CORS-preflight fetch: ask the server before sending what could do harm.

Source: https://fetch.spec.whatwg.org/#cors-preflight-fetch
"""

from collections.abc import Generator
from typing import TypeAlias

from corsage.browser.cache_entry_match import remember_preflight
from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_network_fetch import request_referrer
from corsage.browser.local_network import local_network_check, local_network_check_by_name
from corsage.browser.preflight_checks import PREFLIGHT, check_preflight_response
from corsage.browser.sec_fetch import sec_fetch_headers
from corsage.model import (
    NOTE,
    REFUSED,
    Cause,
    HeaderList,
    Mode,
    NetworkFailure,
    Refusal,
    WireKind,
    WireRequest,
    WireResponse,
)

Preflight: TypeAlias = Generator[WireRequest, WireResponse | NetworkFailure, Refusal | None]


def cors_preflight_fetch(params: FetchParams, unsafe_names: tuple[str, ...]) -> Preflight:
    """Send a preflight for the current hop; return ``None`` where the server allows the request.

    Args:
        params: the fetch.
        unsafe_names: what ``Access-Control-Request-Headers`` lists.
    """
    refusal = local_network_check_by_name(params)
    if refusal is not None:
        return refusal
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
    refusal = local_network_check(params, response)
    if refusal is not None:
        return refusal
    # 7.-7.7. Judge the response.
    refusal = check_preflight_response(params, response, unsafe_names)
    # 7.8-7.15. Keep the answer.
    if refusal is None:
        remember_preflight(params, response)
    return refusal


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
