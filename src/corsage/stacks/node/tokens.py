"""JavaScript and TypeScript as tokens, as far as linting needs them: in one pass, whatever the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST_TEXT: Final = 100_000
_LONGEST_REGEX: Final = 600
# Whatever is not closed ends with the line, or with the text: nothing is tried twice.
_TOKEN: Final = re.compile(
    r"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))"
    r"|(?P<text>'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?|`(?:[^`\\]|\\.)*`?)"
    r"|(?P<word>[A-Za-z_$][A-Za-z0-9_$]*)"
    r"|(?P<number>[0-9][0-9A-Za-z_.]*)"
    r"|(?P<mark>=>|\.\.\.|[^\s])",
    re.DOTALL,
)
_REGEX: Final = re.compile(
    r"/(?:[^/\\\n\[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,500}\])(?:[^/\\\n\[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n]){0,500}\])"
    r"{0,1000}/[a-z]{0,8}"
)
# After these a slash begins an expression; after everything else it divides.
_BEFORE_REGEX: Final = frozenset("(,=:[!&|?{};") | {"=>", "return", ""}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a program.

    Attributes:
        kind: ``text``, ``word``, ``number``, ``regex`` or ``mark``.
        value: of texts what they hold, as it is written, without quotes.
    """

    kind: str
    value: str


@lru_cache(maxsize=8)
def tokens_of(source: str) -> tuple[Token, ...]:
    """Return the tokens of *source* without its comments; what is too long is cut."""
    return tuple(_tokens(source[:_LONGEST_TEXT]))


def _tokens(source: str) -> Iterator[Token]:
    at, last = 0, ""
    while (found := _TOKEN.search(source, at)) is not None:
        at = found.end()
        kind = found.lastgroup or "mark"
        value = found[0]
        if kind == "comment":
            continue
        if value == "/" and last in _BEFORE_REGEX:
            regex = _REGEX.match(source, found.start(), found.start() + _LONGEST_REGEX)
            if regex is not None:
                kind, value, at = "regex", regex[0], regex.end()
        last = value if kind in ("mark", "word") else "value"
        yield Token(kind, _inner(value) if kind == "text" else value)


def _inner(literal: str) -> str:
    inner = literal[1:]
    return inner[:-1] if inner.endswith(literal[0]) else inner
