"""Mixed content: what a secure page may not load insecurely (https://w3c.github.io/webappsec-mixed-content/)."""

from typing import Final

from corsage.browser.address_spaces import implied_address_space
from corsage.browser.fetch_params import FetchParams
from corsage.browser.redirect_url import location_url
from corsage.model import (
    NOTE,
    REFUSED,
    AddressSpace,
    Algorithm,
    Cause,
    Initiator,
    Mode,
    Redirect,
    Refusal,
    WireResponse,
    parse_url,
)
from corsage.model.sites import is_loopback_host, is_url_potentially_trustworthy

UPGRADE: Final = Algorithm(
    "upgrade a mixed content request to a potentially trustworthy URL",
    "https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm",
)
BLOCK: Final = Algorithm(
    "should fetching request be blocked as mixed content",
    "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch",
)

_UPGRADEABLE: Final = frozenset({Initiator.IMAGE, Initiator.AUDIO, Initiator.VIDEO})
MIXED_CONTENT_UPGRADED: Final = "MixedContentUpgraded"


def upgrade_mixed_content(params: FetchParams) -> None:
    """Turn the http: URL of a secure page's plain image, audio or video into https:."""
    request = params.request
    if not _is_mixed(params) or request.initiator not in _UPGRADEABLE or request.mode is Mode.CORS:
        return
    if implied_address_space(params.url) is not None and not is_loopback_host(params.url.host):
        return  # 4.1: IP addresses are not upgraded, certificates for them being rare
    upgraded = parse_url("https" + params.url.href.removeprefix("http"))
    if upgraded is not None:
        params.trace.record(UPGRADE, "2", NOTE, "{} is upgraded to {}", params.url, upgraded)
        params.urls[-1] = upgraded
        params.warnings.append(MIXED_CONTENT_UPGRADED)


def block_mixed_content(params: FetchParams) -> Refusal | None:
    """Refuse an insecure URL on a secure page; ``None`` lets it pass."""
    if not _is_mixed(params):
        return None
    params.trace.record(BLOCK, "2", REFUSED, "the page is https, {} is not", params.url)
    return params.refuse(Cause.MIXED_CONTENT)


def block_mixed_redirect(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Refuse a redirect to an insecure URL by a secure page, for browsers that look there first."""
    request = params.request
    if request.redirect is not Redirect.FOLLOW or request.initiator in _UPGRADEABLE:
        return None
    location = location_url(params, response) if params.client.prohibits_mixed_content else None
    if location is None:
        return None
    params.urls.append(location)
    refusal = block_mixed_content(params)
    if refusal is None:
        params.urls.pop()
    return refusal


def _is_mixed(params: FetchParams) -> bool:
    if not params.client.prohibits_mixed_content or params.url.scheme not in {"http", "ws", "ftp"}:
        return False
    # A private address named as such may be asked for under Local Network Access.
    if params.request.target_address_space in (AddressSpace.LOCAL, AddressSpace.LOOPBACK):
        return False
    if params.profile.loopback_is_mixed_content and is_loopback_host(params.url.host):
        direct = len(params.urls) == 1 and params.request.initiator in _UPGRADEABLE
        return not (params.profile.loopback_images_are_loaded and direct)
    return not is_url_potentially_trustworthy(params.url)
