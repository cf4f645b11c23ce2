"""HTTP-network-or-cache fetch: make the wire request of the current hop, send it, take in what comes back.

There is no HTTP cache here: the engine answers what a first visit sees.
Source: https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
"""

from collections.abc import Generator
from typing import Final, TypeAlias

from corsage.browser.cookies import append_request_cookie_header
from corsage.browser.fetch_params import FetchParams
from corsage.browser.local_network import local_network_check, local_network_check_by_name
from corsage.browser.origin_header import APPEND_ORIGIN, request_origin_header
from corsage.browser.referrer import determine_referrer
from corsage.browser.sec_fetch import sec_fetch_headers
from corsage.model import (
    NOTE,
    OK,
    REFUSED,
    Algorithm,
    Cause,
    Credentials,
    EmbedderPolicy,
    HeaderList,
    Mode,
    NetworkFailure,
    Refusal,
    Tainting,
    WireKind,
    WireRequest,
    WireResponse,
)
from corsage.model.trace import FETCH

NETWORK_FETCH: Final = Algorithm("HTTP-network-or-cache fetch", FETCH + "concept-http-network-or-cache-fetch")

Exchange: TypeAlias = Generator[WireRequest, WireResponse | NetworkFailure, WireResponse | Refusal]

# https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, keepalive: 64 KiB in flight
KEEPALIVE_LIMIT: Final = 64 * 1024
# https://searchfox.org/mozilla-central/search?q=nsHttpHeaderArray%3A%3AIsSingletonHeader, those that scripts can set
_SINGLETONS: Final = frozenset(
    {
        "authorization",
        "content-disposition",
        "content-type",
        "from",
        "if-modified-since",
        "if-unmodified-since",
        "location",
        "max-forwards",
        "user-agent",
    }
)
PROXY_AUTHENTICATION_REQUIRED: Final = 407


def http_network_fetch(params: FetchParams) -> Exchange:
    """Send the actual request of the current hop; return its response or the network error."""
    trace = params.trace
    body = params.body
    if body is not None and params.request.keepalive and len(body.data) > KEEPALIVE_LIMIT:
        trace.record(
            NETWORK_FETCH, "8.11", REFUSED, "a keepalive body is over 64 KiB: {} bytes", len(body.data)
        )
        return params.refuse(Cause.KEEPALIVE_BODY_TOO_LARGE)
    if _is_unsendable_stream(params):
        trace.record(
            NETWORK_FETCH, "10", REFUSED, "a stream upload needs HTTP/2, which http: URLs do not get"
        )
        return params.refuse(Cause.STREAM_UPLOAD_UNSUPPORTED)
    refusal = local_network_check_by_name(params)
    if refusal is not None:
        return refusal
    include_credentials = credentials_are_included(params)
    wire = WireRequest(
        kind=WireKind.ACTUAL,
        method=params.method,
        url=params.url,
        headers=HeaderList(_headers(params, include_credentials=include_credentials)),
        body=None if body is None else body.data,
    )
    trace.record(NETWORK_FETCH, "8", NOTE, "sends {} {}", wire.method, wire.url)
    response = yield wire
    if isinstance(response, NetworkFailure):
        trace.record(NETWORK_FETCH, "10", REFUSED, "no response: {}", response.kind)
        return params.refuse(Cause.NETWORK_FAILURE, failure=response)
    refusal = local_network_check(params, response)
    if refusal is not None:
        return refusal
    if include_credentials:
        for line in response.headers.lines("set-cookie"):
            params.cookies.set_from(params.url, line)
    if response.status == PROXY_AUTHENTICATION_REQUIRED and params.profile.proxy_authentication_fails:
        trace.record(NETWORK_FETCH, "15", REFUSED, "407 Proxy Authentication Required without a prompt")
        return params.refuse(Cause.PROXY_AUTHENTICATION, response=response)
    return response


def _is_unsendable_stream(params: FetchParams) -> bool:
    stream = params.body is not None and not params.body.has_source
    return stream and params.profile.streams_need_http2 and params.url.scheme == "http"


def credentials_are_included(params: FetchParams) -> bool:
    """Tell whether cookies and stored credentials go along (step 8.3 and 8.4)."""
    mode = params.request.credentials
    include = mode is Credentials.INCLUDE or (
        mode is Credentials.SAME_ORIGIN and params.tainting is Tainting.BASIC
    )
    if (
        params.profile.no_cors_redirect_keeps_credentials
        and mode is Credentials.SAME_ORIGIN
        and params.request.mode is Mode.NO_CORS
    ):
        include = params.origin.same_origin(params.urls[0].origin)
    # https://html.spec.whatwg.org/multipage/browsers.html#coep: credentialless pages send none across origins
    if (
        params.client.embedder_policy is EmbedderPolicy.CREDENTIALLESS
        and params.request.mode is Mode.NO_CORS
        and params.tainting is Tainting.OPAQUE
    ):
        return False
    return include


def _headers(params: FetchParams, *, include_credentials: bool) -> list[tuple[str, str]]:
    headers = list(params.headers.pairs)
    if params.profile.last_of_singleton_headers and len(headers) > 1:
        headers = _last_of_singletons(headers)
    present = {name.lower() for name, _ in headers}
    if "accept" not in present:
        headers.insert(0, ("Accept", "*/*"))
    origin = request_origin_header(params)
    if origin is None and params.kept_origin is not None:
        origin = params.kept_origin
    if origin is not None:
        headers.append(("Origin", origin))
        params.trace.record(APPEND_ORIGIN, "3", OK, "Origin: {}", origin)
    referrer = request_referrer(params)
    if referrer is not None:
        headers.append(("Referer", referrer))
    if params.redirect_count == 0:
        params.first_referrer = referrer
    params.last_origin = origin
    headers += sec_fetch_headers(params)
    if include_credentials and params.cookies.cookies:
        cookie = append_request_cookie_header(
            params.url,
            params.cookies,
            top_level=params.client.top_level_origin,
            initiator=params.client.origin,
            crossed_sites=params.had_cross_site_hop,
            profile=params.profile,
            trace=params.trace,
        )
        if cookie is not None:
            headers.append(("Cookie", cookie))
    return headers


def _last_of_singletons(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    last = {name.lower(): index for index, (name, _) in enumerate(headers)}
    return [
        pair
        for index, pair in enumerate(headers)
        if pair[0].lower() not in _SINGLETONS or last[pair[0].lower()] == index
    ]


def request_referrer(params: FetchParams) -> str | None:
    """Return the ``Referer`` of the current hop."""
    if params.referrer is None:
        return None
    return determine_referrer(
        policy=params.request.referrer_policy,
        client=params.client,
        source=params.referrer,
        url=params.url,
        profile=params.profile,
    )
