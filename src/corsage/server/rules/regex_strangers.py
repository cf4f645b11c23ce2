"""CORS148: an expression that accepts strangers in some other way."""

from corsage.server.rules.base import example
from corsage.server.rules.regex_rule import OWASP, RegexRule
from corsage.server.witness import Finding, Kind


class RegexStrangers(RegexRule):
    """The last net: what it accepts is compared with the domains that it names."""

    code = "CORS148"
    name = "regex-strangers"
    kind = Kind.STRANGER
    what = (
        "An expression that accepts hosts outside of the domains that it names, in a way without a rule of its "
        "own. Without credentials it is a warning."
    )
    why = (
        r"`https://example\.[a-z]+` means one company's domains, and accepts those under every top-level domain; "
        r"`https://[0-9.]+` accepts every address there is. Each belongs to somebody. `chrome-extension://.*` accepts "
        "every extension that a user may have. (Extensions of Firefox and Safari have another name on each machine, "
        "which cannot be listed: for these it is a warning.)"
    )
    fix = "Name the domains, or list the origins."
    sources = (OWASP,)
    bad = example(origin_regexes=[r"https://example\.[a-z]+"], credentials=True)
    good = example(origin_regexes=[r"https://example\.(?:com|org)"], credentials=True)

    def reason(self, finding: Finding) -> str:
        """Say whom it accepts."""
        if finding.about == "extension":
            return "it accepts every browser extension, not only your own"
        return "it accepts hosts that it does not name"
