"""CORS111: quotes or white space in an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginQuoted(SpellingRule):
    """Quotes come from environment variables and shells, spaces from splitting at commas."""

    code = "CORS111"
    name = "origin-quoted"
    fault = Fault.QUOTED
    what = "Quotes or white space, visible or not, in an entry of `origins`."
    why = (
        "They are taken for a part of the origin, so it never matches. They come from environment variables that "
        "are quoted twice, from lists split at commas, and from text copied out of documents."
    )
    fix = "Remove them; where a list is split at commas, strip its pieces."
    bad = example(origins=["https://shop.example.com", " 'https://admin.example.com'"])
    good = example(origins=["https://shop.example.com", "https://admin.example.com"])
