"""CORS112: several origins in one text."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import ORIGIN_HEADER, SpellingRule
from corsage.server.spelling import Fault


class OriginsInOneText(SpellingRule):
    """``Access-Control-Allow-Origin`` never was a list, and an entry is none either."""

    code = "CORS112"
    name = "origins-in-one-text"
    fault = Fault.SEVERAL
    what = "Several origins in one text, joined by commas, spaces or semicolons."
    why = (
        "A browser sends one origin, so the joined text never matches anything. It comes from an environment "
        "variable that was not split, or from the belief that Access-Control-Allow-Origin takes a list."
    )
    fix = "Make each origin an entry of its own."
    sources = ("https://fetch.spec.whatwg.org/#http-access-control-allow-origin", ORIGIN_HEADER)
    bad = example(origins=["https://shop.example.com, https://admin.example.com"])
    good = example(origins=["https://shop.example.com", "https://admin.example.com"])
