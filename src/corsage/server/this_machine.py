"""Hosts that reach the user's own machine, whether or not browsers trust them."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from corsage.model.sites import is_loopback_host

# No address at all: systems connect to themselves. Browsers do not take it for loopback, but go there.
_UNSPECIFIED: Final = frozenset({"0.0.0.0", "[::]"})  # noqa: S104 - a name to be found, nothing listens


def is_this_machine(host: str) -> bool:
    """Tell whether a serialised *host* is this machine: loopback, ``0.0.0.0``, or either of them as IPv6."""
    if is_loopback_host(host) or host in _UNSPECIFIED:
        return True
    mapped = _mapped(host) if host.startswith("[") else None
    return mapped is not None and (mapped.is_loopback or mapped.is_unspecified)


def _mapped(host: str) -> IPv4Address | None:
    try:
        return IPv6Address(host[1:-1]).ipv4_mapped
    except AddressValueError:
        return None
