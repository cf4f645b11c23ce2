"""Diagnosis: evidence becomes findings, findings become one fix, one way to verify it, and one question at most."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corsage.diagnosis.cautions import cautions
from corsage.diagnosis.finding import Diagnosis, Finding
from corsage.diagnosis.frames import fix_of_frames
from corsage.diagnosis.ranking import rank
from corsage.model.evidence import Evidence
from corsage.rules import Case
from corsage.stacks.recognise import recognise, slips_in

if TYPE_CHECKING:
    from corsage.diagnosis.replay import Replay

_SURE: Final = 0.6
_APART: Final = 0.1
NOTHING_KNOWN: Final = (
    "What does the console print, word for word, and which status has the response in the network panel?"
)


def diagnose(evidence: Evidence) -> Diagnosis:
    """Judge *evidence*. Never raises, however little there is.

    The engine, the policies and the stacks are loaded when there is something for them to do: most people paste a
    message, and wait for the answer.
    """
    case, played = complete(evidence)
    known = case.evidence
    findings = _left(rank(case), case, played)
    if not findings:
        fix = fix_of_frames(case)
        is_cors = False if fix else _undisturbed(played)
        ask = None if fix else NOTHING_KNOWN
        return Diagnosis(known, (), is_cors, fix, "", ask, cautions(case), played)
    first = findings[0]
    found = Diagnosis(
        evidence=known,
        findings=findings,
        is_cors_problem=first.is_cors,
        fix=first.fix,
        verify=first.rule.verify,
        ask=_question(findings, case),
        warnings=cautions(case),
        replay=played,
    )
    return _with_remedy(_with_changes(found), case, first)


def complete(evidence: Evidence) -> "tuple[Case, Replay | None]":
    """Add what follows from *evidence*: who took part, what is wrong in what was pasted, what the engine says."""
    known = replace(evidence, places=recognise(evidence))
    known = replace(known, slips=slips_in(known))
    played = _replayed(Case(known))
    if played is None:
        return Case(known), None
    from corsage.diagnosis.replay import with_verdict

    return Case(with_verdict(known, played)), played


def _left(findings: tuple[Finding, ...], case: Case, played: "Replay | None") -> tuple[Finding, ...]:
    """Leave what CORS would have to mend out, where the engine let the request through and nobody complains.

    So it is where one document reached for another.
    """
    if fix_of_frames(case):
        return tuple(each for each in findings if not each.is_cors)
    if _undisturbed(played) is None or case.evidence.messages or case.evidence.notes.strip():
        return findings
    return tuple(each for each in findings if not each.is_cors)


def _replayed(case: Case) -> "Replay | None":
    """Play the request against its answers, where they are whole."""
    evidence = case.evidence
    answers = (evidence.preflight, evidence.actual)
    whole = any(each is not None and (each.whole or each.failure is not None) for each in answers)
    if not (evidence.exchanges or whole):
        return None
    from corsage.diagnosis.replay import replay

    return replay(case)


def _with_changes(found: Diagnosis) -> Diagnosis:
    """Add the changes of answers and of the request that were seen to help."""
    played = found.replay
    if played is None or played.outcome.refusal is None:
        return found
    from corsage.diagnosis.replay import BROWSERS
    from corsage.pair.amend import amend
    from corsage.pair.repair import repair

    return replace(
        found,
        repair=repair(played.request, played.exchanges, BROWSERS),
        amendments=amend(played.request, played.exchanges, BROWSERS),
    )


def _with_remedy(found: Diagnosis, case: Case, first: Finding) -> Diagnosis:
    """Add the smallest policy, and how the user's stacks write it."""
    if not first.rule.snippet or not (case.evidence.places or found.replay is not None):
        return found
    from corsage.diagnosis.remedy import remedy, snippets

    cure = remedy(case)
    if cure is None:
        return found
    return replace(found, remedy=cure, snippets=snippets(case, first, cure.policy))


def _undisturbed(played: "Replay | None") -> bool | None:
    """Return that CORS is no problem, where the engine let the request through."""
    return False if played is not None and played.outcome.refusal is None else None


def _question(findings: tuple[Finding, ...], case: Case) -> str | None:
    """Return the fact that would decide between causes, where the evidence does not."""
    first = findings[0]
    rivals = [each for each in findings[1:] if first.confidence - each.confidence < _APART]
    if first.confidence >= _SURE and not rivals:
        return None
    asked = (each.rule.question_of(case) for each in (first, *rivals))
    known = bool(case.says) and case.status is not None
    return next((question for question in asked if question), None if known else NOTHING_KNOWN)
