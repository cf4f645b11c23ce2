"""Can the expression be read in exponentially many ways? Then Python's matcher tries them all.

It can if some loop returns to where it began in two ways on the same text
(Weber and Seidl, "On the degree of ambiguity of finite automata", 1991: the criterion EDA).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from corsage.server.witness.automaton import START, Automaton

_Pair: TypeAlias = tuple[int, int]
_MOST_STEPS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop that reads one text in two ways.

    Attributes:
        at: the position from which it returns to itself.
        text: what it reads on its way.
    """

    at: int
    text: str


def ambiguous_loop(automaton: Automaton) -> Loop | None:
    """Return a loop of *automaton* that reads a text in two ways; ``None`` where none was found."""
    budget = [_MOST_STEPS]
    for component in _components(automaton):
        found = _twice_at_once(automaton, component) or _two_ways_round(automaton, component, budget)
        if found:
            return found
    return None


def _twice_at_once(automaton: Automaton, component: frozenset[int]) -> Loop | None:
    """Find ``(a*)*``: one step that is two steps of the expression."""
    for before in component:
        for after, doubled in automaton.follow[before].items():
            if doubled and after in component and automaton.chars[after]:
                return Loop(after, automaton.chars[after][0])
    return None


def _two_ways_round(automaton: Automaton, component: frozenset[int], budget: list[int]) -> Loop | None:
    """Find two walks through *component* with one text that part and meet again."""
    came_from: dict[_Pair, tuple[_Pair, str] | None] = {(at, at): None for at in sorted(component)}
    waiting = list(came_from)
    for pair in waiting:
        for after, char in _steps(automaton, component, pair, budget):
            if after[0] == after[1] and pair[0] != pair[1]:
                return Loop(after[0], _text(came_from, pair) + char)
            if after not in came_from:
                came_from[after] = (pair, char)
                waiting.append(after)
    return None


def _steps(
    automaton: Automaton, component: frozenset[int], pair: _Pair, budget: list[int]
) -> Iterator[tuple[_Pair, str]]:
    for left in automaton.follow[pair[0]]:
        if left not in component:
            continue
        for right in automaton.follow[pair[1]]:
            budget[0] -= 1
            if budget[0] < 0:
                return
            # (a, b) and (b, a) are one pair of walks.
            if right in component and (pair[0] != pair[1] or left <= right):
                shared = next(
                    (char for char in automaton.chars[left] if char in automaton.chars[right]), None
                )
                if shared is not None:
                    yield (left, right), shared


def _text(came_from: Mapping[_Pair, tuple[_Pair, str] | None], pair: _Pair) -> str:
    chars: list[str] = []
    step = came_from[pair]
    while step is not None:
        pair, char = step
        chars.append(char)
        step = came_from[pair]
    return "".join(reversed(chars))


def _components(automaton: Automaton) -> list[frozenset[int]]:
    """Return the sets of positions that lead to each other: the loops."""
    forward = automaton.follow
    backward: dict[int, list[int]] = {at: [] for at in forward}
    for before, afters in forward.items():
        for after in afters:
            backward[after].append(before)
    order = [at for at in _postorder(forward) if at != START]
    seen: set[int] = {START}
    found: list[frozenset[int]] = []
    for root in reversed(order):
        if root in seen:
            continue
        members = _reach(root, backward, seen)
        if len(members) > 1 or root in forward[root]:
            found.append(frozenset(members))
    return found


def _postorder(graph: Mapping[int, Iterable[int]]) -> list[int]:
    order: list[int] = []
    seen: set[int] = set()
    for root in graph:
        stack: list[tuple[int, Iterator[int]]] = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            at, rest = stack[-1]
            after = next((each for each in rest if each not in seen), None)
            if after is None:
                order.append(at)
                stack.pop()
            else:
                seen.add(after)
                stack.append((after, iter(graph[after])))
    return order


def _reach(root: int, graph: Mapping[int, Iterable[int]], seen: set[int]) -> list[int]:
    members = [root]
    seen.add(root)
    for at in members:
        for after in graph[at]:
            if after not in seen:
                seen.add(after)
                members.append(after)
    return members
