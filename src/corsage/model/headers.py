"""Header lists: ordered pairs of name and value, duplicates kept (https://fetch.spec.whatwg.org/#concept-header-list).

Values are strings that stand for bytes (isomorphic): each character is one byte.
"""

from collections.abc import Iterable, Iterator

from corsage.grammar import Failure, extract_header_list_values


class HeaderList:
    """An immutable header list. Names compare byte-case-insensitively and keep their spelling."""

    __slots__ = ("_lines", "pairs")

    pairs: tuple[tuple[str, str], ...]

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs = tuple(pairs)
        self._lines: dict[str, list[str]] | None = None

    def lines(self, name: str) -> list[str]:
        """Return every value of *name* (lower-case), in order."""
        index = self._lines
        if index is None:
            index = self._lines = {}
            for spelled, value in self.pairs:
                index.setdefault(spelled.lower(), []).append(value)
        return index.get(name, [])

    def get(self, name: str) -> str | None:
        """Return the values of *name* (lower-case) joined by ``, ``, or ``None`` where there is none.

        Source: https://fetch.spec.whatwg.org/#concept-header-list-get
        """
        lines = self.lines(name)
        if not lines:
            return None
        return lines[0] if len(lines) == 1 else ", ".join(lines)

    def extract(self, name: str) -> tuple[str, ...] | Failure | None:
        """Read *name* (lower-case) as a list of tokens: ``None`` absent, `FAILURE` unparsable."""
        return extract_header_list_values(self.lines(name))

    def names(self) -> list[str]:
        """Return the lower-case names, each once, in order of appearance."""
        self.lines("")
        return list(self._lines or ())

    def without(self, names: Iterable[str]) -> "HeaderList":
        """Return a copy that lacks *names* (lower-case)."""
        unwanted = frozenset(names)
        return HeaderList(pair for pair in self.pairs if pair[0].lower() not in unwanted)

    def without_empty_repeats(self) -> "HeaderList":
        """Return a copy in which a repeated name has no empty values, unless all of them are."""
        full = {name.lower() for name, value in self.pairs if value}
        if not full or all(self.lines(name)[-1] and len(self.lines(name)) == 1 for name in full):
            return self
        return HeaderList(pair for pair in self.pairs if pair[1] or pair[0].lower() not in full)

    def with_header(self, name: str, value: str) -> "HeaderList":
        """Return a copy with one more pair at the end."""
        return HeaderList((*self.pairs, (name, value)))

    def combined(self) -> list[tuple[str, str]]:
        """Return the pairs with repeated names joined by ``, ``, under their first spelling."""
        seen: dict[str, tuple[str, list[str]]] = {}
        for name, value in self.pairs:
            seen.setdefault(name.lower(), (name, []))[1].append(value)
        return [(name, ", ".join(values)) for name, values in seen.values()]

    def sorted_and_combined(self) -> list[tuple[str, str]]:
        """Return what iterating a JavaScript ``Headers`` object gives: lower-case, sorted, combined.

        ``Set-Cookie`` lines stay apart (https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine).
        """
        return self.shown(self.names())

    def shown(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Return the *names* (lower-case) that are present as JavaScript shows them: sorted and combined."""
        rows: list[tuple[str, str]] = []
        for name in sorted(names):
            lines = self.lines(name)
            if len(lines) == 1:
                rows.append((name, lines[0]))
            elif name == "set-cookie":
                rows.extend((name, line) for line in lines)
            elif lines:
                rows.append((name, ", ".join(lines)))
        return rows

    def __contains__(self, name: str) -> bool:
        return bool(self.lines(name))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeaderList) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return f"HeaderList({self.pairs!r})"


NO_HEADERS = HeaderList()
