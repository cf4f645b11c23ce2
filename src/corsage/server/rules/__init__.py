"""The CORS1xx family: what is wrong with a policy before any request. One rule a file."""

from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule

POLICY_RULES: Final[tuple[PolicyRule, ...]] = ()


def check_draft(draft: Draft) -> tuple[Problem, ...]:
    """Return what all rules find, in the order of their codes."""
    return tuple(problem for rule in POLICY_RULES for problem in rule.check(draft))


__all__ = ["POLICY_RULES", "PolicyRule", "check_draft"]
