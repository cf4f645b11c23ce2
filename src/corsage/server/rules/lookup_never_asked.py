"""CORS190: a lookup that is never asked."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example


def is_tenant(origin: str) -> bool:
    """Stand for the lookup of an application, in the examples."""
    return origin.endswith(".example.com")


class LookupNeverAsked(PolicyRule):
    """The star has answered already."""

    code = "CORS190"
    name = "lookup-never-asked"
    severity = Severity.WARNING
    what = "`origin_lookup` together with `*` among the origins."
    why = "The star allows everyone, so the lookup is never asked and whoever it would refuse is let in."
    fix = "Remove the star, or the lookup."
    bad = example(origins="*", origin_lookup=is_tenant)
    good = example(origin_lookup=is_tenant)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the lookup."""
        if draft.origin_lookup is not None and draft.allows_any_origin:
            yield self.problem("origin_lookup", "", '"*" allows everyone, so it is never asked')
