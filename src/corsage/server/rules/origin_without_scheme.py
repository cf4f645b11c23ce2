"""CORS113: an entry without its scheme."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginWithoutScheme(SpellingRule):
    """A host is not an origin."""

    code = "CORS113"
    name = "origin-without-scheme"
    fault = Fault.NO_SCHEME
    what = (
        "An entry of `origins` that begins with the host: `example.com`, `//example.com`, `localhost:3000`."
    )
    why = (
        "The scheme is a part of the origin: http://example.com and https://example.com are two origins, and "
        "anybody on the network can speak for the first. A bare host is what no browser sends."
    )
    fix = "Put https:// before it, or http:// for a development server on this machine."
    bad = example(origins=["shop.example.com"])
    good = example(origins=["https://shop.example.com"])
