"""Every rule of the family: its prose, its two examples, its place."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import corsage.server.rules
from corsage.model.rule import Severity
from corsage.server import POLICY_RULES, Policy, PolicyError, PolicyRule, problems_of

RULES = pytest.mark.parametrize("rule", POLICY_RULES, ids=lambda rule: rule.code)
FOLDER = Path(corsage.server.rules.__file__).parent


def grave(fields: Mapping[str, object]) -> list[str]:
    return [problem.says for problem in problems_of(fields) if problem.severity is not Severity.NOTE]


@RULES
def test_the_bad_example_is_found(rule: PolicyRule) -> None:
    found = problems_of(rule.bad)
    assert {problem.code for problem in found} == {rule.code}
    assert found[0].severity is rule.severity or rule.severity is Severity.ERROR


@RULES
def test_the_good_example_is_good(rule: PolicyRule) -> None:
    assert grave(rule.good) == []
    Policy.of(rule.good)


@RULES
def test_an_error_is_refused_and_nothing_else(rule: PolicyRule) -> None:
    if any(problem.severity is Severity.ERROR for problem in problems_of(rule.bad)):
        with pytest.raises(PolicyError, match=rule.code):
            Policy.of(rule.bad)
    else:
        assert [problem.code for problem in Policy.of(rule.bad).warnings] == [rule.code] * len(
            problems_of(rule.bad)
        )


@RULES
def test_the_prose_is_there(rule: PolicyRule) -> None:
    assert re.fullmatch(r"CORS1[0-9][0-9]", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for prose in (rule.what, rule.why, rule.fix):
        assert prose[0].isupper() or prose[0] == "`"
        assert prose.endswith((".", "?", ")"))
        assert "  " not in prose
    assert all(address.startswith("https://") for address in rule.sources)


def test_codes_are_in_order_and_once() -> None:
    codes = [rule.code for rule in POLICY_RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in POLICY_RULES}) == len(codes)


@RULES
def test_one_rule_a_file_named_like_it(rule: PolicyRule) -> None:
    module = type(rule).__module__.rpartition(".")[2]
    assert (FOLDER / f"{module}.py").read_text(encoding="utf-8").startswith(f'"""{rule.code}: ')
    assert module == rule.name.replace("-", "_")
    assert type(rule).__name__.lower() == rule.name.replace("-", "")


def test_no_rule_is_forgotten() -> None:
    written = {
        found[1]
        for path in FOLDER.glob("*.py")
        if (found := re.search(r'^    code = "(CORS\d+)"$', path.read_text(encoding="utf-8"), re.MULTILINE))
    }
    assert written == {rule.code for rule in POLICY_RULES}


def test_all_problems_come_together_errors_first() -> None:
    values = {
        "origins": ["https://a.com/", "b.com", "https://c.com"],
        "methods": ["GET", "TRACE"],
        "max_age": -5,
    }
    with pytest.raises(PolicyError) as caught:
        Policy.of(values)
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["CORS113", "CORS114", "CORS151", "CORS180", "CORS153"]
    assert str(caught.value).startswith("the policy has 4 errors:\n")


def test_of_each_rule_a_hundred_problems_are_enough() -> None:
    found = problems_of({"origins": [f"host{number}.example.com" for number in range(1000)]})
    assert len(found) == 100
