"""What every rule of the CORS1xx family is: prose, and a check of a draft."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Rule, Severity
from corsage.server.draft import Draft


class PolicyRule(Rule):
    """A policy is wrong before any request."""

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what the rule is about in *draft*."""
        raise NotImplementedError

    def problem(
        self,
        field: str,
        value: object,
        reason: str,
        *,
        suggestion: str | None = None,
        witness: str | None = None,
        severity: Severity | None = None,
    ) -> Problem:
        """Make a problem of this rule."""
        shown = value if isinstance(value, str) else repr(value)
        return Problem(self.code, severity or self.severity, field, shown, reason, suggestion, witness)
