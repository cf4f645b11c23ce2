"""CORS124: pages of local files."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import ORIGIN_HEADER, SpellingRule
from corsage.server.spelling import Fault


class OriginFile(SpellingRule):
    """Files have no origin to be known by."""

    code = "CORS124"
    name = "origin-file"
    fault = Fault.FILE
    what = "An entry of `origins` with the scheme `file:`."
    why = (
        "A page opened from a file has an opaque origin and sends `Origin: null`, so the entry never matches. "
        "`null` itself cannot be trusted: sandboxed frames of any site send it, too."
    )
    fix = "Serve the page from a development server, such as `python -m http.server`, and list that."
    sources = ("https://url.spec.whatwg.org/#concept-url-origin", ORIGIN_HEADER)
    bad = example(origins=["file:///home/me/page.html"])
    good = example(origins=["http://localhost:8000"])
