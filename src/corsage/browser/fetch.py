"""Fetch: the conversation between a page and a server, as a generator.

It yields the HTTP request to send, is sent the response (or the network's failure), and returns an `Outcome`.
`corsage.browser.drive` has the two loops that run it.

Source: https://fetch.spec.whatwg.org/#concept-fetch
"""

from collections.abc import Generator
from typing import TypeAlias

from corsage.browser.cookies import CookieJar
from corsage.browser.fetch_params import FetchParams
from corsage.browser.filtering import filtered_response
from corsage.browser.main_fetch import MAIN_FETCH, main_fetch
from corsage.browser.opaque_response_blocking import blocked_due_to_mime_type
from corsage.browser.preflight_cache import PreflightCache
from corsage.browser.profile import Profile
from corsage.browser.profiles import STANDARD
from corsage.model import (
    NO_TRACE,
    REFUSED,
    Cause,
    NetworkFailure,
    Outcome,
    Refusal,
    Request,
    Tainting,
    Thrown,
    Trace,
    WireRequest,
    WireResponse,
)
from corsage.model.names import RANGE_STATUSES

Conversation: TypeAlias = Generator[WireRequest, WireResponse | NetworkFailure, Outcome]


def fetch(
    request: Request | Thrown,
    *,
    profile: Profile = STANDARD,
    cache: PreflightCache | None = None,
    cookies: CookieJar | None = None,
    now: float = 0.0,
    trace: Trace = NO_TRACE,
) -> Conversation:
    """Fetch *request* as a browser does.

    Args:
        request: from `new_request`, `new_xhr_request` or `new_element_request`. What those threw is passed on.
        profile: the browser.
        cache: its CORS-preflight cache; fresh where ``None``.
        cookies: its cookies; none where ``None``.
        now: seconds on the caller's clock, for the cache.
        trace: where the steps go; `NO_TRACE` forgets them.

    Yields:
        Each request to put on the wire, preflights included.

    Returns:
        What the page sees. A refusal is a value, never an exception.
    """
    if isinstance(request, Thrown):
        return Outcome(None, thrown=request)
    params = FetchParams(
        request,
        profile,
        trace,
        PreflightCache() if cache is None else cache,
        CookieJar() if cookies is None else cookies,
        now,
    )
    response = yield from main_fetch(params)
    refusal = response if isinstance(response, Refusal) else _late_refusal(params, response)
    return Outcome(
        request,
        response=None if isinstance(response, Refusal) or refusal else filtered_response(params, response),
        refusal=refusal,
        warnings=tuple(params.warnings),
        deprecated_at=tuple(params.deprecated_at),
    )


def _late_refusal(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Refuse what main fetch refuses at its end (steps 20 and 21)."""
    refusal = blocked_due_to_mime_type(params, response)
    if refusal is not None:
        return refusal
    if (
        params.tainting is Tainting.OPAQUE
        and response.status in RANGE_STATUSES
        and "content-range" in response.headers
        and "range" not in params.headers
    ):
        params.trace.record(MAIN_FETCH, "21", REFUSED, "an opaque range response that was not asked for")
        return params.refuse(Cause.UNREQUESTED_RANGE, response=response)
    return None
