"""Object literals in a program: which options are given, and to what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corsage.stacks.node.tokens import Token, tokens_of

_OPEN: Final = frozenset("([{")
_CLOSE: Final = frozenset(")]}")
# How many tokens before an object say what it is for.
_CONTEXT: Final = 8
# Hostile programs are nested without end, or have values without end.
_DEEPEST: Final = 60
_LONGEST_VALUE: Final = 400


@dataclass(frozen=True, slots=True)
class Literal:
    """An object.

    Attributes:
        before: the values of the tokens just before it, nearest last: ``app use ( cors (``.
        entries: its values, as tokens, by key; shorthands among them, without tokens.
        at: which token of the program it begins with.
    """

    before: tuple[str, ...]
    entries: Mapping[str, Sequence[Token]]
    at: int

    def has(self, key: str, *values: str) -> bool:
        """Tell whether *key* is there, with just one token for a value, which is one of *values*."""
        tokens = self.entries.get(key, ())
        return len(tokens) == 1 and tokens[0].value in values

    def texts(self, key: str) -> list[str]:
        """Return the texts in the value of *key*."""
        return [token.value for token in self.entries.get(key, ()) if token.kind == "text"]

    def text(self, key: str) -> str | None:
        """Return the value of *key* where it is a single text."""
        tokens = self.entries.get(key, ())
        return tokens[0].value if len(tokens) == 1 and tokens[0].kind == "text" else None


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet."""

    mark: str
    at: int
    key: str = ""
    start: int = 0  # of the value
    entries: dict[str, Sequence[Token]] = field(default_factory=dict)


@lru_cache(maxsize=8)
def literals_of(source: str) -> tuple[Literal, ...]:
    """Return the objects of *source* that have entries, inner ones first."""
    return tuple(_literals(tokens_of(source)))


def _literals(tokens: Sequence[Token]) -> Iterator[Literal]:
    stack: list[_Open] = []
    for at, token in enumerate(tokens):
        if token.kind != "mark":
            continue
        if token.value in _OPEN:
            stack.append(_Open(token.value if len(stack) < _DEEPEST else "", at))
        elif token.value in _CLOSE:
            if stack:
                ended = stack.pop()
                _end_entry(ended, tokens, at)
                if ended.entries:
                    before = tuple(each.value for each in tokens[max(0, ended.at - _CONTEXT) : ended.at])
                    yield Literal(before, ended.entries, ended.at)
        elif stack and stack[-1].mark == "{":
            _step(stack[-1], tokens, at)


def _step(opened: _Open, tokens: Sequence[Token], at: int) -> None:
    if tokens[at].value == ":" and not opened.key and tokens[at - 1].kind in ("word", "text"):
        opened.key, opened.start = tokens[at - 1].value, at + 1
    elif tokens[at].value == "," or tokens[at].value == ";":
        _end_entry(opened, tokens, at)


def _end_entry(opened: _Open, tokens: Sequence[Token], at: int) -> None:
    if opened.key:
        opened.entries.setdefault(opened.key, tokens[opened.start : min(at, opened.start + _LONGEST_VALUE)])
    elif opened.mark == "{" and tokens[at - 1].kind == "word" and tokens[at - 2].value in ("{", ","):
        opened.entries.setdefault(tokens[at - 1].value, ())
    opened.key = ""
