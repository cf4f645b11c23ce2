"""CORS114: a slash at the end of an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginTrailingSlash(SpellingRule):
    """The most common of all mistakes: the address bar copied with its slash."""

    code = "CORS114"
    name = "origin-trailing-slash"
    fault = Fault.TRAILING_SLASH
    what = "A slash at the end of an entry of `origins`."
    why = (
        "Browsers send the origin without one, and origins are compared character by character: the entry "
        "never matches."
    )
    fix = "Remove the slash."
    bad = example(origins=["https://shop.example.com/"])
    good = example(origins=["https://shop.example.com"])
