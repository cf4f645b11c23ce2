"""CORS147: an expression that accepts every host."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import OWASP, findings
from corsage.server.witness import Kind


class RegexAnyHost(PolicyRule):
    """A star by another name, without what protects from the star."""

    code = "CORS147"
    name = "regex-any-host"
    what = (
        r"An expression that accepts every host, such as `.*` or `https?://.+`. Without credentials, and outside of "
        "production, it is a warning."
    )
    why = (
        "Browsers refuse a star with credentials, so that nobody allows everyone by mistake. An expression for "
        "everyone goes round that: every site on the web can read what your users see."
    )
    fix = 'Name the domains. For a public service without credentials write `origins = "*"`.'
    sources = ("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials", OWASP)
    bad = example(origin_regexes=["https://.*"], credentials=True)
    good = example(origin_regexes=[r"https://.*\.example\.com"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report them: errors with credentials and in production, otherwise warnings."""
        serious = draft.credentials or (draft.is_production and not draft.public)
        for index, pattern, finding in findings(draft, Kind.ANY_HOST):
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                "it accepts every host",
                suggestion=None if draft.credentials else 'origins = "*", if everyone is meant',
                witness=finding.witness,
                severity=Severity.ERROR if serious else Severity.WARNING,
            )
