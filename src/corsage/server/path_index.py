"""Path patterns in a dictionary and a tree, so that a choice costs what the path's depth costs."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from corsage.server.path_pattern import PathPattern, Rank, split_path
from corsage.server.path_readings import as_written, is_plain, readings

T = TypeVar("T")

# An application has fewer paths than this, or so many that remembering them does not help.
_MOST_KNOWN: Final = 4096
_LONGEST_KNOWN: Final = 256


class _Node(Generic[T]):
    """The patterns that agree up to one segment."""

    __slots__ = ("any", "exact", "literals", "prefix")

    def __init__(self) -> None:
        self.literals: dict[str, _Node[T]] = {}
        self.any: _Node[T] | None = None
        self.exact: tuple[Rank, T] | None = None
        self.prefix: tuple[Rank, T] | None = None


def _nothing(_: Sequence[object]) -> None:
    return None


class PathIndex(Generic[T]):
    """What belongs to the most specific pattern that matches a path.

    Args:
        patterns: each with what belongs to it.
        other: what belongs to the paths that no pattern matches.
        contested: makes what belongs to a path that can be read in more than one way, of what its readings choose.
    """

    __slots__ = ("_contested", "_depth", "_known", "_literals", "_other", "_root")

    def __init__(
        self,
        patterns: Iterable[tuple[PathPattern, T]],
        other: T | None = None,
        contested: Callable[[Sequence[T | None]], T | None] = _nothing,
    ) -> None:
        self._other = other
        self._contested = contested
        # By the path that a pattern names, without the slash at its end.
        self._literals: dict[str, T] = {}
        self._root: _Node[T] | None = None
        self._depth = 0
        self._known: dict[str, T | None] = {}
        for pattern, value in patterns:
            if pattern.is_literal:
                self._literals[as_written(pattern.text)] = value
            else:
                self._add(pattern, value)

    def _add(self, pattern: PathPattern, value: T) -> None:
        if self._root is None:
            self._root = _Node()
        node = self._root
        for segment in pattern.segments:
            if segment is not None:
                node = node.literals.setdefault(segment, _Node())
            else:
                if node.any is None:
                    node.any = _Node()
                node = node.any
        if pattern.is_prefix:
            node.prefix = (pattern.rank, value)
        else:
            node.exact = (pattern.rank, value)
        self._depth = max(self._depth, len(pattern.segments))

    def select(self, path: str) -> T | None:
        """Return what belongs to *path*, decoded.

        A plain path of any length costs no more segments than the longest pattern has. Some answers are remembered.
        """
        try:
            return self._known[path]
        except KeyError:
            pass
        found = self._found(as_written(path)) if is_plain(path) else self._settled(path)
        if len(path) <= _LONGEST_KNOWN:
            if len(self._known) >= _MOST_KNOWN:
                self._known = {}  # strangers may ask for as many paths as they like
            self._known[path] = found
        return found

    def _settled(self, path: str) -> T | None:
        first, *others = found = [self._found(reading) for reading in readings(path)]
        if all(each is first or each == first for each in others):
            return first
        return self._contested(found)

    def _found(self, written: str) -> T | None:
        if written in self._literals:
            return self._literals[written]
        if self._root is None or written[:1] not in {"", "/"}:
            return self._other
        # No pattern is deeper, so what lies below needs no splitting.
        best = _walk(self._root, split_path(written, self._depth))
        return self._other if best is None else best[1]


def _walk(root: _Node[T], segments: list[str]) -> tuple[Rank, T] | None:
    best: tuple[Rank, T] | None = root.prefix
    level = [root]
    last = len(segments) - 1
    for number, segment in enumerate(segments):
        below: list[_Node[T]] = []
        for node in level:
            if (literal := node.literals.get(segment)) is not None:
                below.append(literal)
            if node.any is not None and segment:
                below.append(node.any)
        if not below:
            break
        level = below
        for node in level:
            for found in (node.prefix, node.exact if number == last else None):
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
    return best
