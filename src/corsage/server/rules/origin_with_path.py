"""CORS115: a path, a query or a fragment in an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginWithPath(SpellingRule):
    """Pages of one origin cannot be told apart by their paths."""

    code = "CORS115"
    name = "origin-with-path"
    fault = Fault.PATH
    what = "A path, a query or a fragment after the host of an entry of `origins`."
    why = (
        "An origin is scheme, host and port. Browsers never send the page's path, so the entry never matches; and "
        "leave cannot be given to a part of a site, because all its pages share one origin."
    )
    fix = "Remove everything after the host and the port."
    bad = example(origins=["https://example.com/shop"])
    good = example(origins=["https://example.com"])
