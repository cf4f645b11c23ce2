"""CORS122: a regular expression among the origins."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginIsRegex(SpellingRule):
    """Nothing here guesses whether a text is an expression."""

    code = "CORS122"
    name = "origin-is-regex"
    fault = Fault.REGEX
    what = "An entry of `origins` with the signs of a regular expression."
    why = (
        "Entries of `origins` are compared as they are, so the expression never matches. Libraries that guess "
        "which of the two a text is have let in origins that nobody meant."
    )
    fix = "Move it into `origin_regexes`, or say it with a wildcard."
    sources = ()
    bad = example(origins=[r"https://.*\.example\.com"])
    good = example(origin_regexes=[r"https://.*\.example\.com"])
