"""Which path pattern wins, and why the others that match do not."""

from collections.abc import Iterable
from dataclasses import dataclass

from corsage.server.path_pattern import PathPattern


@dataclass(frozen=True, slots=True)
class LosingPattern:
    """A pattern that matches, too.

    Attributes:
        pattern: as it is written.
        why: why it loses, in words that go on from its name.
    """

    pattern: str
    why: str


@dataclass(frozen=True, slots=True)
class PathChoice:
    """The choice for one path.

    Attributes:
        path: as the server hands it over.
        pattern: which won; ``None`` where none matches and the default policy holds.
        losers: the others that match, the nearest to winning first.
        near: a pattern that would match another spelling of the path, and which: there is a mistake somewhere.
    """

    path: str
    pattern: str | None
    losers: tuple[LosingPattern, ...] = ()
    near: tuple[str, str] | None = None

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The choice in words. Paths come from outside: escape control characters before printing."""
        found = []
        if self.pattern is None:
            found.append(f"No path pattern matches {self.path}: the default policy holds.")
        else:
            found.append(f"{self.pattern} is the most specific pattern that matches {self.path}.")
        found += [f"{each.pattern} matches, too, but {each.why}." for each in self.losers]
        if self.near is not None:
            pattern, path = self.near
            found.append(f"{pattern} would match {path}: paths are compared as they come.")
        return tuple(found)


def choose(patterns: Iterable[PathPattern], path: str) -> PathChoice:
    """Choose as `PathIndex` does, slowly, and say why."""
    known = list(patterns)
    matching = sorted(
        (each for each in known if each.matches(path)), key=lambda each: each.rank, reverse=True
    )
    if not matching:
        return PathChoice(path, None, near=_near(known, path))
    winner, *others = matching
    losers = tuple(LosingPattern(each.text, _why(each, winner)) for each in others)
    return PathChoice(path, winner.text, losers, _near(known, path, winner))


def _why(loser: PathPattern, winner: PathPattern) -> str:
    (less, _, lower), (more, _, higher) = loser.rank, winner.rank
    if less < more:
        noun = "segment" if less == 1 else "segments"
        return f"spells out {less} {noun}, and {winner.text} {more}"
    if loser.is_prefix and not winner.is_prefix:
        return f"is for all paths below, and {winner.text} for whole paths"
    position = next(
        (n for n, pair in enumerate(zip(lower, higher, strict=False)) if pair[0] != pair[1]), None
    )
    if position is None:
        return f"says less of the path than {winner.text}"
    return f"has {{}} where {winner.text} has {winner.segments[position]}"


def _near(known: list[PathPattern], path: str, winner: PathPattern | None = None) -> tuple[str, str] | None:
    """Find a pattern that beats *winner* for a tidier spelling of *path*."""
    tidy = "/" + "/".join(segment for segment in path.split("/") if segment)
    folded = tidy.casefold()
    for each in sorted(known, key=lambda each: each.rank, reverse=True):
        if winner is not None and each.rank <= winner.rank:
            return None
        if tidy != path and each.matches(tidy):
            return each.text, tidy
        if _fold(each).matches(folded):
            return each.text, tidy if each.matches(tidy) else _in_case_of(each, tidy)
    return None


def _fold(pattern: PathPattern) -> PathPattern:
    segments = tuple(None if segment is None else segment.casefold() for segment in pattern.segments)
    return PathPattern(pattern.text, segments, pattern.is_prefix)


def _in_case_of(pattern: PathPattern, path: str) -> str:
    given = path[1:].split("/")
    head = [
        found if wanted is None else wanted for wanted, found in zip(pattern.segments, given, strict=False)
    ]
    return "/" + "/".join([*head, *given[len(head) :]])
