"""CORS117: upper case in an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginUpperCase(SpellingRule):
    """Browsers lower both scheme and host before they send the origin."""

    code = "CORS117"
    name = "origin-upper-case"
    fault = Fault.UPPER_CASE
    what = "An upper-case letter in the scheme or the host of an entry of `origins`."
    why = (
        "Scheme and host are lower-case in every origin that a browser sends, and the comparison minds the case: "
        "the entry never matches. Safari shows the identifiers of extensions in upper case, and sends them in lower."
    )
    fix = "Write it in lower case."
    sources = ("https://url.spec.whatwg.org/#concept-host-serializer", *SpellingRule.sources)
    bad = example(origins=["https://Shop.Example.com"])
    good = example(origins=["https://shop.example.com"])
