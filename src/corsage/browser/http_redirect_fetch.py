"""HTTP-redirect fetch: change the request into the one for the next hop, or refuse.

Source: https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
"""

from typing import Final

from corsage.browser.cookies import crosses_sites
from corsage.browser.fetch_params import FetchParams
from corsage.browser.redirect_url import location_lines, location_url
from corsage.browser.referrer import determine_referrer
from corsage.model import (
    NOTE,
    OK,
    REFUSED,
    URL,
    Algorithm,
    Cause,
    HeaderList,
    Initiator,
    Mode,
    Refusal,
    Tainting,
    WireResponse,
    parse_url,
)
from corsage.model.names import NON_WILDCARD_HEADERS, REQUEST_BODY_HEADERS
from corsage.model.trace import FETCH

HTTP_REDIRECT: Final = Algorithm("HTTP-redirect fetch", FETCH + "concept-http-redirect-fetch")
REDIRECT_TAINT: Final = Algorithm("redirect-taint", FETCH + "concept-request-redirect-taint")

MOST_REDIRECTS: Final = 20
_SEE_OTHER: Final = 303


def follow_redirect(params: FetchParams, response: WireResponse) -> Refusal | bool:
    """Prepare the next hop.

    Returns:
        ``True`` where the next hop can be fetched, ``False`` where *response* is the final response,
        or the network error.
    """
    # 3.-4. No Location: the response is what it is.
    lines = location_lines(response)
    if not lines or (lines[0] == "" and params.profile.empty_location_is_no_redirect):
        return False
    location = location_url(params, response)
    refusal = _check_location(params, response, location)
    if refusal is not None:
        return refusal
    assert location is not None  # noqa: S101 - an unparsable one was refused
    params.redirect_count += 1
    _keep_referrer(params)
    params.just_stripped = frozenset()
    _rewrite(params, response, location)
    _note_taint(params, location)
    # 13. Authorization does not leave the origin it was meant for.
    if not params.url.origin.same_origin(location.origin):
        params.headers = params.headers.without(NON_WILDCARD_HEADERS)
        params.just_stripped |= NON_WILDCARD_HEADERS
        params.kept_origin = None
    # 18. The next hop.
    params.trace.record(HTTP_REDIRECT, "18", OK, "{} redirects to {}", response.status, location)
    params.urls.append(location)
    return True


def _check_location(params: FetchParams, response: WireResponse, location: URL | None) -> Refusal | None:
    trace = params.trace
    # 5. It must parse.
    if location is None or (
        not response.headers.get("location") and params.profile.empty_location_is_an_error
    ):
        trace.record(HTTP_REDIRECT, "5", REFUSED, "cannot parse Location: {}", location_lines(response)[0])
        return params.refuse(Cause.INVALID_REDIRECT, location_lines(response)[0], response=response)
    # 6. Only to http and https.
    if not location.is_http:
        trace.record(HTTP_REDIRECT, "6", REFUSED, "redirects to a {}: URL", location.scheme)
        return params.refuse(Cause.UNSAFE_REDIRECT, location.scheme, response=response, location=location)
    # 7. Twenty are enough.
    if params.redirect_count == MOST_REDIRECTS:
        trace.record(HTTP_REDIRECT, "7", REFUSED, "more than {} redirects", MOST_REDIRECTS)
        return params.refuse(Cause.TOO_MANY_REDIRECTS, response=response, location=location)
    # 9.-10. No username or password where CORS is or was involved.
    if location.includes_credentials and _credentials_are_refused(params, location):
        trace.record(HTTP_REDIRECT, "9", REFUSED, "redirects to a URL with a username or password")
        return params.refuse(Cause.REDIRECT_CONTAINS_CREDENTIALS, response=response, location=location)
    if location.includes_credentials and _embedded_credentials_are_refused(params):
        trace.record(HTTP_REDIRECT, "9", REFUSED, "this browser loads no URL with a username or password")
        return params.refuse(Cause.EMBEDDED_CREDENTIALS, response=response, location=location)
    # 11. A stream cannot be sent again.
    if response.status != _SEE_OTHER and params.body is not None and not params.body.has_source:
        trace.record(HTTP_REDIRECT, "11", REFUSED, "the body is a stream and cannot be sent again")
        return params.refuse(Cause.REDIRECT_STREAM_BODY, response=response, location=location)
    return None


def _credentials_are_refused(params: FetchParams, location: URL) -> bool:
    if params.tainting is Tainting.CORS:
        return True
    return params.request.mode is Mode.CORS and not params.origin.same_origin(location.origin)


def _keep_referrer(params: FetchParams) -> None:
    """What one hop was told is all that the next one can be told (main fetch, step 9)."""
    if params.referrer is None:
        return
    # Firefox's trimming is for the wire alone: the policy itself had allowed more.
    told = determine_referrer(
        policy=params.request.referrer_policy,
        client=params.client,
        source=params.referrer,
        url=params.url,
        profile=params.profile,
        trimmed=False,
    )
    params.referrer = parse_url(told) if told is not None else None


def _embedded_credentials_are_refused(params: FetchParams) -> bool:
    return params.profile.refuses_embedded_credentials and params.request.initiator is not Initiator.XHR


def _rewrite(params: FetchParams, response: WireResponse, location: URL) -> None:
    """Turn POST (and after 303, everything but GET and HEAD) into GET (step 12)."""
    status, method = response.status, params.method
    if _becomes_get(params, status, location):
        params.trace.record(
            HTTP_REDIRECT, "12", NOTE, "{} {} becomes GET, its body is dropped", status, method
        )
        # The GTK port's own rewriting of DELETE leaves the headers alone.
        if method != "DELETE" or status == _SEE_OTHER:
            _strip_body_headers(params)
        params.method = "GET"
        params.body = None
        if params.profile.origin_survives_rewrite_to_get and params.tainting is not Tainting.CORS:
            params.kept_origin = params.last_origin
    elif status in params.profile.stripped_headers_return_on and params.body_headers is not None:
        params.headers = HeaderList(params.headers.pairs + params.body_headers)
        params.body_headers = None


def _becomes_get(params: FetchParams, status: int, location: URL) -> bool:
    method = params.method
    if method == "DELETE" and params.profile.redirects_turn_delete_into_get:
        return status == _SEE_OTHER or not params.url.origin.same_origin(location.origin)
    return (status in {301, 302} and method == "POST") or (
        status == _SEE_OTHER and method not in {"GET", "HEAD"}
    )


def _strip_body_headers(params: FetchParams) -> None:
    kept = params.headers.without(REQUEST_BODY_HEADERS)
    params.body_headers = tuple(pair for pair in params.headers.pairs if pair not in kept.pairs)
    params.headers = kept
    params.just_stripped = REQUEST_BODY_HEADERS


def _note_taint(params: FetchParams, location: URL) -> None:
    """Keep the redirect-taint (https://fetch.spec.whatwg.org/#concept-request-redirect-taint) up to date."""
    current = params.url.origin
    if crosses_sites(params.url, params.client.top_level_origin, params.profile):
        params.had_cross_site_hop = True
    if params.redirect_tainted or current.same_origin(location.origin):
        return
    at_first = params.profile.no_cors_redirect_taints_at_first_hop and params.request.mode is Mode.NO_CORS
    if params.origin.same_origin(current) and not at_first:
        return
    params.redirect_tainted = True
    params.trace.record(
        REDIRECT_TAINT, "2", NOTE, "two foreign origins in a row: Origin is null from here on"
    )
