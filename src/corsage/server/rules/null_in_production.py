"""CORS136: ``null``, in production."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example
from corsage.server.rules.spelling_rule import ORIGIN_HEADER


class NullInProduction(PolicyRule):
    """Said to be meant; worth saying again."""

    code = "CORS136"
    name = "null-in-production"
    severity = Severity.WARNING
    what = "`dangerously_allow_null_origin` in production."
    why = (
        "Every site can send `Origin: null` from a sandboxed frame, so in production this allows everyone; with "
        "credentials, to everything your users see."
    )
    fix = "Give the pages that need it a real origin, and list that."
    sources = (ORIGIN_HEADER,)
    bad = example(
        origins=["https://shop.example.com"], dangerously_allow_null_origin=True, environment="production"
    )
    good = example(origins=["https://shop.example.com"], environment="production")

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the option."""
        if draft.is_production and draft.dangerously_allow_null_origin and not draft.public:
            yield self.problem(
                "dangerously_allow_null_origin",
                "true",
                "in production this allows every site, by way of a sandboxed frame"
                + (", and with credentials" if draft.credentials else ""),
            )
