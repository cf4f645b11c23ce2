"""The trace: every decision of the engine, with its place in the standard.

Recording must be cheap, reading may be slow: `Trace.record` keeps a tuple, and the sentence is made when a
step is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

FETCH: Final = "https://fetch.spec.whatwg.org/#"


class Algorithm(NamedTuple):
    """A named algorithm of a standard and the address of its text."""

    name: str
    url: str


class Verdict(StrEnum):
    """What a step decided."""

    OK = "ok"
    REFUSED = "refused"
    NOTE = "note"


OK: Final = Verdict.OK
REFUSED: Final = Verdict.REFUSED
NOTE: Final = Verdict.NOTE


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: where in the standard, what was compared, what came of it."""

    algorithm: Algorithm
    number: str
    verdict: Verdict
    template: str = field(repr=False)
    values: tuple[object, ...] = ()

    @property
    def says(self) -> str:
        """The decision as a sentence. Values come from servers: escape control characters before printing."""
        return self.template.format(*self.values)

    @property
    def url(self) -> str:
        """The address of the algorithm's text in the standard."""
        return self.algorithm.url


class Trace:
    """Steps in the order in which they were taken."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: list[tuple[Algorithm, str, Verdict, str, tuple[object, ...]]] = []

    def record(
        self, algorithm: Algorithm, number: str, verdict: Verdict, template: str, *values: object
    ) -> None:
        """Add a step; *template* is filled with *values* (`str.format`) when the step is read."""
        self._rows.append((algorithm, number, verdict, template, values))

    def __iter__(self) -> Iterator[Step]:
        return (Step(*row) for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def refusal(self) -> Step | None:
        """The last step that refused, which is the one that decided."""
        return next((Step(*row) for row in reversed(self._rows) if row[2] is REFUSED), None)


class _NoTrace(Trace):
    """Forgets every step: for callers who want the outcome alone."""

    __slots__ = ()

    def record(
        self, algorithm: Algorithm, number: str, verdict: Verdict, template: str, *values: object
    ) -> None:
        pass


NO_TRACE: Final[Trace] = _NoTrace()
