"""IP address spaces: public, local, loopback (https://wicg.github.io/local-network-access/#ip-address-space-heading)."""

import ipaddress
from functools import lru_cache
from typing import Final

from corsage.model import URL, AddressSpace
from corsage.model.sites import is_loopback_host

# The table of the specification; the first row that holds the address decides.
_RANGES: Final = tuple(
    (ipaddress.ip_network(network), space)
    for space, networks in (
        (AddressSpace.LOOPBACK, ("127.0.0.0/8", "198.18.0.0/15", "0.0.0.0/32", "::1/128", "::/128")),
        (
            AddressSpace.LOCAL,
            (
                "10.0.0.0/8",
                "100.64.0.0/10",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "169.254.0.0/16",
                "0.0.0.0/8",
                "fc00::/7",
                "fe80::/10",
                "fec0::/10",
                "2001:db8::/32",
                "3fff::/20",
            ),
        ),
    )
    for network in networks
)


@lru_cache(maxsize=1024)
def address_space(address: str) -> AddressSpace | None:
    """Return the space of an IP *address* (brackets allowed), or ``None`` where it is not an address."""
    try:
        ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    for network, space in _RANGES:
        if ip.version == network.version and ip in network:
            return space
    return AddressSpace.PUBLIC


def implied_address_space(url: URL) -> AddressSpace | None:
    """Return the space that *url*'s host alone implies: an IP literal, ``localhost`` or ``.local``."""
    if is_loopback_host(url.host):
        return AddressSpace.LOOPBACK
    if url.host.rstrip(".").endswith(".local"):
        return AddressSpace.LOCAL
    return address_space(url.host)
