"""What Python's parser reads of an expression, and which characters each item of it stands for.

Whoever judges an expression and whoever runs it ask here, so that they read one language.
"""

import re
import warnings
from collections.abc import Hashable, Iterable
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # the only reader of Python's syntax there is
from typing import Any, Final

Item = tuple[Any, Any]

CHAR_OPS: Final = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})
UNBOUNDED: Final = int(_parser.MAXREPEAT)
_TYPES: Final = re.ASCII | re.LOCALE | re.UNICODE
# Beyond ASCII, what `(?iu:...)` takes for a letter of ASCII.
_FOLDED: Final = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}


def parse_regex(pattern: str) -> tuple[Iterable[Item], int]:
    """Read *pattern* as Python does; return its items and flags.

    Raises:
        re.error, RecursionError, OverflowError, ValueError: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a set of Python's future is no mistake of the policy's
        parsed = _parser.parse(pattern, re.ASCII)
    return parsed, int(parsed.state.flags)


def flags_within(flags: int, added: int, removed: int) -> int:
    """Return the flags inside of a group such as ``(?i-s:...)``."""
    kept = flags & ~_TYPES if added & _TYPES else flags
    return int((kept | added) & ~removed)


def chars_of(op: str, value: Any, flags: int, alphabet: str) -> frozenset[str]:  # noqa: ANN401 - the parser's own
    """Return the characters of *alphabet*, which is printable ASCII, that an item of `CHAR_OPS` stands for."""
    if op == "ANY":
        return frozenset(alphabet)
    items = tuple(value) if op == "IN" else ((op, value),)
    return _chars(items, flags & (re.IGNORECASE | re.ASCII), alphabet)


@lru_cache(maxsize=1024)
def _chars(items: tuple[Hashable, ...], flags: int, alphabet: str) -> frozenset[str]:
    return frozenset(char for char in alphabet if _is_in(_cases(char, flags), items))


def _is_in(cases: str, items: tuple[Any, ...]) -> bool:
    found = negated = False
    for op, value in items:
        match str(op):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found = found or chr(value) in cases
            case "NOT_LITERAL":
                found = chr(value) not in cases
            case "RANGE":
                found = found or any(value[0] <= ord(case) <= value[1] for case in cases)
            case "CATEGORY":
                found = found or _is_of(cases[0], str(value))
    return found is not negated


def _cases(char: str, flags: int) -> str:
    """Return *char*, and what it is taken for where case does not matter."""
    if not flags & re.IGNORECASE:
        return char
    folded = "" if flags & re.ASCII else _FOLDED.get(char.lower(), "")
    return f"{char}{char.swapcase()}{folded}"


def _is_of(char: str, category: str) -> bool:
    known = {
        "DIGIT": char.isdigit(),
        "WORD": char.isalnum() or char == "_",
        "SPACE": char == " ",
    }
    return known[category.rpartition("_")[2]] is not ("_NOT_" in category)
