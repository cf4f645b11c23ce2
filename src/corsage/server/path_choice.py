"""Which path pattern wins, and why the others that match do not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corsage.server.path_pattern import PathPattern, split_path
from corsage.server.path_readings import as_written, is_plain, readings, shown_reading


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
class Reading:
    """One way to read a path.

    Attributes:
        path: so read.
        pattern: which wins for it; ``None`` where none matches and the default policy holds.
    """

    path: str
    pattern: str | None


@dataclass(frozen=True, slots=True)
class PathChoice:
    """The choice for one path.

    Attributes:
        path: as the server hands it over.
        pattern: which won; ``None`` where none matches and the default policy holds, and where the path is contested.
        losers: the others that match, the nearest to winning first.
        near: a pattern that would match another spelling of the path, and which: there is a mistake somewhere.
        contested: the path as it is written, then other ways to read it for which another policy would hold; then
            nothing is allowed. Empty where all ways to read it choose one policy.
    """

    path: str
    pattern: str | None
    losers: tuple[LosingPattern, ...] = ()
    near: tuple[str, str] | None = None
    contested: tuple[Reading, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The choice in words. Paths come from outside: escape control characters before printing."""
        if self.contested:
            return self._contested_sentences
        found = []
        if self.pattern is None:
            found.append(f"No path pattern matches {self.path}: the default policy holds.")
        else:
            found.append(f"{self.pattern} is the most specific pattern that matches {self.path}.")
        found += [f"{each.pattern} matches, too, but {each.why}." for each in self.losers]
        if self.near is not None:
            pattern, path = self.near
            found.append(f"{pattern} would match {path}: upper and lower case are told apart.")
        return tuple(found)

    @property
    def _contested_sentences(self) -> tuple[str, ...]:
        written, *others = self.contested
        return (
            f"{self.path} can be read in more than one way, and they choose different policies: nothing is allowed.",
            f"As it is written, {_winner(written)}.",
            *(f"Read as {each.path}, {_winner(each)}." for each in others),
        )


def _winner(reading: Reading) -> str:
    if reading.pattern is None:
        return "no path pattern matches it"
    return f"{reading.pattern} is the most specific pattern that matches it"


def choose(
    patterns: Iterable[PathPattern], path: str, same: Callable[[str | None, str | None], bool]
) -> PathChoice:
    """Choose as `PathIndex` does, slowly, and say why.

    Args:
        patterns: all there are.
        path: decoded.
        same: tells whether two patterns have one policy; ``None`` stands for the default.
    """
    known = list(patterns)
    if not is_plain(path):
        written, *others = found = [_read(known, each) for each in readings(path)]
        if not all(same(written.pattern, each.pattern) for each in others):
            differ = [each for each in found if not same(written.pattern, each.pattern)]
            return PathChoice(path, None, contested=(written, *differ))
    matching = _matching(known, path)
    if not matching:
        return PathChoice(path, None, near=_near(known, path))
    winner, *beaten = matching
    losers = tuple(LosingPattern(each.text, _why(each, winner)) for each in beaten)
    return PathChoice(path, winner.text, losers, _near(known, path, winner))


def _read(known: list[PathPattern], reading: str) -> Reading:
    # A slash at the end never matters, so that the reading can have one again.
    matching = _matching(known, f"{reading}/")
    return Reading(shown_reading(reading), matching[0].text if matching else None)


def _matching(known: list[PathPattern], path: str) -> list[PathPattern]:
    """Return the patterns that match *path* as it is written, the most specific first."""
    return sorted((each for each in known if each.matches(path)), key=lambda each: each.rank, reverse=True)


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
    """Find a pattern that beats *winner* where upper and lower case are one."""
    folded = path.casefold()
    for each in sorted(known, key=lambda each: each.rank, reverse=True):
        if winner is not None and each.rank <= winner.rank:
            return None
        if _fold(each).matches(folded):
            return each.text, _in_case_of(each, path)
    return None


def _fold(pattern: PathPattern) -> PathPattern:
    segments = tuple(None if segment is None else segment.casefold() for segment in pattern.segments)
    return PathPattern(pattern.text, segments, pattern.is_prefix)


def _in_case_of(pattern: PathPattern, path: str) -> str:
    given = split_path(as_written(path))
    head = [
        found if wanted is None else wanted for wanted, found in zip(pattern.segments, given, strict=False)
    ]
    return "/" + "/".join([*head, *given[len(head) :]])
