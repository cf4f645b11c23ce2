"""The examples of the rules run: the bad one is what its rule says, the good one is not."""

import pytest

from corsage.clients.structured import read_structured
from corsage.diagnosis import diagnose
from corsage.model.root_cause import RootCause
from corsage.rules import DIAGNOSIS_RULES, DiagnosisRule

EACH = pytest.mark.parametrize("rule", DIAGNOSIS_RULES, ids=lambda rule: rule.code)
SURE = 0.5


@EACH
def test_the_bad_example_is_diagnosed_as_the_rule_says(rule: DiagnosisRule) -> None:
    findings = diagnose(read_structured(rule.bad)).findings
    assert findings[0].rule is rule
    assert findings[0].confidence >= SURE
    assert findings[0].reasons


@EACH
def test_the_good_example_is_not(rule: DiagnosisRule) -> None:
    findings = diagnose(read_structured(rule.good)).findings
    assert all(finding.rule is not rule for finding in findings[:1])
    assert all(finding.confidence < SURE for finding in findings if finding.rule is rule)


def test_every_root_cause_has_a_rule() -> None:
    assert {rule.root_cause for rule in DIAGNOSIS_RULES} == set(RootCause)


def test_codes_and_names_are_each_one_rules() -> None:
    assert len({rule.code for rule in DIAGNOSIS_RULES}) == len(DIAGNOSIS_RULES)
    assert len({rule.name for rule in DIAGNOSIS_RULES}) == len(DIAGNOSIS_RULES)
    assert [rule.code for rule in DIAGNOSIS_RULES] == sorted(rule.code for rule in DIAGNOSIS_RULES)


@EACH
def test_its_prose_is_whole(rule: DiagnosisRule) -> None:
    for text in (rule.what, rule.why, rule.fix, rule.verify):
        assert len(text) > len(rule.name)
        assert text.endswith(".")
        assert "  " not in text
    assert not rule.question or rule.question.endswith("?")
