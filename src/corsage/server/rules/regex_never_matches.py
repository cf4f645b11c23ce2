"""CORS142: an expression that no origin matches."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings, regex_suggestion
from corsage.server.rules.spelling_rule import ORIGIN_SERIALISATION
from corsage.server.witness import Kind


class RegexNeverMatches(PolicyRule):
    """It is held against whole origins, and none looks like that."""

    code = "CORS142"
    name = "regex-never-matches"
    severity = Severity.WARNING
    what = "An expression that matches no origin that a browser can send."
    why = (
        "An expression must match the whole origin, from the scheme to the port. One without a scheme, with a "
        "slash at the end, with upper case or with the default port matches none, and the pages it was written for "
        "are refused."
    )
    fix = "Write it for `scheme://host` or `scheme://host:port`, in lower case."
    sources = (ORIGIN_SERIALISATION,)
    bad = example(origin_regexes=[r"[a-z]+\.example\.com"])
    good = example(origin_regexes=[r"https://[a-z]+\.example\.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report them."""
        for index, pattern, _ in findings(draft, Kind.NEVER):
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                "it must match a whole origin, scheme://host or scheme://host:port, and matches none",
                suggestion=regex_suggestion(draft, pattern, Kind.NEVER),
            )
