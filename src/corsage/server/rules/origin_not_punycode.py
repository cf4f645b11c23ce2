"""CORS119: a host name with letters beyond ASCII."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginNotPunycode(SpellingRule):
    """The address bar shows one name, the header carries another."""

    code = "CORS119"
    name = "origin-not-punycode"
    fault = Fault.NOT_PUNYCODE
    what = "A host with characters beyond ASCII, or with percent-encoded ones."
    why = (
        "The address bar may show them, but the Origin header carries the ASCII form (punycode). The entry never "
        "matches."
    )
    fix = "Write the ASCII form, which begins with xn--."
    sources = ("https://url.spec.whatwg.org/#concept-domain-to-ascii", *SpellingRule.sources)
    bad = example(origins=["https://bücher.example"])
    good = example(origins=["https://xn--bcher-kva.example"])
