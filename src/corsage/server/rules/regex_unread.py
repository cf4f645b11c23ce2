"""CORS149: expressions that are too large to be studied, or too many."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import MOST_STUDIED, findings
from corsage.server.witness import Kind


class RegexUnread(PolicyRule):
    """What was not studied is not called good."""

    code = "CORS149"
    name = "regex-unread"
    what = f"An expression that is too large to be studied, or one after the first {MOST_STUDIED}."
    why = (
        "Each expression is searched for what it accepts beyond what its writer meant. The search has bounds, so "
        "that nobody can make it last; of these expressions nothing is known. It is an error where that goes for the "
        "time that they take, too: one request may keep a processor busy for hours."
    )
    fix = (
        "List the origins, or use wildcards: a million origins cost no more than one, and can all be checked."
    )
    bad = example(origin_regexes=[r"https://(?:[a-z0-9-]{500}\.){500}example\.com"])
    good = example(origins=["https://*.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report them."""
        for index, pattern, finding in findings(draft, Kind.UNREAD):
            timeless = finding.about == "time"
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                "it is too large to tell what else it accepts, and how long that takes"
                if timeless
                else "it is too large to be searched for what else it accepts",
                severity=Severity.ERROR if timeless else Severity.WARNING,
            )
        if len(draft.origin_regexes) > MOST_STUDIED:
            yield self.problem(
                f"origin_regexes[{MOST_STUDIED}]",
                draft.origin_regexes[MOST_STUDIED],
                f"only the first {MOST_STUDIED} expressions are studied",
                severity=Severity.WARNING,
            )
