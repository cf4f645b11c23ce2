"""Diagnosis: evidence becomes findings, findings become one fix, one way to verify it, and one question at most."""

from dataclasses import replace
from typing import Final

from corsage.diagnosis.finding import Diagnosis, Finding
from corsage.diagnosis.ranking import rank
from corsage.model.evidence import Evidence
from corsage.rules import Case
from corsage.stacks.recognise import recognise

_SURE: Final = 0.6
_APART: Final = 0.1
NOTHING_KNOWN: Final = (
    "What does the console print, word for word, and which status has the response in the network panel?"
)


def diagnose(evidence: Evidence) -> Diagnosis:
    """Judge *evidence*. Never raises, however little there is."""
    known = replace(evidence, places=recognise(evidence))
    case = Case(known)
    findings = rank(case)
    if not findings:
        return Diagnosis(known, (), None, "", "", NOTHING_KNOWN)
    first = findings[0]
    return Diagnosis(
        evidence=known,
        findings=findings,
        is_cors_problem=first.root_cause.is_cors,
        fix=first.fix,
        verify=first.rule.verify,
        ask=_question(findings, case),
    )


def _question(findings: tuple[Finding, ...], case: Case) -> str | None:
    """Return the fact that would decide between causes, where the evidence does not."""
    first = findings[0]
    rivals = [each for each in findings[1:] if first.confidence - each.confidence < _APART]
    if first.confidence >= _SURE and not rivals:
        return None
    asked = (each.rule.question_of(case) for each in (first, *rivals))
    return next((question for question in asked if question), NOTHING_KNOWN)
