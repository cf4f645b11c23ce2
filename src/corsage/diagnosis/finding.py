"""Findings, and the diagnosis that they make."""

from dataclasses import dataclass

from corsage.model.evidence import Evidence
from corsage.model.root_cause import RootCause
from corsage.pair.repair import Repair
from corsage.rules import DiagnosisRule
from corsage.stacks import Rendered


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, as far as the evidence speaks for it.

    Attributes:
        rule: whose it is.
        confidence: from 0 to 1.
        layer: what has to change: ``app``, ``proxy``, ``client`` …
        fix: what to do, in a sentence or two.
        reasons: what speaks for it, the weightiest first, then what speaks against it.
    """

    rule: DiagnosisRule
    confidence: float
    layer: str
    fix: str
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
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What came of the evidence.

    Attributes:
        evidence: with the products that were recognised.
        findings: the likeliest first; a cause that hides others before those.
        is_cors_problem: whether CORS headers can mend it; ``None`` where the evidence says nothing.
        fix: what to do, in a sentence or two; empty where nothing was found.
        verify: how to see that it is mended.
        ask: the one fact that would decide, where the evidence is short; ``None`` where it is not needed.
        warnings: why not to do what the user tries or was told: each a sentence or two.
        repair: the smallest change of responses, proven by the engine; ``None`` where there is no exchange to replay.
        snippets: the fix for the user's stacks.
    """

    evidence: Evidence
    findings: tuple[Finding, ...]
    is_cors_problem: bool | None
    fix: str
    verify: str
    ask: str | None
    warnings: tuple[str, ...] = ()
    repair: Repair | None = None
    snippets: tuple[Snippet, ...] = ()
