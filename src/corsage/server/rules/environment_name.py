"""CORS195: an environment that is nearly called production, or production that is called otherwise."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import PRODUCTION, Draft
from corsage.server.rules.base import PolicyRule, example

_LONGEST: Final = 64
_MEANT: Final = frozenset({"prod", "prd", "live", "produktion", "production"})


class EnvironmentName(PolicyRule):
    """``prod`` is not ``production``, and nothing says so until it is too late."""

    code = "CORS195"
    name = "environment-name"
    severity = Severity.WARNING
    what = (
        "An `environment` that is nearly called `production`: `prod`, `Production`, `live`. Or the environment "
        "`production` of a file that gives itself another name, which is an error."
    )
    why = "What is broad is refused for `production` alone. Under any other name the checks are not made."
    fix = "Write `production`; under `[cors.env.production]` leave `environment` out."
    bad = example(origins=["https://shop.example.com"], environment="prod")
    good = example(origins=["https://shop.example.com"], environment="production")

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare the name with what people write for production."""
        name = draft.environment
        if name is None or name == PRODUCTION or len(name) > _LONGEST:
            return
        bare = name.strip().lower()
        if bare in _MEANT or get_close_matches(bare, [PRODUCTION], n=1, cutoff=0.8):
            yield self.problem(
                "environment",
                name,
                "the checks for production are made under that name alone",
                suggestion=PRODUCTION,
            )

    def contradiction(self, field: str, name: object) -> Problem:
        """Make the problem of an environment ``production`` that is called *name*."""
        return self.problem(
            field,
            name,
            "this holds in production, and takes the checks for production away",
            suggestion=PRODUCTION,
            severity=Severity.ERROR,
        )
