"""What the rules about regular expressions have in common: each looks for some kinds of finding."""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, place
from corsage.server.witness import Finding, Kind, mended, mended_of, study

# To study a good one takes three milliseconds, a bad one thirty, and at the worst a second.
MOST_STUDIED: Final = 300

OWASP = "https://owasp.org/www-project-web-security-testing-guide/latest/4-Web_Application_Security_Testing/11-Client-side_Testing/07-Testing_Cross_Origin_Resource_Sharing"


def findings(draft: Draft, *kinds: Kind) -> Iterator[tuple[int, str, Finding]]:
    """Yield what is found of *kinds*, with the place and the expression."""
    for index, pattern in enumerate(draft.origin_regexes[:MOST_STUDIED]):
        for finding in study(pattern):
            if finding.kind in kinds:
                yield index, pattern, finding


def regex_suggestion(draft: Draft, pattern: str, kind: Kind) -> str | None:
    """Return *pattern* with everything mended that is an error here, or at least what is of *kind*."""
    allowed = {Kind.LOOPBACK, Kind.ANY_PORT, Kind.SLOW, Kind.HEAVY}
    if not draft.credentials or draft.dangerously_allow_insecure_origins:
        allowed.add(Kind.INSECURE)
    if draft.dangerously_allow_public_suffixes:
        allowed.add(Kind.SUFFIX)
    kinds = [found.kind for found in study(pattern) if found.kind not in allowed]
    return mended(pattern, kinds) or mended_of(pattern, kind)


class RegexRule(PolicyRule):
    """An expression accepts somebody that its writer did not mean."""

    kind: ClassVar[Kind]
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.python.org/3/library/re.html#regular-expression-syntax",
    )

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report findings: errors with credentials, if anyone could have the name; otherwise warnings."""
        for index, pattern, finding in findings(draft, self.kind):
            serious = draft.credentials and finding.is_sold
            yield self.problem(
                place(draft, "origin_regexes", index),
                pattern,
                self.reason(finding),
                suggestion=regex_suggestion(draft, pattern, self.kind),
                witness=finding.witness or None,
                severity=Severity.ERROR if serious else Severity.WARNING,
            )

    def reason(self, finding: Finding) -> str:
        """Say what is wrong."""
        raise NotImplementedError
