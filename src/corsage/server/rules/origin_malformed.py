"""CORS110: an entry that is no origin, for no reason that has a rule of its own."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import ORIGIN_HEADER, ORIGIN_SERIALISATION, SpellingRule
from corsage.server.spelling import Fault


class OriginMalformed(SpellingRule):
    """What no browser can send matches nothing."""

    code = "CORS110"
    name = "origin-malformed"
    fault = Fault.OTHER
    what = "An entry of `origins` that is not `scheme://host` or `scheme://host:port`."
    why = (
        "Origins are compared character by character with what browsers send. An entry of any other form never "
        "matches, and the pages it was written for are refused without a hint."
    )
    fix = "Copy the origin from the address bar: scheme, host and, where there is one, the port."
    sources = (ORIGIN_SERIALISATION, ORIGIN_HEADER)
    bad = example(origins=["https://shop.example.com:123456"])
    good = example(origins=["https://shop.example.com:12345"])
