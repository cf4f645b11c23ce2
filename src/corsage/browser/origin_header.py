"""Append a request ``Origin`` header (https://fetch.spec.whatwg.org/#append-a-request-origin-header)."""

from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.browser.referrer import effective_policy
from corsage.model import (
    Algorithm,
    Credentials,
    Initiator,
    Mode,
    OpaqueOrigin,
    ReferrerPolicy,
    Tainting,
    TupleOrigin,
)
from corsage.model.sites import same_site
from corsage.model.trace import FETCH

APPEND_ORIGIN: Final = Algorithm("append a request `Origin` header", FETCH + "append-a-request-origin-header")

_APIS = frozenset({Initiator.FETCH, Initiator.XHR, Initiator.BEACON, Initiator.EVENTSOURCE})
_P = ReferrerPolicy
_AGAINST_DOWNGRADE = frozenset(
    {_P.NO_REFERRER_WHEN_DOWNGRADE, _P.STRICT_ORIGIN, _P.STRICT_ORIGIN_WHEN_CROSS_ORIGIN}
)


def request_origin_header(params: FetchParams) -> str | None:
    """Return the value of ``Origin`` for the current hop, or ``None``."""
    mode = params.request.mode
    serialized = params.serialized_origin
    # 3. Always under the CORS protocol.
    if params.tainting is Tainting.CORS:
        return serialized
    if (
        mode is Mode.CORS
        and params.profile.elements_always_send_origin
        and params.request.initiator not in _APIS
    ):
        return serialized
    if params.profile.opaque_origins_identify_with_credentials and _is_opaque_with_credentials(params):
        return serialized
    # 4. Otherwise for methods that may change something, unless the referrer policy hides it.
    if params.method in {"GET", "HEAD"}:
        return None
    if mode is not Mode.CORS and _hidden(params):
        return "null"
    return serialized


def _is_opaque_with_credentials(params: FetchParams) -> bool:
    request = params.request
    return (
        request.credentials is Credentials.INCLUDE
        and isinstance(params.origin, OpaqueOrigin)
        and not params.had_cross_site_hop
        and same_site(params.client.top_level_origin, params.url.origin)
    )


def _hidden(params: FetchParams) -> bool:
    origin, url = params.origin, params.url
    if params.profile.origin_ignores_referrer_policy:
        return False
    policy = effective_policy(params.request.referrer_policy, params.client)
    if policy is _P.NO_REFERRER:
        return True
    if policy in _AGAINST_DOWNGRADE:
        return isinstance(origin, TupleOrigin) and origin.scheme == "https" and url.scheme != "https"
    return policy is _P.SAME_ORIGIN and not origin.same_origin(url.origin)
