"""Which ``Referer`` a request carries (https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer)."""

from corsage.browser.profile import Profile
from corsage.model import URL, Client, Initiator, OpaqueOrigin, ReferrerPolicy, parse_url
from corsage.model.sites import is_url_potentially_trustworthy, schemelessly_same_site

_SCRIPTED = frozenset({Initiator.FETCH, Initiator.XHR, Initiator.BEACON})
_P = ReferrerPolicy
# Policies that say more than the default does; Firefox holds them back across sites.
_RELAXED = frozenset({_P.UNSAFE_URL, _P.NO_REFERRER_WHEN_DOWNGRADE, _P.ORIGIN_WHEN_CROSS_ORIGIN})


def effective_policy(policy: ReferrerPolicy, client: Client) -> ReferrerPolicy:
    """Return the policy that applies, defaults filled in."""
    return policy or client.referrer_policy or _P.STRICT_ORIGIN_WHEN_CROSS_ORIGIN


def referrer_source(client: Client, profile: Profile, initiator: Initiator) -> URL | None:
    """Return the URL that a request of *client* begins with as its referrer, or ``None`` for no-referrer."""
    if isinstance(client.origin, OpaqueOrigin) and not profile.opaque_origins_send_referrer:
        if profile.opaque_elements_send_origin_as_referrer and initiator not in _SCRIPTED:
            return parse_url(_bare(client.url))
        return None
    return client.url if client.url.is_http else None


def determine_referrer(
    *, policy: ReferrerPolicy, client: Client, source: URL, url: URL, profile: Profile, trimmed: bool = True
) -> str | None:
    """Return the referrer to send to *url*, or ``None``; *trimmed* as browsers do beyond the policy."""
    policy = effective_policy(policy, client)
    if (
        trimmed
        and profile.trims_relaxed_referrer_policies
        and policy in _RELAXED
        and not schemelessly_same_site(source.origin, url.origin)
    ):
        policy = _P.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
    return _apply(policy, source, url, downgrade=_is_downgrade(source, url, profile))


def _is_downgrade(source: URL, url: URL, profile: Profile) -> bool:
    if profile.referrer_downgrade_is_by_scheme:
        return source.scheme == "https" and url.scheme != "https"
    return is_url_potentially_trustworthy(source) and not is_url_potentially_trustworthy(url)


def _apply(policy: ReferrerPolicy, source: URL, url: URL, *, downgrade: bool) -> str | None:
    same_origin = source.origin.same_origin(url.origin)
    match policy:
        case _P.NO_REFERRER:
            return None
        case _P.ORIGIN:
            return _bare(source)
        case _P.UNSAFE_URL:
            return source.without_credentials_and_fragment
        case _P.STRICT_ORIGIN:
            return None if downgrade else _bare(source)
        case _P.SAME_ORIGIN:
            return source.without_credentials_and_fragment if same_origin else None
        case _P.ORIGIN_WHEN_CROSS_ORIGIN:
            return source.without_credentials_and_fragment if same_origin else _bare(source)
        case _P.NO_REFERRER_WHEN_DOWNGRADE:
            return None if downgrade else source.without_credentials_and_fragment
    if same_origin:
        return source.without_credentials_and_fragment
    return None if downgrade else _bare(source)


def _bare(source: URL) -> str:
    return source.origin.serialized + "/"
