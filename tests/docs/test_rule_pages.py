"""The pages of the rules: one for each, none left over, and examples that are what they say."""

import re
import tomllib

import pytest

from corsage.apps.cli.explaining.examples import example_of, problems_of_example
from corsage.apps.cli.explaining.rules import all_rules
from corsage.model.rule import Rule
from docs.__main__ import FOLDER, PAGES
from docs.rules import file_name

RULES = FOLDER / "rules"
EACH = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def test_there_is_a_page_for_each_rule_and_no_other() -> None:
    written = {path.name for path in RULES.glob("*")}
    assert written == {"README.md", *(file_name(rule) for rule in all_rules())}
    assert {f"rules/{name}" for name in written} <= set(PAGES)


def test_codes_and_names_are_each_one_rules() -> None:
    assert len({rule.code for rule in all_rules()}) == len(all_rules())
    assert len({rule.name for rule in all_rules()}) == len(all_rules())


def test_links_lead_somewhere() -> None:
    for path in RULES.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


@EACH
def test_the_bad_example_gives_what_the_page_says(rule: Rule) -> None:
    assert rule.code in {problem.code for problem in problems_of_example(rule)}


@EACH
def test_examples_can_be_read(rule: Rule) -> None:
    for number, fields in enumerate((rule.bad, rule.good)):
        example = example_of(fields)
        if example.language == "toml" and (rule.name != "policy-file-syntax" or number):
            assert tomllib.loads(example.text)
        elif example.language == "python":
            compile(example.text, rule.code, "eval")
