"""A request with all that was found out about it."""

from dataclasses import dataclass

from corsage.apps.cli.checking.questions import Question
from corsage.apps.cli.checking.verdict import Verdict
from corsage.browser.console import Report
from corsage.pair import Simulation
from corsage.server.explanation import Explanation


@dataclass(frozen=True, slots=True)
class View:
    """What one browser makes of the server's answers."""

    name: str
    simulation: Simulation
    verdict: Verdict
    report: Report

    @property
    def is_good(self) -> bool:
        """Whether the page reads the answer."""
        return not self.verdict.kind.exit_code


@dataclass(frozen=True, slots=True)
class Explained:
    """The server's side and the browsers'.

    Attributes:
        question: what the page asks.
        path: decoded, as a browser sends it.
        explanation: the server's side.
        views: the browsers' side, the standard's first.
        unasked: headers of the page that need no leave.
        dropped: headers that pages cannot set.
    """

    question: Question
    path: str
    explanation: Explanation
    views: tuple[View, ...]
    unasked: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the page reads the answer in every browser."""
        return all(view.is_good for view in self.views)
