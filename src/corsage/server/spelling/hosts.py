"""The host of a misspelt origin: wildcards, addresses, names of other alphabets, labels."""

import re
from typing import Final

from corsage.model.sites import is_public_suffix
from corsage.model.url import parse_url
from corsage.server.host_names import LONGEST_HOST, LONGEST_WILD_HOST, is_punycode, serialized_ipv6
from corsage.server.spelling.faults import Fault

Faults = dict[Fault, str]

_LONGEST_LABEL: Final = 63
# https://url.spec.whatwg.org/#ends-in-a-number-checker
_ENDS_IN_A_NUMBER: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?", re.ASCII)
_CANONICAL_IPV4: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}", re.ASCII)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]*[a-z0-9_])?", re.ASCII)
_STAR: Final = re.compile(r"[*+]")


def mended_host(host: str, faults: Faults) -> str | None:
    """Return *host* as browsers write it, wildcard included; what was wrong is put into *faults*."""
    if not host:
        faults[Fault.OTHER] = "there is no host in it"
        return None
    wild, bare = (host[:2], host[2:]) if host[:2] in {"*.", "+."} else ("", host)
    if _STAR.search(bare):
        return _mended_wildcard(host, faults)
    if bare.startswith("[") or _ENDS_IN_A_NUMBER.fullmatch(bare):
        address = _mended_address(bare, faults)
        if wild:
            faults[Fault.MISPLACED_WILDCARD] = "an address has no subdomains"
        return address
    if not bare.isascii() or "%" in bare:
        ascii_host = _punycode(bare, faults)
        return None if ascii_host is None else wild + ascii_host
    if wild and len(bare.removesuffix(".")) > LONGEST_WILD_HOST:
        faults[Fault.OTHER] = f"no subdomain of it can be: a host name has at most {LONGEST_HOST} characters"
        return None
    return wild + bare if _is_name(bare, faults) else None


def _mended_wildcard(host: str, faults: Faults) -> str | None:
    if host in {"*", "+"}:
        faults[Fault.MISPLACED_WILDCARD] = 'a wildcard needs a domain after it; for everyone write "*" alone'
        return None
    labels = host.split(".")
    last = max(number for number, label in enumerate(labels) if _STAR.search(label))
    domain = ".".join(labels[last + 1 :])
    faults[Fault.MISPLACED_WILDCARD] = (
        'a wildcard is the whole first label: "*." for subdomains of any depth, "+." for one label'
    )
    if not domain:
        # https://example.*: every top-level domain, owned by as many people.
        fixed = ".".join(label for label in labels if not _STAR.search(label))
        faults[Fault.MISPLACED_WILDCARD] = (
            "a wildcard at the end would let in whoever registers the name elsewhere: list the domains"
        )
        return f"{fixed}.com" if fixed and _is_name(fixed, {}) else None
    head = labels[last].lstrip("*+-")
    if last == 0 and head and not _STAR.search(head) and is_public_suffix(domain):
        return f"*.{head}.{domain}"  # https://*example.com: its subdomains are meant
    if all(label in {"*", "+"} for label in labels[: last + 1]) and _is_name(domain, {}):
        return f"*.{domain}"
    return None


def wildcard_regex(host: str) -> str | None:
    """Return the expression for a host with wildcards where patterns have none: ``app-*.example.com``."""
    pieces = re.split(r"[*+]+", host)
    if not _is_name("x".join(pieces), {}) or not pieces[-1].startswith((".", "-")):
        return None
    return "[a-z0-9-]+".join(re.escape(piece).replace(r"\-", "-") for piece in pieces)


def _mended_address(host: str, faults: Faults) -> str | None:
    if host.startswith("["):
        right = serialized_ipv6(host)
        if right is None:
            faults[Fault.OTHER] = "what is in the brackets is no IPv6 address"
            return None
        if right != host:
            faults[Fault.ODD_ADDRESS] = f"browsers write this address as {right}"
        return right
    if _CANONICAL_IPV4.fullmatch(host) and all(int(part) < 256 for part in host.split(".")):  # noqa: PLR2004 - a byte
        return host
    parsed = parse_url(f"https://{host}/")
    if parsed is None or not parsed.host:
        faults[Fault.OTHER] = "a host whose last label is a number is an IPv4 address, and this is none"
        return None
    faults[Fault.ODD_ADDRESS] = f"browsers write this address as {parsed.host}"
    return parsed.host


def bare_ipv6(authority: str) -> str | None:
    """Return the compressed address in brackets where *authority* is one without brackets."""
    return serialized_ipv6(f"[{authority}]")


def _punycode(host: str, faults: Faults) -> str | None:
    parsed = parse_url(f"https://{host}/")
    if parsed is None or not _is_name(parsed.host, {}):
        faults[Fault.OTHER] = "no browser takes this for a host name"
        return None
    faults[Fault.NOT_PUNYCODE] = "browsers send host names in ASCII (punycode)"
    return parsed.host


def _is_name(host: str, faults: Faults) -> bool:
    name = host.removesuffix(".")
    labels = name.split(".")
    bad = next((label for label in labels if not _LABEL.fullmatch(label)), None)
    if bad == "":
        faults[Fault.OTHER] = "a label of the host is empty: there is a dot too many"
    elif bad is not None:
        faults[Fault.OTHER] = f"{bad[:_LONGEST_LABEL]} is no label of a host name"
    elif any(len(label) > _LONGEST_LABEL for label in labels):
        faults[Fault.OTHER] = f"a label of a host has at most {_LONGEST_LABEL} characters"
    elif len(name) > LONGEST_HOST:
        faults[Fault.OTHER] = f"a host name has at most {LONGEST_HOST} characters"
    elif bad := next(
        (label for label in labels if label.startswith("xn--") and not is_punycode(label)), None
    ):
        faults[Fault.OTHER] = f"{bad} is no punycode: no browser takes it for a host name"
    else:
        return True
    return False
