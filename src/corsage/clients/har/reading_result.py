"""What a HAR file came to."""

from dataclasses import dataclass

from corsage.clients.har.groups import HarGroup
from corsage.clients.har.problems import HarProblem
from corsage.clients.har.recorder import Recorder
from corsage.pair.observed import Observed


@dataclass(frozen=True, slots=True)
class HarTotals:
    """How many requests were what.

    Attributes:
        entries: in the file, unreadable ones included.
        requests: of pages: preflights and the hops of redirects are part of one.
        cross_origin: of them, those that left their page's origin, and were judged.
        failed: of those, the ones that failed.
        same_origin: that did not leave it.
        navigations: of documents, which are no business of CORS.
        aborted: that the page, the user or a navigation ended.
        unclear: of which it cannot be told which page made them, or what asked.
        other_origins: that a page of another origin made than the one that was asked for.
        preflights: that were recorded.
    """

    entries: int = 0
    requests: int = 0
    cross_origin: int = 0
    failed: int = 0
    same_origin: int = 0
    navigations: int = 0
    aborted: int = 0
    unclear: int = 0
    other_origins: int = 0
    preflights: int = 0


@dataclass(frozen=True, slots=True)
class HarReading:
    """What a HAR file came to.

    Attributes:
        recorder: who wrote it.
        totals: how many requests there were.
        groups: of cross-origin requests: failing ones first, then by size.
        left_out_failing: how many groups of failing requests had no room, and how many requests they are.
        left_out_passing: likewise of those that passed.
        observed: what pages asked of other origins, each kind once: see `corsage.pair.synthesise`.
        problems: what could not be read.
    """

    recorder: Recorder
    totals: HarTotals
    groups: tuple[HarGroup, ...]
    left_out_failing: tuple[int, int]
    left_out_passing: tuple[int, int]
    observed: tuple[Observed, ...]
    problems: tuple[HarProblem, ...]

    @property
    def failing(self) -> tuple[HarGroup, ...]:
        """The groups that failed."""
        return tuple(group for group in self.groups if group.failed)
