"""The loops of an automaton: sets of positions that lead to each other (Kosaraju's algorithm)."""

from collections.abc import Iterable, Iterator, Mapping

from corsage.server.witness.automaton import START, Automaton


def components(automaton: Automaton) -> list[frozenset[int]]:
    """Return the loops, each before those that it leads to."""
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


def reachable(automaton: Automaton, start: int) -> frozenset[int]:
    """Return what *start* leads to, itself included."""
    return frozenset(_reach(start, automaton.follow, set()))


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
