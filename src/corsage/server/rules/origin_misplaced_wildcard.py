"""CORS121: a wildcard where patterns have none."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginMisplacedWildcard(SpellingRule):
    """A star is a whole first label, or a whole port."""

    code = "CORS121"
    name = "origin-misplaced-wildcard"
    fault = Fault.MISPLACED_WILDCARD
    what = "A `*` or `+` that is neither the whole first label of the host nor the whole port."
    why = (
        "`https://*example.com` would let in evilexample.com, and `https://example.*` whoever registers the name "
        "under another top-level domain. So a wildcard stands for whole labels at the beginning only: "
        "`https://*.example.com` for subdomains of any depth, `https://+.example.com` for those of one label."
    )
    fix = "Write the wildcard as the whole first label, list the domains, or write a regular expression."
    sources = ()
    bad = example(origins=["https://*example.com"])
    good = example(origins=["https://example.com", "https://*.example.com"])
