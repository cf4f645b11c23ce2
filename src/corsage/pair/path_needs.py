"""Needs by path, merged: one pattern for all that trusts alike, so that a policy stays short and gives nothing away."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from corsage.pair.needs import Needs, union
from corsage.pair.paths import pattern_of

# So many patterns may tell credentials apart; and so many there may be at all.
MOST_STRICT: Final = 10
MOST_PATTERNS: Final = 100
_DEEPEST: Final = 12

_Segments: TypeAlias = tuple[str | None, ...]
_Trust: TypeAlias = Callable[[Needs], object]


class Merged(NamedTuple):
    """Needs by path pattern.

    Attributes:
        needs: by pattern. One alone means that all paths trust alike.
        lent_credentials: patterns under which some paths did not use the credentials that others did.
        lent_origins: patterns under which some paths were not asked by all of the origins.
    """

    needs: dict[str, Needs]
    lent_credentials: tuple[str, ...]
    lent_origins: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """The paths that begin alike."""

    own: list[Needs] = field(default_factory=list)
    below: dict[str | None, "_Node"] = field(default_factory=dict)

    def trusts(self, trust: _Trust) -> set[object]:
        """Return how the paths trust, each taken by itself."""
        own = {trust(union(self.own))} if self.own else set()
        return own.union(*(node.trusts(trust) for node in self.below.values()))

    def all(self) -> Iterator[Needs]:
        yield from self.own
        for node in self.below.values():
            yield from node.all()


def _strictly(needs: Needs) -> object:
    return needs.origins, needs.credentials


def _by_origins(needs: Needs) -> object:
    return needs.origins


def merged_needs(found: Iterable[tuple[_Segments, Needs]]) -> Merged:
    """Merge what requests to paths need.

    Paths are told apart by who may read and whether with credentials; where those patterns are more than ten, by who
    may read alone; where those are more than a hundred, paths below a certain depth are taken together.
    """
    root = _Node()
    for segments, needs in found:
        node = root
        for segment in segments:
            node = node.below.setdefault(segment, _Node())
        node.own.append(needs)
    patterns = list(_patterns(root, (), _strictly, _DEEPEST))
    if len(patterns) > MOST_STRICT:
        for depth in range(_DEEPEST, -1, -1):
            patterns = list(_patterns(root, (), _by_origins, depth))
            if len(patterns) <= MOST_PATTERNS:
                break
    return Merged(
        needs={each.text: each.needs for each in patterns},
        lent_credentials=tuple(each.text for each in patterns if len(each.of.trusts(_credentials)) > 1),
        lent_origins=tuple(each.text for each in patterns if len(each.of.trusts(_by_origins)) > 1),
    )


def _credentials(needs: Needs) -> object:
    return needs.credentials


class _Pattern(NamedTuple):
    """One pattern, and the paths that it is of."""

    text: str
    needs: Needs
    of: _Node


def _patterns(node: _Node, segments: _Segments, trust: _Trust, depth: int) -> Iterator[_Pattern]:
    # A path of its own, or the beginning that all paths share.
    while not node.own and len(node.below) == 1:
        ((segment, node),) = node.below.items()
        segments = (*segments, segment)
    if node.below and (len(node.trusts(trust)) == 1 or len(segments) >= depth):
        yield _Pattern(pattern_of(segments, below=True), union(node.all()), node)
        return
    if node.own:
        yield _Pattern(pattern_of(segments, below=False), union(node.own), _Node(node.own))
    for segment, each in node.below.items():
        yield from _patterns(each, (*segments, segment), trust, depth)
