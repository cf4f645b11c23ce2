"""Sites and trust: what is the same site, what is potentially trustworthy.

Sources: https://html.spec.whatwg.org/multipage/browsers.html#sites and
https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from corsage.model.origin import Origin, TupleOrigin
from corsage.model.url import URL

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_IPV4: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)
_IPV4_LOOPBACK: Final = re.compile(r"127\.[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)
_SECURE_SCHEMES: Final = frozenset({"https", "wss", "file"})


@lru_cache(maxsize=1)
def _public_suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # the list takes 30 ms to load: only who asks pays

    return PublicSuffixList()


def public_suffix_rules() -> frozenset[str]:
    """Return the rules of the public suffix list, wildcards (``*.ck``) and exceptions (``!www.ck``) among them.

    Source: https://github.com/publicsuffix/list/wiki/Format
    """
    return frozenset(_public_suffixes()._publicsuffix)  # noqa: SLF001 - the package has no other way to them


def is_ip_address(host: str) -> bool:
    """Tell whether a serialised *host* is an IPv4 or IPv6 address."""
    return host.startswith("[") or _IPV4.fullmatch(host) is not None


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str | None:
    """Return the domain one label below the public suffix, or ``None`` for addresses and public suffixes.

    Source: https://url.spec.whatwg.org/#host-registrable-domain
    """
    if not host or is_ip_address(host):
        return None
    found = _public_suffixes().privatesuffix(host.rstrip("."))
    return str(found) if found else None


def is_public_suffix(host: str) -> bool:
    """Tell whether *host* itself is a public suffix (``com``, ``github.io``)."""
    return bool(host) and not is_ip_address(host) and registrable_domain(host) is None


def schemelessly_same_site(a: Origin, b: Origin) -> bool:
    """Tell whether two origins share a registrable domain, or a host where there is none."""
    if not isinstance(a, TupleOrigin) or not isinstance(b, TupleOrigin):
        return a is b
    if a.host == b.host:
        return True
    site = registrable_domain(a.host)
    return site is not None and site == registrable_domain(b.host)


def same_site(a: Origin, b: Origin) -> bool:
    """Tell whether two origins are the same site, scheme included."""
    if isinstance(a, TupleOrigin) and isinstance(b, TupleOrigin) and a.scheme != b.scheme:
        return False
    return schemelessly_same_site(a, b)


@lru_cache(maxsize=4096)
def is_loopback_host(host: str) -> bool:
    """Tell whether *host* names this machine: 127.0.0.0/8, ::1, localhost and names under it."""
    name = host.rstrip(".")
    return (
        name == "localhost"
        or name.endswith(".localhost")
        or host == "[::1]"
        or _IPV4_LOOPBACK.fullmatch(host) is not None
    )


def is_origin_potentially_trustworthy(origin: Origin) -> bool:
    """Tell whether traffic to *origin* cannot be read or altered on the way."""
    return isinstance(origin, TupleOrigin) and (
        origin.scheme in _SECURE_SCHEMES or is_loopback_host(origin.host)
    )


def is_url_potentially_trustworthy(url: URL) -> bool:
    """Tell whether *url* may be loaded by a secure page without being mixed content."""
    return url.scheme in {"about", "data"} or is_origin_potentially_trustworthy(url.origin)
