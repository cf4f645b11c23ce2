r"""Write an expression so that ``google-re2`` reads what Python reads.

Both have a syntax of their own: ``[[:alpha:]]``, ``{,9}``, ``\Z`` and ``\pN`` mean other things to each. So re2 is
never given what was written, but what Python's parser made of it, in words that both have: explicit sets of ASCII
characters, groups, bars, counted loops. Origins are printable ASCII, and so are these sets.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from corsage.server.regex_chars import CHAR_OPS, UNBOUNDED, Item, chars_of, flags_within, parse_regex

# More repetitions than these, nested ones multiplied, re2 refuses.
_MOST_REPEATS: Final = 1000
_PRINTABLE: Final = "".join(map(chr, range(0x20, 0x7F)))
_NO_CHAR: Final = r"[^\x00-\x{10FFFF}]"
_ANCHORS: Final[Mapping[str, str]] = {
    "AT_BEGINNING": r"\A",
    "AT_BEGINNING_STRING": r"\A",
    "AT_END": r"\z",
    "AT_END_STRING": r"\z",
    "AT_BOUNDARY": r"\b",
    "AT_NON_BOUNDARY": r"\B",
}


class _NotLinearError(ValueError):
    """It has parts that cannot be matched in linear time."""


@lru_cache(maxsize=4096)
def linear_form(pattern: str) -> str | None:
    """Return *pattern* for re2; ``None`` where it has no such form: look-around, back-references, atomic groups.

    The same on every machine, whether re2 is installed or not.

    Raises:
        re.error, OverflowError, ValueError: it is no regular expression of Python's.
    """
    try:
        items, flags = parse_regex(pattern)
        return _sequence(items, flags, 1)
    except (_NotLinearError, RecursionError):
        return None


def _sequence(items: Iterable[Item], flags: int, times: int) -> str:
    return "".join(_one(str(op), value, flags, times) for op, value in items)


def _one(op: str, value: Any, flags: int, times: int) -> str:  # noqa: ANN401 - the parser's own
    if op in CHAR_OPS:
        return _set(chars_of(op, value, flags, _PRINTABLE))
    writer = _WRITERS.get(op)
    if writer is None:
        raise _NotLinearError
    return writer(value, flags, times)


def _repeat(value: Any, flags: int, times: int) -> str:  # noqa: ANN401 - likewise
    least, most, items = int(value[0]), int(value[1]), value[2]
    counted = times * max(1, least, 0 if most >= UNBOUNDED else most)
    if counted > _MOST_REPEATS:
        raise _NotLinearError
    bounds = f"{least}," if most >= UNBOUNDED else f"{least},{most}"
    return f"(?:{_sequence(items, flags, counted)}){{{bounds}}}"


def _group(value: Any, flags: int, times: int) -> str:  # noqa: ANN401 - likewise
    _, added, removed, items = value
    return f"(?:{_sequence(items, flags_within(flags, added, removed), times)})"


def _branch(value: Any, flags: int, times: int) -> str:  # noqa: ANN401 - likewise
    return f"(?:{'|'.join(_sequence(each, flags, times) for each in value[1])})"


_WRITERS: Final[Mapping[str, Callable[[Any, int, int], str]]] = {
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "SUBPATTERN": _group,
    "BRANCH": _branch,
    "AT": lambda where, _, __: _ANCHORS[str(where)],
    "FAILURE": lambda _, __, ___: _NO_CHAR,
}


@lru_cache(maxsize=1024)
def _set(chars: frozenset[str]) -> str:
    if not chars:
        return _NO_CHAR
    if len(chars) == 1:
        return re.escape(next(iter(chars))) if chars <= _PLAIN else _hex(ord(min(chars)))
    ranges: list[tuple[int, int]] = []
    for code in sorted(map(ord, chars)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return f"[{''.join(f'{_hex(first)}-{_hex(last)}' for first, last in ranges)}]"


_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:.")


def _hex(code: int) -> str:
    return f"\\x{code:02x}"
