"""CORS141: an expression that takes exponential time, or nearly."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.linear_form import linear_form
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings
from corsage.server.witness import Kind


class RegexSlow(PolicyRule):
    """One request can keep a processor busy for hours."""

    code = "CORS141"
    name = "regex-slow"
    what = (
        "An expression that can read one text in very many ways: a loop within a loop, such as `([a-z]+)+`; "
        "alternatives that begin alike, such as `(a|a)*`; or loops over the same letters in a row, such as "
        "`[a-z]*[a-z]*[a-z]*`. Three loops in a row are a warning, where `google-re2` can match the expression."
    )
    why = (
        "Python tries every way before it gives up. In a loop within a loop each further letter doubles them: an "
        "Origin of forty letters keeps a processor busy for hours. Three in a row make some millions of an Origin of "
        "250 letters, and each further loop a hundred times as many. Anybody can send one. A policy may be checked on "
        "one machine and run on another, so what is installed here makes no difference."
    )
    fix = (
        "Write the expression so that it reads a text in one way only, or use a wildcard in `origins`. Where it is "
        "only a warning, `pip install 'corsage[re2]'` matches it in linear time; look-around, back-references and "
        "atomic groups cannot be."
    )
    sources = (
        "https://docs.python.org/3/library/re.html",
        "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    )
    bad = example(origin_regexes=[r"https://(?!www\.)([a-z0-9]+-?)+\.example\.com"])
    good = example(origin_regexes=[r"https://(?!www\.)[a-z0-9-]+\.example\.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report them: errors, unless re2 makes good a time that Python can still bear."""
        for index, pattern, finding in findings(draft, Kind.SLOW, Kind.HEAVY):
            is_slow = finding.kind is Kind.SLOW
            savable = not is_slow and linear_form(pattern) is not None
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                "it reads some texts in so many ways that trying them all keeps a processor busy for seconds, or hours"
                if is_slow
                else "it reads some texts in millions of ways, and Python tries them all",
                suggestion="pip install 'corsage[re2]', or loops that do not overlap" if savable else None,
                witness=finding.witness or None,
                severity=Severity.WARNING if savable else Severity.ERROR,
            )
