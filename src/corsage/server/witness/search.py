"""Find texts that an automaton accepts and that have a shape: the shortest first."""

from collections.abc import Hashable, Iterator
from typing import Final, TypeAlias

from corsage.server.witness.automaton import START, Automaton
from corsage.server.witness.shapes import Shape

_State: TypeAlias = tuple[int, Hashable]
_Origins: TypeAlias = dict[_State, tuple[_State, str] | None]

_MOST_STEPS: Final = 60_000


class UnfinishedError(ValueError):
    """The search became too long."""


def search(automaton: Automaton, shape: Shape, *, backwards: bool = False) -> Iterator[str]:
    """Yield accepted texts of the *shape*, one for each way in which one may end.

    Args:
        automaton: what accepts.
        shape: what is looked for.
        backwards: whether to prefer the characters that are else the last choice: for another text of each way.

    Raises:
        UnfinishedError: there is more to search than we care for.
    """
    came_from: _Origins = {(START, shape.start): None}
    waiting = list(came_from)
    steps = 0
    chars = _told_apart(automaton, shape, backwards=backwards)
    for state in waiting:
        at, form = state
        if at in automaton.last and shape.is_done(form):
            yield _text(came_from, state)
        for after in automaton.follow[at]:
            for char in chars[after]:
                steps += 1
                longer = shape.step(form, char)
                if longer is None or (after, longer) in came_from:
                    continue
                came_from[after, longer] = (state, char)
                waiting.append((after, longer))
        if steps > _MOST_STEPS:
            raise UnfinishedError


def _told_apart(automaton: Automaton, shape: Shape, *, backwards: bool) -> list[str]:
    """Return the characters of each position, with one letter for all that are alike to the *shape*."""
    dull = frozenset("abcdefghijklmnopqrstuvwxyz") - shape.letters
    made: list[str] = []
    for chars in automaton.chars:
        ordered = chars[::-1] if backwards else chars
        first = next((char for char in ordered if char in dull), "")
        made.append("".join(char for char in ordered if char == first or char not in dull))
    return made


def accepts(automaton: Automaton, text: str) -> bool:
    """Tell whether *automaton* accepts *text*, in time linear in its length."""
    states = {START}
    for char in text:
        states = {after for at in states for after in automaton.follow[at] if char in automaton.chars[after]}
    return not automaton.last.isdisjoint(states)


def way_to(automaton: Automaton, goal: int) -> str:
    """Return the shortest text that leads to the position *goal*; empty where none does."""
    came_from: dict[int, tuple[int, str] | None] = {START: None}
    waiting = [START]
    for at in waiting:
        for after in automaton.follow[at]:
            if after not in came_from and automaton.chars[after]:
                came_from[after] = (at, automaton.chars[after][0])
                waiting.append(after)
    chars: list[str] = []
    step = came_from.get(goal)
    while step is not None:
        chars.append(step[1])
        step = came_from[step[0]]
    return "".join(reversed(chars))


def _text(came_from: _Origins, state: _State) -> str:
    chars: list[str] = []
    step = came_from[state]
    while step is not None:
        state, char = step
        chars.append(char)
        step = came_from[state]
    return "".join(reversed(chars))
