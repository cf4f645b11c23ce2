"""CORS144: a dot without its backslash."""

from corsage.server.rules.base import example
from corsage.server.rules.regex_rule import OWASP, RegexRule
from corsage.server.witness import Finding, Kind


class RegexDot(RegexRule):
    """In an expression a dot is any character."""

    code = "CORS144"
    name = "regex-dot"
    kind = Kind.DOT
    what = (
        "A dot between the letters of a host name, without a backslash. Without credentials it is a warning."
    )
    why = (
        "A dot stands for any character, so `https://app.example.com` accepts `https://appxexample.com` as well: a "
        "name that anyone can register. With credentials its owner reads what your users see."
    )
    fix = (
        "Put a backslash before each dot that is one, or list the origin in `origins`, where a dot is a dot."
    )
    sources = (*RegexRule.sources, OWASP)
    bad = example(origin_regexes=[r"https://app.example.com"], credentials=True)
    good = example(origin_regexes=[r"https://app\.example\.com"], credentials=True)

    def reason(self, finding: Finding) -> str:
        """Say what a dot means."""
        whose = "the name of a stranger" if finding.is_sold else "other names"
        return f"a dot without a backslash stands for any character, so it accepts {whose}"
