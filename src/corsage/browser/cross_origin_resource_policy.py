"""Cross-origin resource policy check: may a no-cors load be used at all?"""

from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_network_fetch import credentials_are_included
from corsage.model import OK, REFUSED, Algorithm, Cause, EmbedderPolicy, Refusal, TupleOrigin, WireResponse
from corsage.model.sites import is_ip_address, schemelessly_same_site
from corsage.model.trace import FETCH

CORP_CHECK: Final = Algorithm(
    "cross-origin resource policy check", FETCH + "cross-origin-resource-policy-check"
)

_HEADER: Final = "cross-origin-resource-policy"
_POLICIES: Final = frozenset({"same-origin", "same-site", "cross-origin"})


def cross_origin_resource_policy_check(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Judge an opaque *response*; ``None`` is "allowed".

    Source: https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
    """
    # 2.-3. Any other value, two headers joined among them, counts as absent.
    policy = response.headers.get(_HEADER)
    declared = policy if policy in _POLICIES else None

    # 4. A page with an embedder policy turns "absent" into "same-origin".
    required = declared is None and _embedder_requires(params)
    effective = "same-origin" if required else declared

    # 5. Compare.
    origin, server = params.origin, params.url.origin
    match effective:
        case "same-origin" if not origin.same_origin(server):
            params.trace.record(CORP_CHECK, "5", REFUSED, "the server shares with same-origin pages alone")
            cause = Cause.CORP_REQUIRED_BY_EMBEDDER if required else Cause.CORP_NOT_SAME_ORIGIN
            return params.refuse(cause, policy or "", response=response)
        case "same-site" if not _same_site_for_policy(params):
            params.trace.record(CORP_CHECK, "5", REFUSED, "the server shares with same-site pages alone")
            return params.refuse(Cause.CORP_NOT_SAME_SITE, policy or "", response=response)
    params.trace.record(
        CORP_CHECK, "5", OK, "Cross-Origin-Resource-Policy allows it: {}", effective or "absent"
    )
    return None


def _embedder_requires(params: FetchParams) -> bool:
    match params.client.embedder_policy:
        case EmbedderPolicy.REQUIRE_CORP:
            return True
        case EmbedderPolicy.CREDENTIALLESS:
            return credentials_are_included(params)
    return False


def _same_site_for_policy(params: FetchParams) -> bool:
    origin, server = params.origin, params.url.origin
    if not isinstance(origin, TupleOrigin) or not isinstance(server, TupleOrigin):
        return False
    if params.profile.ip_addresses_are_never_same_site and is_ip_address(server.host):
        return False
    # A page loaded insecurely is not the same site as a secure server.
    return schemelessly_same_site(origin, server) and (origin.scheme == "https" or server.scheme != "https")
