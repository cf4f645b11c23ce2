"""CORS141: an expression that takes exponential time."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings
from corsage.server.witness import Kind


class RegexSlow(PolicyRule):
    """One request can keep a processor busy for hours."""

    code = "CORS141"
    name = "regex-slow"
    severity = Severity.WARNING
    what = "A loop within a loop that can read the same text in two ways, such as `([a-z]+)+`, where Python matches it."
    why = (
        "Python tries every way before it gives up, and each further letter doubles them: an Origin of forty "
        "letters keeps a processor busy for hours. Anybody can send one."
    )
    fix = (
        "Write the loop so that it reads a text in one way only, use a wildcard in `origins`, or install "
        "`google-re2`, which takes linear time for all but look-around and back-references."
    )
    sources = (
        "https://docs.python.org/3/library/re.html",
        "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    )
    bad = example(origin_regexes=[r"https://(?!www\.)([a-z0-9]+-?)+\.example\.com"])
    good = example(origin_regexes=[r"https://(?!www\.)[a-z0-9-]+\.example\.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report loops that are ambiguous, where Python's own matcher runs them."""
        for index, pattern, finding in findings(draft, Kind.SLOW):
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                "a loop in it reads some texts in many ways, and all are tried: the time doubles with each letter",
                witness=finding.witness or None,
            )
