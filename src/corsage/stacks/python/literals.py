"""Values as Python writes them down. Whatever a value holds, it stays a value."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

_WIDEST: Final = 88


def quoted(text: str) -> str:
    """Quote *text*."""
    return f'"{text}"' if text.isprintable() and not set(text) & {'"', "\\"} else repr(text)


def raw(text: str) -> str:
    """Quote an expression: raw where that can be."""
    return f'r"{text}"' if text.isprintable() and '"' not in text and not text.endswith("\\") else repr(text)


def listed(
    before: str,
    items: Sequence[str],
    after: str = "",
    *,
    quote: Callable[[str], str] = quoted,
    brackets: str = "[]",
) -> list[str]:
    """Write a list between *before* and *after*: in one line where it fits, else an item a line.

    A tuple of one item has its comma; an empty set has braces of no dictionary: give `brackets` that fit.
    """
    indent = " " * (len(before) - len(before.lstrip()))
    written = [quote(item) for item in items]
    comma = "," if brackets == "()" and len(items) == 1 else ""
    line = f"{before}{brackets[0]}{', '.join(written)}{comma}{brackets[1]}{after}"
    if len(line) <= _WIDEST or not items:
        return [line]
    return [
        f"{before}{brackets[0]}",
        *(f"{indent}    {item}," for item in written),
        f"{indent}{brackets[1]}{after}",
    ]


def table(before: str, values: Mapping[str, str], after: str = "") -> list[str]:
    """Write a dictionary of texts, an entry a line."""
    if not values:
        return [f"{before}{{}}{after}"]
    indent = " " * (len(before) - len(before.lstrip()))
    entries = [f"{indent}    {quoted(name)}: {quoted(value)}," for name, value in values.items()]
    return [f"{before}{{", *entries, f"{indent}}}{after}"]
