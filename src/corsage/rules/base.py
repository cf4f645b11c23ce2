"""What every rule of the CORS2xx and CORS4xx families is: a cause, how evidence speaks for it, and what to do.

A rule weighs evidence: each thing that speaks for its cause, or against it, is a `Weight` with a sentence. Together
they make the confidence, so that a report can always say why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from corsage.model.root_cause import RootCause
from corsage.model.rule import Rule
from corsage.rules.case import Case
from corsage.rules.mistakes import names_of

MOST: Final = 0.99


@dataclass(frozen=True, slots=True)
class Weight:
    """Something that speaks for a cause, or against it.

    Attributes:
        value: from -1 (rules it out) to 1 (proves it).
        why: what was seen, in a sentence without a full stop.
    """

    value: float
    why: str


class DiagnosisRule(Rule):
    """One cause of what people call a CORS error.

    Attributes:
        root_cause: its code in the catalogue.
        layer: what usually has to change: ``app``, ``proxy``, ``client`` …
        verify: how to see that it is mended, in a sentence.
        question: what to ask where evidence is short: the one fact that would decide.
        answered_by: which known status makes the question needless: ``preflight`` or ``actual``; empty for none.
        hides: causes that are not to be judged before this one is mended, since it would look like them.
        snippet: whether a server's configuration is the fix, so that it is rendered for the user's stack.
        bad: evidence that shows the cause, as ``corsage explain --evidence`` reads it.
        good: evidence of the same request that has another cause, or none.
    """

    root_cause: ClassVar[RootCause]
    layer: ClassVar[str]
    verify: ClassVar[str]
    question: ClassVar[str] = ""
    answered_by: ClassVar[str] = ""
    hides: ClassVar[frozenset[RootCause]] = frozenset()
    snippet: ClassVar[bool] = False

    def weigh(self, case: Case) -> Iterator[Weight]:
        """Find what in *case* speaks for the cause, then what speaks against it. Never raises."""
        yield from self.speaks_for(case)
        if case.evidence.slips:
            yield from self._slipped(case)
        yield from self.speaks_against(case)

    def _slipped(self, case: Case) -> Iterator[Weight]:
        """Find the first usual mistake that points to the cause, in a configuration that was pasted."""
        for value, names in names_of(self.code):
            slip = case.slipped(names)
            if slip:
                yield Weight(value, f"in the configuration, {slip}")
                return

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to the cause."""
        raise NotImplementedError

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        del case
        yield from ()

    def layer_of(self, case: Case) -> str:
        """Return what has to change in *case*."""
        del case
        return self.layer

    def fix_of(self, case: Case) -> str:
        """Return what to do in *case*, in a sentence or two."""
        del case
        return self.fix

    def is_cors_of(self, case: Case) -> bool:
        """Tell whether, in *case*, CORS headers can mend what is really wrong."""
        del case
        return self.root_cause.is_cors

    def question_of(self, case: Case) -> str:
        """Return the fact that would decide; empty where *case* has it already."""
        known = {"preflight": case.preflight_status, "actual": case.status}.get(self.answered_by)
        return "" if known is not None else self.question


def confidence(weights: Iterable[Weight]) -> float:
    """Return how sure a cause is: what speaks for it adds up as independent evidence, the rest takes away.

    Returns:
        A number from 0 to `MOST`.
    """
    doubt, trust = 1.0, 1.0
    for weight in weights:
        if weight.value > 0:
            doubt *= 1 - weight.value
        else:
            trust *= 1 + weight.value
    return min((1 - doubt) * trust, MOST)
