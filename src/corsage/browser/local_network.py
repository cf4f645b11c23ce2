"""Local Network Access check (https://wicg.github.io/local-network-access/#local-network-access-check).

Private Network Access, which asked by preflight, is gone; what is left is a permission, and the refusal of
insecure pages.
"""

from typing import Final

from corsage.browser.address_spaces import address_space, implied_address_space
from corsage.browser.differences import LocalNetworkAccess
from corsage.browser.fetch_params import FetchParams
from corsage.model import NOTE, REFUSED, AddressSpace, Algorithm, Cause, Refusal, WireResponse

LNA_CHECK: Final = Algorithm(
    "local network access check", "https://wicg.github.io/local-network-access/#local-network-access-check"
)
PROMPT_WARNING: Final = "LocalNetworkAccessPrompt"


def local_network_check_by_name(params: FetchParams) -> Refusal | None:
    """Judge the current URL before anything is sent, where its host alone tells the address space."""
    if params.client.address_space is AddressSpace.LOOPBACK and params.request.target_address_space is None:
        return None
    return _check(params, implied_address_space(params.url), None)


def local_network_check(params: FetchParams, response: WireResponse) -> Refusal | None:
    """Judge the address that *response* came from; ``None`` lets the request pass."""
    if response.address is None:
        return None
    return _check(params, address_space(response.address), response)


def _check(params: FetchParams, space: AddressSpace | None, response: WireResponse | None) -> Refusal | None:
    if space is None or params.profile.local_network_access is LocalNetworkAccess.ABSENT:
        return None
    # 1. fetch(url, {targetAddressSpace}) must have named the right space.
    target = params.request.target_address_space
    if target is not None and target is not space:
        params.trace.record(
            LNA_CHECK, "1", REFUSED, "targetAddressSpace is {}, the server is {}", target, space
        )
        return params.refuse(Cause.INVALID_LOCAL_NETWORK_ACCESS, f"{target},{space}", response=response)
    # 2. A request to a space as public as the page's, or to the page's own origin, is no local network request.
    if not _is_local_network_request(params, space):
        return None
    # 3. It needs a secure page …
    page = params.client.address_space
    if not params.client.is_secure_context:
        params.trace.record(LNA_CHECK, "3", REFUSED, "an insecure {} page asks for a {} address", page, space)
        return params.refuse(Cause.INSECURE_LOCAL_NETWORK, space, response=response)
    # 4. … and the user's permission.
    permission = params.client.local_network_permission
    if permission is False:
        params.trace.record(LNA_CHECK, "4", REFUSED, "permission for the {} address space was denied", space)
        return params.refuse(Cause.LOCAL_NETWORK_PERMISSION_DENIED, space, response=response)
    if permission is None and PROMPT_WARNING not in params.warnings:
        params.trace.record(
            LNA_CHECK, "4", NOTE, "the user is asked for permission to reach a {} address", space
        )
        params.warnings.append(PROMPT_WARNING)
    return None


def _is_local_network_request(params: FetchParams, space: AddressSpace) -> bool:
    page = params.client.address_space
    if page is AddressSpace.LOOPBACK or params.origin.same_origin(params.url.origin):
        return False
    if (
        params.profile.local_network_access is LocalNetworkAccess.PUBLIC_PAGES
        and page is not AddressSpace.PUBLIC
    ):
        return False
    return space.publicness < page.publicness
