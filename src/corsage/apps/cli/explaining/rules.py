"""All rules that have a page, whatever family they are of."""

from difflib import get_close_matches
from functools import cache
from typing import Final

from corsage.model.rule import Rule
from corsage.rules import DIAGNOSIS_RULES
from corsage.server.formats import DOCUMENT_RULES
from corsage.server.path_rules import PATH_RULES
from corsage.server.rules import POLICY_RULES

_LONGEST: Final = 64
_NEAREST: Final = 3


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules, in the order of their codes."""
    rules: tuple[Rule, ...] = (*DOCUMENT_RULES, *POLICY_RULES, *PATH_RULES, *DIAGNOSIS_RULES)
    return tuple(sorted(rules, key=lambda rule: rule.code))


def find_rule(text: str) -> Rule | None:
    """Return the rule with the code or the name *text*; case and the letters before the number do not matter."""
    wanted = text.strip().lower()
    return next((rule for rule in all_rules() if wanted in _names(rule)), None)


def nearest_rules(text: str, likeness: float = 0.5) -> tuple[Rule, ...]:
    """Return the rules whose code or name is most like *text*; *likeness* is from 0, anything, to 1, the same."""
    names = {name: rule for rule in all_rules() for name in _names(rule)}
    close = get_close_matches(text.strip().lower()[:_LONGEST], names, n=_NEAREST, cutoff=likeness)
    return tuple(dict.fromkeys(names[name] for name in close))


def _names(rule: Rule) -> tuple[str, ...]:
    return rule.code.lower(), rule.name, rule.code.removeprefix("CORS")
