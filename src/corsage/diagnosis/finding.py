"""Findings, and the diagnosis that they make."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corsage.model.evidence import Evidence
from corsage.model.root_cause import RootCause
from corsage.rules import DiagnosisRule

if TYPE_CHECKING:
    from corsage.diagnosis.remedy import Remedy
    from corsage.diagnosis.replay import Replay
    from corsage.pair.amend import Amendment
    from corsage.pair.repair import Repair
    from corsage.stacks.base import Rendered


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, as far as the evidence speaks for it.

    Attributes:
        rule: whose it is.
        confidence: from 0 to 1.
        layer: what has to change: ``app``, ``proxy``, ``client`` …
        fix: what to do, in a sentence or two.
        is_cors: whether CORS headers can mend what is really wrong.
        reasons: what speaks for it, the weightiest first, then what speaks against it.
    """

    rule: DiagnosisRule
    confidence: float
    layer: str
    fix: str
    is_cors: bool
    reasons: tuple[str, ...]

    @property
    def root_cause(self) -> RootCause:
        """The cause's code in the catalogue."""
        return self.rule.root_cause


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fix as the configuration of a stack.

    Attributes:
        stack: its name.
        title: as its makers write it.
        rendered: files, steps and limits.
    """

    stack: str
    title: str
    rendered: "Rendered"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What came of the evidence.

    Attributes:
        evidence: with the products that were recognised, and the engine's verdict where nobody pasted a message.
        findings: the likeliest first; a cause that hides others before those.
        is_cors_problem: whether CORS headers can mend it; ``None`` where the evidence says nothing.
        fix: what to do, in a sentence or two; empty where nothing was found. Frames that reach for one another
            have one, and no finding.
        verify: how to see that it is mended.
        ask: the one fact that would decide, where the evidence is short; ``None`` where it is not needed.
        warnings: why not to do what the user tries or was told: each a sentence or two.
        replay: the request played against the recorded answers; ``None`` where there are none, or too few.
        repair: the smallest change of the responses, proven by the engine; ``None`` likewise, or where none is needed.
        amendments: single changes of the request that let it through as well.
        remedy: the smallest policy for the request, proven; ``None`` where a policy is not what mends it.
        snippets: that policy for the user's stacks.
    """

    evidence: Evidence
    findings: tuple[Finding, ...]
    is_cors_problem: bool | None
    fix: str
    verify: str
    ask: str | None
    warnings: tuple[str, ...] = ()
    replay: "Replay | None" = None
    repair: "Repair | None" = None
    amendments: "tuple[Amendment, ...]" = ()
    remedy: "Remedy | None" = None
    snippets: tuple[Snippet, ...] = ()
