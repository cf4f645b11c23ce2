"""CORS146: anything may stand after the domain."""

from corsage.server.rules.base import example
from corsage.server.rules.regex_rule import OWASP, RegexRule
from corsage.server.witness import Finding, Kind


class RegexOpenEnd(RegexRule):
    """A host is owned from its right end."""

    code = "CORS146"
    name = "regex-open-end"
    kind = Kind.OPEN_END
    what = "A wildcard after a domain. Without credentials it is a warning."
    why = (
        r"Origins have no path, so the wildcard of `https://example\.com.*` can only match more of the host: "
        "`https://example.com.evil.com`, which belongs to the owner of evil.com."
    )
    fix = "Remove what follows the domain. Other ports are `:[0-9]+`."
    sources = (*RegexRule.sources, OWASP)
    bad = example(origin_regexes=[r"https://example\.com.*"], credentials=True)
    good = example(origin_regexes=[r"https://example\.com"], credentials=True)

    def reason(self, finding: Finding) -> str:
        """Say what may stand there."""
        return f"the host may go on after {finding.about}, and belongs to whoever owns its end"
