"""Which causes the evidence speaks for, and in which order."""

import math
from dataclasses import replace
from typing import Final

from corsage.diagnosis.finding import Finding
from corsage.model.root_cause import REPORTS, RootCause
from corsage.rules import DIAGNOSIS_RULES, Case, DiagnosisRule, Weight, confidence

LEAST: Final = 0.15
_MOST_FINDINGS: Final = 6
# A cause of which one is this sure hides what would only look like it.
_HIDING: Final = 0.5
_HIDDEN: Final = 0.6
_LOUD: Final = 0.3
_USUAL: Final = 0.08
# Beside words, rules count for less. Of 712 reports that were not learnt from, where these shares made a cause 92 %
# sure 86 % was right; of 70 %, 63; of 52 %, 47.
_RULES: Final = 0.75
_WORDING: Final = 0.95
_LEAST_LIKELY: Final = 0.05
_READS_ALIKE: Final = "most known reports in such words had this cause"
_READS_A_LITTLE: Final = "some known reports in such words had this cause"


def rank(case: Case) -> tuple[Finding, ...]:
    """Return the causes that *case* speaks for, the likeliest first."""
    alike = _wording(case)
    found = [
        finding
        for rule in DIAGNOSIS_RULES
        if (finding := _weighed(rule, case, alike.get(rule.root_cause))) is not None
    ]
    hidden = {cause for each in found if each.confidence >= _HIDING for cause in each.rule.hides}
    adjusted = [_hidden(each) if each.root_cause in hidden else each for each in found]
    likely = [each for each in adjusted if each.confidence >= LEAST]
    likely.sort(key=lambda each: (-_weight(each), each.rule.code))
    return tuple(each for each in likely[:_MOST_FINDINGS] if each is likely[0] or not _is_hunch(each))


def _is_hunch(finding: Finding) -> bool:
    """Tell whether words alone speak for it, and not loudly: as a second guess that would only distract."""
    return finding.reasons == (_READS_A_LITTLE,) and finding.confidence < _LOUD


def _weight(finding: Finding) -> float:
    """Return what decides the order: how sure the cause is, and, where two are about as sure, how usual."""
    return finding.confidence * (1 + _USUAL * math.log(REPORTS.get(finding.root_cause, 1)))


def _wording(case: Case) -> dict[RootCause, float]:
    """Return what the report's words tell; nothing, where a message or an answer is all there is."""
    if not case.evidence.notes.strip():
        return {}
    from corsage.diagnosis.wording import likelihood

    return likelihood(case)


def _weighed(rule: DiagnosisRule, case: Case, likely: float | None) -> Finding | None:
    weights = list(rule.weigh(case))
    sure = confidence(weights)
    if likely is not None:
        sure = together(sure, likely)
    if sure < LEAST:
        return None
    reasons = _reasons(weights)
    if likely is not None and likely >= _LEAST_LIKELY:
        reasons += (_READS_ALIKE if likely > _HIDING else _READS_A_LITTLE,)
    return Finding(
        rule, round(sure, 3), rule.layer_of(case), rule.fix_of(case), rule.is_cors_of(case), reasons
    )


def together(sure: float, likely: float) -> float:
    """Return how sure a cause is, where rules are *sure* of it and words make it *likely*, each from 0 to 1."""
    return 1 - (1 - _RULES * sure) * (1 - _WORDING * likely)


def _reasons(weights: list[Weight]) -> tuple[str, ...]:
    ordered = sorted(weights, key=lambda weight: -weight.value)
    return tuple(dict.fromkeys(w.why if w.value > 0 else f"but {w.why}" for w in ordered))


def _hidden(finding: Finding) -> Finding:
    reasons = (*finding.reasons, "but another cause hides it")
    return replace(finding, confidence=round(finding.confidence * _HIDDEN, 3), reasons=reasons)
