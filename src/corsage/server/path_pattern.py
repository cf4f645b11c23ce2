"""Path patterns: which paths of an application a policy is for.

==========================  ======================================================================
``/login``                  this path alone
``/api/*``                  ``/api`` and all below it: ``/api/``, ``/api/v1``; never ``/apiary``
``/tenants/{id}/*``         one segment, not empty, in the place of ``{id}``
==========================  ======================================================================

Paths are compared as ASGI and WSGI hand them over: decoded, case-sensitive, character for character. Nothing is
interpreted a second time, so that the middleware sees the path that the application's router sees: ``//api`` and
``/API`` are not below ``/api``; ``/api/../x`` is; ``%2f`` is three characters.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

ANY_BELOW: Final = "*"

# How one pattern ranks: more literal segments win, then exact before prefix, then literal before {} from the left.
Rank = tuple[int, bool, tuple[int, ...]]


@dataclass(frozen=True)
class PathPattern:
    """One parsed pattern.

    Attributes:
        text: as it was written.
        segments: between the slashes, without a ``*`` at the end; ``None`` stands for any one segment.
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
        """Tell whether *path*, decoded, is one of those that are meant."""
        if not path.startswith("/"):
            return False
        given = path[1:].split("/")
        wanted = self.segments
        if len(given) < len(wanted) or (len(given) > len(wanted) and not self.is_prefix):
            return False
        return all(
            bool(found) if segment is None else found == segment
            for segment, found in zip(wanted, given, strict=False)
        )


def parse_path_pattern(text: str) -> PathPattern:
    """Read one key of ``paths``. The rules of `corsage.server.path_rules` say first whether it is one."""
    segments = text.removeprefix("/").split("/")
    is_prefix = segments[-1] == ANY_BELOW
    kept = segments[:-1] if is_prefix else segments
    return PathPattern(
        text, tuple(None if segment.startswith("{") else segment for segment in kept), is_prefix
    )
