"""How long may Python's matcher take for an expression, at the worst?"""

from typing import Final

from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness.ambiguity import Ambiguity, Loop
from corsage.server.witness.automaton import START, Automaton, automaton_of
from corsage.server.witness.finding import Finding, Kind
from corsage.server.witness.search import way_to
from corsage.server.witness.tree import ALPHABET, Chars, Choice, Node, Repeat, Sequence, Tree

_REPEATS: Final = 24
_LONGEST_LABEL: Final = 60
_LONGEST_HOST: Final = 253
# Three loops in a row over one text: some millions of steps for a host of 253 letters. A fourth makes seconds of it.
_HEAVY_ROW: Final = 3
_SLOW_ROW: Final = 4
# Counted loops from here on are as bad as endless ones, if each time can be read in two ways: 2 to the power of 8.
_FEW_TIMES: Final = 8
_MOST_WAYS: Final = 5_000_000
# Fewer after so many characters, and there will never be too many: endless loops have been looked at before.
_ENOUGH: Final = 40
_FEW_WAYS: Final = 20_000
_STARTS: Final = ("https://", "http://")


def effort_of(tree: Tree, whole: Automaton) -> Finding | None:
    """Return a finding of `Kind.SLOW` or `Kind.HEAVY` with an origin that takes long; ``None`` where none does.

    Args:
        tree: the expression.
        whole: the automaton of its root.

    Raises:
        TooLargeError, UnfinishedError: it is too large to tell.
    """
    root = _endless(tree.effort)
    automaton = whole if root == tree.root else automaton_of(root)
    ambiguity = Ambiguity(automaton)
    if ambiguity.exponential is not None:
        return Finding(Kind.SLOW, _slow_text(automaton, ambiguity.exponential, _REPEATS))
    passed = ambiguity.chain
    if len(passed) + 1 >= _HEAVY_ROW:
        kind = Kind.SLOW if len(passed) + 1 >= _SLOW_ROW else Kind.HEAVY
        return Finding(kind, _slow_text(automaton, passed[-1], _LONGEST_LABEL))
    return _many_ways(automaton if root == tree.effort else automaton_of(tree.effort))


def _endless(node: Node) -> Node:
    """Return *node* with loops that are counted to many, and whose bodies leave a choice, as endless loops."""
    match node:
        case Chars():
            return node
        case Sequence(parts):
            return Sequence(tuple(_endless(each) for each in parts))
        case Choice(options):
            return Choice(tuple(_endless(each) for each in options))
        case Repeat(body, least, most):
            made = _endless(body)
            if most is None or most < _FEW_TIMES or not _leaves_choice(body):
                return Repeat(made, least, most)
            # Python counts empty times as well, so that (a?){30} chooses among its times.
            ways = Choice((made, made)) if least >= _FEW_TIMES and _may_be_empty(body) else made
            return Repeat(ways, min(least, 1), None)


def _leaves_choice(node: Node) -> bool:
    match node:
        case Chars():
            return False
        case Sequence(parts):
            return any(_leaves_choice(each) for each in parts)
        case Choice() | Repeat():
            return True


def _may_be_empty(node: Node) -> bool:
    match node:
        case Chars():
            return False
        case Sequence(parts):
            return all(_may_be_empty(each) for each in parts)
        case Choice(options):
            return any(_may_be_empty(each) for each in options)
        case Repeat(body, least, _):
            return least == 0 or _may_be_empty(body)


def _slow_text(automaton: Automaton, loop: Loop, letters: int) -> str:
    text = way_to(automaton, loop.at) + loop.text * (letters // len(loop.text) or 1)
    return text if split_serialized_origin(text) is not None else ""


def _many_ways(automaton: Automaton) -> Finding | None:
    """Count the ways to read hosts of one letter: ``a?a?a?a?a?`` has no loop, and too many all the same."""
    if not any(doubled for follow in automaton.follow.values() for doubled in follow.values()) and not any(
        _overlap(automaton, follow) for follow in automaton.follow.values()
    ):
        return None
    # Characters that stand at the same positions are one.
    signs = {tuple(char in chars for chars in automaton.chars): char for char in reversed(ALPHABET)}
    for start in _STARTS:
        states = {START: 1}
        for char in start:
            states = _step(automaton, states, char)
        for char in signs.values():
            if _ways(automaton, states, char) > _MOST_WAYS:
                return Finding(Kind.SLOW, f"{start}{char * _LONGEST_LABEL}")
    return None


def _overlap(automaton: Automaton, follow: dict[int, bool]) -> bool:
    seen: set[str] = set()
    for after in follow:
        chars = automaton.chars[after]
        if not seen.isdisjoint(chars):
            return True
        seen.update(chars)
    return False


def _ways(automaton: Automaton, states: dict[int, int], char: str) -> int:
    total = 0
    for read in range(_LONGEST_HOST):
        states = _step(automaton, states, char)
        total += sum(states.values())
        if not states or total > _MOST_WAYS or (read == _ENOUGH and total < _FEW_WAYS):
            break
    return total


def _step(automaton: Automaton, states: dict[int, int], char: str) -> dict[int, int]:
    made: dict[int, int] = {}
    for at, ways in states.items():
        for after, doubled in automaton.follow[at].items():
            if char in automaton.chars[after]:
                made[after] = made.get(after, 0) + (2 * ways if doubled else ways)
    return made
