"""CORS118: the default port in an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginDefaultPort(SpellingRule):
    """443 of https and 80 of http are never sent."""

    code = "CORS118"
    name = "origin-default-port"
    fault = Fault.DEFAULT_PORT
    what = "The port that the scheme has anyway: `https://example.com:443`, `http://example.com:80`."
    why = "Browsers leave the default port out of the origin, so an entry that names it never matches."
    fix = "Remove the colon and the port. All other ports must be named."
    sources = ("https://url.spec.whatwg.org/#default-port", *SpellingRule.sources)
    bad = example(origins=["https://shop.example.com:443"])
    good = example(origins=["https://shop.example.com"])
