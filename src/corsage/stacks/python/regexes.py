"""Expressions over origins for Python's own engine: anchored, and several as one."""

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from corsage.stacks.origins import Origins

_LEADING_FLAGS: Final = re.compile(r"\(\?([aims]+)\)")
# What counts groups: it means something else once it stands behind other groups.
_COUNTS_GROUPS: Final = re.compile(r"\\[1-9]|\(\?\(|\(\?P=")

NOT_ANCHORED: Final = "The expression {} cannot be put between others, or be anchored: it is left out."


@dataclass(frozen=True, slots=True)
class Expressions:
    """Expressions, and those that had to be left out.

    Attributes:
        kept: as they are to be written.
        limits: a sentence for each of the others.
    """

    kept: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


def anchored(origins: Origins) -> Expressions:
    """Return expressions that `re.match` cannot match beyond an origin's end. One each."""
    return _each(origins.expressions, lambda part: part + r"\Z")


def alternatives(origins: Origins, *, beside_others: bool = False) -> Expressions:
    """Return one expression for all that are not exact, for `re.fullmatch`; none where there are none.

    Args:
        origins: of the policy.
        beside_others: whether the library puts it behind alternatives of its own.
    """
    several = beside_others or len(origins.expressions) > 1
    parts: list[str] = []
    limits: list[str] = []
    for each in origins.expressions:
        part = each if not several else _group(each)
        candidate = "|".join([*parts, part or ""])
        if part is None or (parts and _COUNTS_GROUPS.search(each)) or not _compiles(candidate):
            limits.append(NOT_ANCHORED.format(each))
        else:
            parts.append(part)
    return Expressions(("|".join(parts),) if parts else (), tuple(limits))


def _each(expressions: Sequence[str], made: Callable[[str], str]) -> Expressions:
    kept: list[str] = []
    limits: list[str] = []
    for each in expressions:
        part = _group(each)
        if part is None:
            limits.append(NOT_ANCHORED.format(each))
        else:
            kept.append(made(part))
    return Expressions(tuple(kept), tuple(limits))


def _group(expression: str) -> str | None:
    """Put *expression* into a group, its flags with it; ``None`` where it cannot be."""
    found = _LEADING_FLAGS.match(expression)
    part = f"(?:{expression})" if found is None else f"(?{found[1]}:{expression[found.end() :]})"
    # A comment of an expression with the flag x would swallow the end of the group.
    if not _compiles(part):
        return None
    return part if found is not None or "|" in expression else expression


def _compiles(expression: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(expression)
        except (re.error, OverflowError, RecursionError, ValueError):
            return False
    return True
