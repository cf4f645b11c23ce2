"""Positions of an expression's characters, and which may follow which (Glushkov's construction).

Counted loops are unrolled where they are short; longer ones become unbounded, which accepts more. Whoever finds a text
here tries it on the expression itself.
"""

from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeAlias

from corsage.server.witness.tree import ALPHABET, Chars, Choice, Node, Repeat, Sequence

START: Final = -1
_LARGEST: Final = 1500
_MOST_EDGES: Final = 60_000
_MOST_WORK: Final = 10_000
_LONGEST_UNROLLED: Final = 5


class TooLargeError(ValueError):
    """The expression has more positions than we care to look at."""


@dataclass(slots=True)
class Automaton:
    """What may follow what.

    Attributes:
        chars: for each position, the characters that stand there.
        follow: for each position, and for `START`, what may come next, and whether it can in more ways than one.
        last: the positions at which a text may end, `START` among them where the empty text is accepted.
    """

    chars: list[str] = field(default_factory=list)
    follow: dict[int, dict[int, bool]] = field(default_factory=lambda: {START: {}})
    last: frozenset[int] = frozenset()


# Positions, and whether one comes to them in more ways than one.
_Ends: TypeAlias = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of the expression begins and ends with, and in how many ways it is empty: 0, 1, or 2 for more."""

    first: _Ends
    last: _Ends
    empty: int


_NOTHING: Final = _Part((), (), 1)


def automaton_of(root: Node) -> Automaton:
    """Build the automaton of a tree.

    Raises:
        TooLargeError: it would be too large to be searched.
    """
    builder = _Builder()
    whole = builder.part(root)
    builder.connect(((START, False),), whole.first)
    made = builder.made
    made.last = frozenset(at for at, _ in whole.last) | (frozenset({START}) if whole.empty else frozenset())
    return made


class _Builder:
    __slots__ = ("_edges", "_work", "made")

    def __init__(self) -> None:
        self.made = Automaton()
        self._edges = 0
        self._work = 0

    def part(self, node: Node) -> _Part:
        self._work += 1
        if self._work > _MOST_WORK:
            raise TooLargeError  # repeats of repeats of nothing have no positions, and take for ever
        match node:
            case Chars(chars):
                return self._position(chars)
            case Sequence(parts):
                return self._sequence([self.part(each) for each in parts])
            case Choice(options):
                found = [self.part(each) for each in options]
                return _Part(
                    tuple(at for each in found for at in each.first),
                    tuple(at for each in found for at in each.last),
                    min(2, sum(each.empty for each in found)),
                )
            case Repeat(body, least, most):
                return self._repeat(body, least, most)

    def connect(self, befores: _Ends, afters: _Ends) -> None:
        self._edges += len(befores) * len(afters)
        if self._edges > _MOST_EDGES:
            raise TooLargeError
        for (before, left), (after, entered) in product(befores, afters):
            follow = self.made.follow[before]
            follow[after] = after in follow or left or entered

    def _position(self, chars: frozenset[str]) -> _Part:
        at = len(self.made.chars)
        if at >= _LARGEST:
            raise TooLargeError
        self.made.chars.append("".join(char for char in ALPHABET if char in chars))
        self.made.follow[at] = {}
        return _Part(((at, False),), ((at, False),), 0)

    def _sequence(self, parts: list[_Part]) -> _Part:
        whole = _NOTHING
        for part in parts:
            self.connect(whole.last, part.first)
            whole = _Part(
                whole.first + _through(part.first, whole.empty),
                _through(whole.last, part.empty) + part.last,
                min(2, whole.empty * part.empty),
            )
        return whole

    def _repeat(self, body: Node, least: int, most: int | None) -> _Part:
        if least > _LARGEST:
            raise TooLargeError
        parts = [self.part(body) for _ in range(least)]
        if most is None or most - least > _LONGEST_UNROLLED:
            loop = self.part(body)
            self.connect(loop.last, loop.first)
            # What may be empty may also be so once more, after the last time.
            ways = min(2, 1 + loop.empty)
            return self._sequence([*parts, _Part(loop.first, _through(loop.last, ways), ways)])
        optional = _NOTHING
        for _ in range(most - least):
            # (a(a(a)?)?)?: each only after the one before it.
            inner = self._sequence([self.part(body), optional])
            optional = _Part(inner.first, inner.last, min(2, 1 + inner.empty))
        return self._sequence([*parts, optional])


def _through(ends: _Ends, ways: int) -> _Ends:
    """Return the *ends* that one comes to through a part that is empty in so many *ways*."""
    if ways == 1:
        return ends
    return tuple((at, True) for at, _ in ends) if ways else ()
