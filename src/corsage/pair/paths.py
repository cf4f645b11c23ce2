"""Paths of requests as path patterns see them: decoded, in segments, with identifiers told from names."""

import re
from typing import Final

from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_rules import check_paths

_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
# What differs from one item to the next: numbers, UUIDs, long hexadecimal or mixed names.
_IDENTIFIER: Final = re.compile(r"[0-9]+|[0-9a-fA-F-]{16,64}|(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{20,128}")
_DEEPEST: Final = 32


def decoded(path: str) -> str:
    """Return *path* without its percent signs, as servers hand it to applications."""
    if "%" not in path:
        return path
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), path.encode()).decode(errors="replace")


def is_identifier(segment: str) -> bool:
    """Tell whether *segment* looks like the identifier of an item: a number, a UUID, a long mixed name."""
    return _IDENTIFIER.fullmatch(segment) is not None


def segments_of(path: str) -> tuple[str | None, ...]:
    """Return the segments of *path*, as written in a URL; ``None`` for identifiers and what no pattern can name."""
    parts = [part for part in decoded(path).split("/") if part]
    return tuple(None if is_identifier(part) or not _is_writable(part) else part for part in parts[:_DEEPEST])


def _is_writable(segment: str) -> bool:
    text = f"/{segment}"
    return not check_paths((text,)) and parse_path_pattern(text).segments == (segment,)


def pattern_of(segments: tuple[str | None, ...], *, below: bool) -> str:
    """Return the path pattern of *segments*, and of all *below*."""
    names: list[str] = []
    identifiers = 0
    for segment in segments:
        identifiers += segment is None
        number = identifiers if identifiers > 1 else ""
        names.append(f"{{id{number}}}" if segment is None else segment)
    return "/" + "/".join([*names, *(["*"] if below else [])])
