"""Path patterns: which paths of an application a policy is for.

==========================  ======================================================================
``/login``                  this path alone, with and without a slash at its end
``/api/*``                  ``/api`` and all below it: ``/api/``, ``/api/v1``; never ``/apiary``
``/tenants/{id}/*``         one segment, not empty, in the place of ``{id}``
==========================  ======================================================================

Paths are compared as ASGI and WSGI hand them over: decoded, case-sensitive, character for character; ``%2f`` is three
characters, and ``/API`` is not below ``/api``. One slash at the end never matters, of a path or of a pattern. What can
be read in more than one way, as ``//api`` and ``/api/../x`` can, is for `corsage.server.path_readings`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from corsage.server.path_readings import as_written

ANY_BELOW: Final = "*"

# How one pattern ranks: more literal segments win, then exact before prefix, then literal before {} from the left.
Rank = tuple[int, bool, tuple[int, ...]]


@dataclass(frozen=True)
class PathPattern:
    """One parsed pattern.

    Attributes:
        text: as it was written.
        segments: between the slashes, without a ``*`` at the end; ``None`` stands for any one segment. None of the
            root.
        is_prefix: whether it ends with ``/*``.
    """

    text: str
    segments: tuple[str | None, ...]
    is_prefix: bool

    @property
    def is_literal(self) -> bool:
        """Whether it names a single path."""
        return not self.is_prefix and None not in self.segments

    @cached_property
    def rank(self) -> Rank:
        """How specific it is; of two that match one path, the greater wins."""
        kinds = tuple(1 if segment is None else 2 for segment in self.segments)
        return kinds.count(2), not self.is_prefix, kinds

    @property
    def shape(self) -> tuple[tuple[str | None, ...], bool]:
        """What it matches: patterns of one shape differ in the names in braces alone."""
        return self.segments, self.is_prefix

    def matches(self, path: str) -> bool:
        """Tell whether *path*, decoded and as it is written, is one of those that are meant."""
        written = as_written(path)
        if written[:1] not in {"", "/"}:
            return False
        given = split_path(written)
        wanted = self.segments
        if len(given) < len(wanted) or (len(given) > len(wanted) and not self.is_prefix):
            return False
        return all(
            bool(found) if segment is None else found == segment
            for segment, found in zip(wanted, given, strict=False)
        )


def split_path(written: str, most: int = -1) -> list[str]:
    """Split a path without its last slash into segments; what follows the *most*-th slash stays together."""
    return written[1:].split("/", most) if written else []


def parse_path_pattern(text: str) -> PathPattern:
    """Read one key of ``paths``. The rules of `corsage.server.path_rules` say first whether it is one."""
    segments = split_path(as_written(text))
    is_prefix = segments[-1:] == [ANY_BELOW]
    kept = segments[:-1] if is_prefix else segments
    return PathPattern(
        text, tuple(None if segment.startswith("{") else segment for segment in kept), is_prefix
    )
