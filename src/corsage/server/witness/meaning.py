"""The domains that the writer of an expression meant: those that its literal parts name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corsage.model.sites import is_public_suffix, registrable_domain
from corsage.server.witness.spelt import HOLE

_HOST: Final = re.compile(r"[a-z0-9_\-]+(?:\.[a-z0-9_\-]+)*", re.ASCII)
# Names below these are not for sale: https://www.rfc-editor.org/rfc/rfc6761 and its registry.
UNSOLD: Final = frozenset({"localhost", "test", "example", "invalid", "local", "internal", "home.arpa"})
# (www)?example\.com lacks a dot: nobody means wwwexample.com as well.
_SUBDOMAINS: Final = ("www", "app", "api", "admin", "dev", "staging", "test")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the literal parts name.

    Attributes:
        domains: registrable domains, and hosts without one (``localhost``, addresses).
        suffixes: public suffixes directly below which the expression lets anything stand.
    """

    domains: tuple[str, ...]
    suffixes: tuple[str, ...]


def meaning_of(texts: Iterable[str]) -> Meaning:
    """Read the hosts of what the expression spells."""
    domains: set[str] = set()
    suffixes: set[str] = set()
    for text in texts:
        for kind, name in _named(_host(text)):
            (suffixes if kind == "suffix" else domains).add(name)
    glued = {f"{word}{domain}" for domain in domains for word in _SUBDOMAINS}
    return Meaning(tuple(sorted(domains - glued)), tuple(sorted(suffixes)))


def hosts_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the hosts that are spelt out, without what may stand around them."""
    hosts = {_host(text).strip(f"{HOLE}.") for text in texts}
    return tuple(sorted(host for host in hosts if _HOST.fullmatch(host)))


def _host(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    return re.split("[:/]", rest if separator else scheme, maxsplit=1)[0]


def _named(host: str) -> Iterator[tuple[str, str]]:
    if HOLE not in host:
        yield from _whole(host)
        return
    *heads, tail = host.split(HOLE)
    if not tail:
        # Nothing after the hole: https://example\.com.*
        chunk = next((head.strip(".-") for head in reversed(heads) if "." in head.strip(".-")), "")
        domain = _registrable(chunk) if _HOST.fullmatch(chunk) else None
        if domain is not None:
            yield "domain", domain
        return
    yield from _ended(tail)


def _whole(host: str) -> Iterator[tuple[str, str]]:
    if host.startswith("."):
        yield from _ended(host)  # what look-behind asks for: (?<=\.example\.com)
        return
    name = host.removesuffix(".")
    if _HOST.fullmatch(name) and not (is_public_suffix(name) and "." in name):
        yield "domain", _registrable(name) or name
    elif name.startswith("["):
        yield "domain", name


def _ended(tail: str) -> Iterator[tuple[str, str]]:
    """Read what follows the last hole."""
    name = tail.removeprefix(".").removesuffix(".")
    if not _HOST.fullmatch(name):
        return
    domain = _registrable(name)
    if domain is None:
        if name in UNSOLD:
            yield "domain", name
        elif tail.startswith("."):
            yield "suffix", name
        elif "." in name:
            yield "domain", name
    elif tail.startswith(".") or domain != name or name[0] not in "-_":
        yield "domain", domain
    else:
        # -team.vercel.app: the hole is a part of the label that is registered.
        yield "suffix", domain.partition(".")[2]


def _registrable(name: str) -> str | None:
    """Return the registrable domain of *name*; a part of an address is its own."""
    return name if re.fullmatch(r"[0-9.]+", name) else registrable_domain(name)
