"""CORS120: an IP address in another notation than browsers use."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginOddAddress(SpellingRule):
    """One address has many notations, an origin has one."""

    code = "CORS120"
    name = "origin-odd-address"
    fault = Fault.ODD_ADDRESS
    what = "An IPv6 address that is not compressed or lacks its brackets; an IPv4 address that is not four decimals."
    why = (
        "Browsers write every address in one notation: four decimal numbers, or the compressed IPv6 address in "
        "brackets. Any other notation of the same address never matches."
    )
    fix = "Write the address as browsers do."
    sources = ("https://url.spec.whatwg.org/#host-serializing", *SpellingRule.sources)
    bad = example(origins=["http://[0:0:0:0:0:0:0:1]:3000"])
    good = example(origins=["http://[::1]:3000"])
