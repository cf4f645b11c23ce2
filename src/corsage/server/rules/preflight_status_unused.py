"""CORS191: a status for answers that the application gives."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import DEFAULTS, Draft
from corsage.server.rules.base import PolicyRule, example


class PreflightStatusUnused(PolicyRule):
    """Who hands preflights on does not choose their status."""

    code = "CORS191"
    name = "preflight-status-unused"
    severity = Severity.WARNING
    what = "A `preflight_status` beside `preflight_continue`."
    why = "With `preflight_continue` the application answers preflights, and its status is sent."
    fix = "Remove one of the two."
    bad = example(origins=["https://shop.example.com"], preflight_continue=True, preflight_status=200)
    good = example(origins=["https://shop.example.com"], preflight_continue=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the status."""
        if draft.preflight_continue and draft.preflight_status != DEFAULTS["preflight_status"]:
            yield self.problem(
                "preflight_status",
                draft.preflight_status,
                "with preflight_continue the application answers, with a status of its own",
            )
