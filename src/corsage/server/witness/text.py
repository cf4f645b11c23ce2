"""Expressions as they are written: where their dots and their alternatives are."""

from collections.abc import Iterator
from typing import Final

# Beside these a dot is no dot of a name: ``pr-.`` and ``..`` mean any character.
_NO_NAME: Final = frozenset({".", "-", "/", ":", r"\.", r"\-", r"\/"})
_QUANTIFIERS: Final = frozenset("*+?{")


def with_escaped_dots(pattern: str) -> str:
    """Return *pattern* with a backslash before each dot that stands between the letters of a name."""
    parts = list(_pieces(pattern))
    made: list[str] = []
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else ""
        after = parts[number + 1] if number + 1 < len(parts) else ""
        is_bare = part == "." and before not in _NO_NAME and after not in _NO_NAME | _QUANTIFIERS
        made.append(r"\." if is_bare else part)
    return "".join(made)


def alternatives(pattern: str) -> tuple[str, ...]:
    """Split *pattern* at the bars that stand in no group."""
    made = [""]
    depth = 0
    for part in _pieces(pattern):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "|" and not depth:
            made.append("")
        else:
            made[-1] += part
    return tuple(made)


def _pieces(pattern: str) -> Iterator[str]:
    """Split into characters, escapes and sets."""
    at = 0
    while at < len(pattern):
        end = at + 1
        if pattern[at] == "\\":
            end = at + 2
        elif pattern[at] == "[":
            end = _end_of_set(pattern, at)
        yield pattern[at:end]
        at = end


def _end_of_set(pattern: str, start: int) -> int:
    at = start + 1
    if pattern[at : at + 1] == "^":
        at += 1
    at += 1  # a bracket that comes first stands for itself
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1
