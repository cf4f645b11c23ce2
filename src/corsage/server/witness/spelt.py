"""The texts that the literal parts of an expression spell, with a hole wherever something may stand."""

from itertools import product
from typing import Final

from corsage.server.witness.tree import Chars, Choice, Node, Repeat, Sequence

HOLE: Final = "\0"
# More texts than this are one hole: what stands to the right of it says more about the host.
_MOST_TEXTS: Final = 500
# A set of so few characters is spelt out: https://example[12].com.
_FEW_CHARS: Final = 10
_FEW_REPEATS: Final = 3
_FEW_TEXTS: Final = 30


def spelt(node: Node) -> frozenset[str]:
    """Return what *node* spells; a bare dot spells a dot."""
    match node:
        case Chars(chars, bare_dot):
            if bare_dot is not None:
                return frozenset({"."})
            return frozenset(chars) if len(chars) <= _FEW_CHARS else frozenset({HOLE})
        case Sequence(parts):
            return _sequence(parts)
        case Choice(options):
            found = frozenset().union(*(spelt(each) for each in options))
            return found if len(found) <= _MOST_TEXTS else frozenset({HOLE})
        case Repeat(body, least, most):
            return _repeat(body, least, most)


def _sequence(parts: tuple[Node, ...]) -> frozenset[str]:
    texts = frozenset({""})
    for part in reversed(parts):
        before = spelt(part)
        if len(before) * len(texts) > _MOST_TEXTS:
            before = frozenset({HOLE})
        texts = frozenset(_joined(left, right) for left, right in product(before, texts))
    return texts


def _repeat(body: Node, least: int, most: int | None) -> frozenset[str]:
    texts = spelt(body)
    few = most is not None and most <= _FEW_REPEATS
    if most != 1 and not (
        few and sum(len(texts) ** count for count in range(_FEW_REPEATS + 1)) <= _FEW_TEXTS
    ):
        return frozenset({HOLE})
    found: set[str] = set()
    repeated = frozenset({""})
    for count in range((most or 0) + 1):
        if count >= least:
            found |= repeated
        repeated = frozenset(_joined(left, right) for left, right in product(texts, repeated))
    return frozenset(found)


def _joined(left: str, right: str) -> str:
    if left.endswith(HOLE) and right.startswith(HOLE):
        return left + right[1:]
    return left + right
