"""CORS141 and CORS149: what expressions cost, and what is too large to be studied; none of them is run for it."""

import sys

import pytest
from tests.server.rules.test_regex_rules import GOOD

from corsage.model.rule import Severity
from corsage.server import Policy, compile_policy, problems_of, regexes
from corsage.server.witness import study

# Exponential, or as good as that.
SLOW = [
    r"https://([a-z]+)+\.example\.com",
    r"https://([a-z0-9]+-?)+\.example\.com",
    r"https://(\w+\.?)+example\.com",
    r"https://(.*\.)*example\.com",
    r"https://([a-z]{1,3})+\.example\.com",
    r"https://(a|b|ab)*\.example\.com",
    r"https://([a-z]+){1,20}\.example\.com",
    r"https://(?=([a-z]+)+\.)[a-z]+\.example\.com",
    r"https://(?!x)([a-z]+)+\.example\.com",
    r"https://(?!x)(a|a)*\.example\.com",
    r"https://(?!x)(a|a){30}\.example\.com",
    r"https://(?!x)(?:a|ab|b)*\.example\.com",
    r"https://(?!x)(?:[a-z]?){30}\.example\.com",
    r"https://(?=a)(.*a){20}\.example\.com",
    r"https://(?!x)[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*\.example\.com",
    r"https://(?!x)(?:ab)*(?:ab)*(?:ab)*(?:ab)*\.example\.com",
    r"https://(?!x)" + "[a-z]?" * 30 + r"\.example\.com",
    r"https://(?!.*x.*y.*z.*w)[a-z]+\.example\.com",
    r"https://.*(?=.*a.*b.*c)[a-z]+\.example\.com",
    r"https://(?!x)(?:()|())*(a|())*(?:a?){2}(a|a)*\.example\.com",
]
# Three loops in a row: an error where no engine does better.
HEAVY = [
    (r"https://[a-z]*[a-z]*[a-z]*\.example\.com", Severity.WARNING),
    (r"https://.*\..*\..*\.example\.com", Severity.WARNING),
    (r"https://(?!x)[a-z]*[a-z]*[a-z]*\.example\.com", Severity.ERROR),
    (r"https://(?!.*a.*b.*c)[a-z]+\.example\.com", Severity.ERROR),
]


def without_re2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    regexes.compile_regex.cache_clear()
    study.cache_clear()


@pytest.mark.parametrize("has_re2", [True, False])
@pytest.mark.parametrize("pattern", SLOW)
def test_exponential_time_is_an_error(pattern: str, has_re2: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - a table
    if not has_re2:
        without_re2(monkeypatch)
    found = {problem.code: problem for problem in problems_of({"origin_regexes": [pattern]})}
    assert found["CORS141"].severity is Severity.ERROR


@pytest.mark.parametrize("has_re2", [True, False])
@pytest.mark.parametrize(("pattern", "severity"), HEAVY)
def test_loops_in_a_row(
    pattern: str,
    severity: Severity,
    has_re2: bool,  # noqa: FBT001 - a table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not has_re2:
        without_re2(monkeypatch)
    found = {problem.code: problem for problem in problems_of({"origin_regexes": [pattern]})}
    assert found["CORS141"].severity is severity
    assert ("corsage[re2]" in (found["CORS141"].suggestion or "")) is (severity is Severity.WARNING)


@pytest.mark.parametrize("pattern", GOOD)
def test_good_loops_are_not_called_slow(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    without_re2(monkeypatch)
    assert problems_of({"origin_regexes": [pattern]}) == ()


def test_a_slow_expression_is_searched_without_being_run(monkeypatch: pytest.MonkeyPatch) -> None:
    without_re2(monkeypatch)
    found = problems_of({"origin_regexes": [r"https://([a-z]+)+example\.com"], "credentials": True})
    assert [(each.code, each.witness) for each in found] == [
        ("CORS141", "https://xxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("CORS145", "https://evilexample.com"),
    ]


def test_an_expression_is_never_run_on_more_than_an_origin() -> None:
    """Squared is bearable for 327 characters; a megabyte is not tried at all."""
    compiled = compile_policy(Policy(origin_regexes=[r"https://(?!x)[a-z]*[a-z]*\.example\.com"]))
    assert not compiled.allows_listed(f"https://{'a' * 1_000_000}")


def test_what_is_too_large_is_not_called_good() -> None:
    values = {"origin_regexes": [r"https://(?:[a-z0-9-]{500}\.){500}example\.com"]}
    (problem,) = problems_of(values)
    assert (problem.code, problem.severity) == ("CORS149", Severity.ERROR)


def test_what_is_slow_is_said_of_what_is_too_large_to_be_searched() -> None:
    values = {"origin_regexes": [r"https://(?!x)(?:[a-z]?){30}\.example\.com"]}
    assert {problem.code: problem.severity for problem in problems_of(values)} == {
        "CORS141": Severity.ERROR,
        "CORS149": Severity.WARNING,
    }


def test_three_hundred_expressions_are_studied_once() -> None:
    patterns = [rf"https://h{number}\.example\.com" for number in range(301)]
    for _ in range(2):
        found = problems_of({"origin_regexes": patterns})
        assert [(each.code, each.field, each.severity) for each in found] == [
            ("CORS149", "origin_regexes[300]", Severity.WARNING)
        ]
    studied = study.cache_info()
    problems_of({"origin_regexes": patterns})
    assert (
        study.cache_info().misses == studied.misses
    )  # all rules share what was found: nothing is thrown away
