"""CORS145: anything may stand before the domain."""

from corsage.server.rules.base import example
from corsage.server.rules.regex_rule import OWASP, RegexRule
from corsage.server.witness import Finding, Kind


class RegexOpenStart(RegexRule):
    """A subdomain ends with a dot, a longer name does not."""

    code = "CORS145"
    name = "regex-open-start"
    kind = Kind.OPEN_START
    what = (
        "A wildcard directly before a domain, without a dot between them. Without credentials it is "
        "a warning."
    )
    why = (
        r"`https://.*example\.com` means the subdomains of example.com, and accepts every name that ends like it: "
        "`https://evilexample.com`. Anyone can register one."
    )
    fix = r"Write `(?:[a-z0-9-]+\.)*` before the domain, or use `https://*.example.com` in `origins`."
    sources = (*RegexRule.sources, OWASP)
    bad = example(origin_regexes=[r"https://.*example\.com"], credentials=True)
    good = example(origin_regexes=[r"https://(?:[a-z0-9-]+\.)*example\.com"], credentials=True)

    def reason(self, finding: Finding) -> str:
        """Say what may stand there."""
        return f"anything may stand before {finding.about}, not subdomains alone"
