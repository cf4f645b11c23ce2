"""The origins of a draft, read once for all rules: what cannot be read, and what is broader than one origin."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.origin_pattern import OriginPattern, parse_origin_pattern
from corsage.server.this_machine import is_this_machine

# Most of a million entries: an exact origin with https, of which no rule has anything to say. Not localhost.
_PLAIN: Final = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,8}",
    re.ASCII,
)
_LONGEST_PLAIN: Final = 253

Placed = tuple[int, OriginPattern]


@dataclass(frozen=True, slots=True)
class SortedOrigins:
    """Places in the list, with what stands there.

    Attributes:
        misspelt: what is neither a pattern nor ``*``; ``null`` among it.
        broad: patterns that more than one origin matches.
        insecure: patterns of origins that someone on the network can speak for.
        loopback: patterns of this machine, ``0.0.0.0`` among them.
        hostless: patterns of custom schemes without a host, those of files among them.
    """

    misspelt: tuple[tuple[int, str], ...]
    broad: tuple[Placed, ...]
    insecure: tuple[Placed, ...]
    loopback: tuple[Placed, ...]
    hostless: tuple[Placed, ...]


@lru_cache(maxsize=2)
def sorted_origins(origins: tuple[str, ...]) -> SortedOrigins:
    """Sort *origins*; one list is asked about by many rules."""
    misspelt: list[tuple[int, str]] = []
    broad: list[Placed] = []
    insecure: list[Placed] = []
    loopback: list[Placed] = []
    hostless: list[Placed] = []
    for index, text in enumerate(origins):
        if len(text) <= _LONGEST_PLAIN and _PLAIN.fullmatch(text) is not None and "xn--" not in text:
            continue
        pattern = parse_origin_pattern(text)
        if pattern is None:
            if text != WILDCARD:
                misspelt.append((index, text))
            continue
        if not pattern.is_exact:
            broad.append((index, pattern))
        if not pattern.host:
            hostless.append((index, pattern))
        if pattern.is_insecure:
            insecure.append((index, pattern))
        if is_this_machine(pattern.host):
            loopback.append((index, pattern))
    return SortedOrigins(tuple(misspelt), tuple(broad), tuple(insecure), tuple(loopback), tuple(hostless))
