"""In how many ways can an expression be read? Python's matcher tries them all before it gives up.

Exponentially many if some loop returns to where it began in two ways on the same text; and as many as the length to the
power of *k* if *k* loops in a row can pass the same text on to each other (Weber and Seidl, "On the degree of ambiguity
of finite automata", 1991: the criteria EDA and IDA).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from corsage.server.witness.automaton import Automaton
from corsage.server.witness.components import components, reachable
from corsage.server.witness.search import UnfinishedError

_Walks: TypeAlias = tuple[int, ...]
_MOST_STEPS: Final = 300_000
# No origin holds many of these, so no loop over them goes round often.
_RARE: Final = str.maketrans("", "", "/[]")


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that reads one text in two ways, or passes it on to another loop.

    Attributes:
        at: the position from which it returns to itself.
        text: what it reads on its way.
    """

    at: int
    text: str


class Ambiguity:
    """How ambiguous the loops of an automaton are."""

    def __init__(self, automaton: Automaton) -> None:
        """Read the loops of *automaton*."""
        self._automaton = automaton
        self._chars = [frozenset(chars.translate(_RARE)) for chars in automaton.chars]
        self._loops = components(automaton)
        self._budget = _MOST_STEPS

    @cached_property
    def exponential(self) -> Loop | None:
        """A loop that reads a text in two ways; ``None`` where none does.

        Raises:
            UnfinishedError: there is more to search than we care for.
        """
        for loop in self._loops:
            found = self._twice_at_once(loop) or self._two_ways_round(loop)
            if found:
                return found
        return None

    @cached_property
    def chain(self) -> tuple[Loop, ...]:
        """The longest row of loops each of which passes texts on to the next one, which is left out.

        Raises:
            UnfinishedError: there is more to search than we care for.
        """
        best: list[tuple[Loop, ...]] = []
        for number, loop in enumerate(self._loops):
            longest: tuple[Loop, ...] = ()
            for before in range(number):
                earlier = self._loops[before]
                if loop.isdisjoint(reachable(self._automaton, min(earlier))):
                    continue
                # At most one more than before it: no need to look where that would not be longer.
                passed = self._passed_on(earlier, loop) if len(best[before]) >= len(longest) else None
                longest = max(longest, best[before] + ((passed,) if passed else ()), key=len)
            best.append(longest)
        return max(best, key=len, default=())

    def _twice_at_once(self, loop: frozenset[int]) -> Loop | None:
        """Find ``(a*)*``: one step that is two steps of the expression."""
        for before in sorted(loop):
            for after, doubled in self._automaton.follow[before].items():
                if doubled and after in loop and self._chars[after]:
                    return Loop(after, self._first({after}))
        return None

    def _two_ways_round(self, loop: frozenset[int]) -> Loop | None:
        """Find two walks through *loop* with one text that part and meet again."""
        starts = [(at, at) for at in sorted(loop)]
        came_from: dict[_Walks, tuple[_Walks, str] | None] = dict.fromkeys(starts)
        for pair in (waiting := list(came_from)):
            for after, char in self._steps(pair, (loop, loop)):
                if after[0] == after[1] and pair[0] != pair[1]:
                    return Loop(after[0], _text(came_from, pair) + char)
                ordered = (min(after), max(after))  # (a, b) and (b, a) are one pair of walks
                if ordered not in came_from:
                    came_from[ordered] = (pair, char)
                    waiting.append(ordered)
        return None

    def _passed_on(self, first: frozenset[int], second: frozenset[int]) -> Loop | None:
        """Find a text that goes round *first*, round *second*, and from the one to the other."""
        between = reachable(self._automaton, min(first))
        for at in sorted(first):
            for goal in sorted(second):
                text = self._way(at, goal, (first, between, second))
                if text:
                    return Loop(at, text)
        return None

    def _way(self, at: int, goal: int, rooms: tuple[frozenset[int], ...]) -> str:
        start, end = (at, at, goal), (at, goal, goal)
        if self._chars[at].isdisjoint(self._chars[goal]):
            return ""  # the text ends with a character of both
        came_from: dict[_Walks, tuple[_Walks, str] | None] = {start: None}
        for walks in (waiting := [start]):
            for after, char in self._steps(walks, rooms):
                if after not in came_from:
                    came_from[after] = (walks, char)
                    waiting.append(after)  # type: ignore[arg-type]
                if after == end:
                    return _text(came_from, after)
        return ""

    def _steps(self, walks: _Walks, rooms: tuple[frozenset[int], ...]) -> Iterator[tuple[_Walks, str]]:
        """Yield where the *walks* may be after one more character that all of them read, each in its room."""
        follow = self._automaton.follow
        reached: list[tuple[_Walks, frozenset[str]]] = [((), frozenset())]
        for at, room in zip(walks, rooms, strict=True):
            afters = [(after, self._chars[after]) for after in follow[at] if after in room]
            self._budget -= len(reached) * len(afters)
            if self._budget < 0:
                raise UnfinishedError
            reached = [
                ((*before, after), shared)
                for before, chars in reached
                for after, new in afters
                if (shared := chars & new if before else new)
            ]
        for after, _ in reached:
            yield after, self._first(after)

    def _first(self, positions: Iterable[int]) -> str:
        """Return the first character that may stand at all *positions*."""
        first, *others = positions
        chars = self._chars
        return next(
            char
            for char in self._automaton.chars[first]
            if char in chars[first] and all(char in chars[other] for other in others)
        )


def _text(came_from: Mapping[_Walks, tuple[_Walks, str] | None], walks: _Walks) -> str:
    chars: list[str] = []
    step = came_from[walks]
    while step is not None:
        walks, char = step
        chars.append(char)
        step = came_from[walks]
    return "".join(reversed(chars))
