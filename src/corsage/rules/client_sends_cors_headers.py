"""CORS226: The page sets Access-Control-* headers on its request."""

from collections.abc import Iterator

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report


class ClientSendsCorsHeaders(DiagnosisRule):
    """Client sends cors headers."""

    code = "CORS226"
    name = "client-sends-cors-headers"
    root_cause = RootCause.CLIENT_SENDS_ACA_HEADERS
    layer = "client"
    what = "The page sets Access-Control-* headers on its request."
    why = (
        "These are headers of responses: the server speaks in them. On a request they do nothing but make"
        " a preflight, which then refuses them."
    )
    fix = (
        "Take every Access-Control-Allow-* header out of the request, and set them on the server's responses."
    )
    verify = "The request's headers in the network panel have no Access-Control-Allow-*."
    hides = frozenset({RootCause.HEADER_NOT_ALLOWED})
    sources = ("https://fetch.spec.whatwg.org/#http-responses",)
    bad = report(
        "XMLHttpRequest cannot load http://example.com/api. Request header field Access-Control-Allow-Origin is not allowed by Access-Control-Allow-Headers in preflight response.",
        headers={"Access-Control-Allow-Origin": "*"},
    )
    good = report(
        "XMLHttpRequest cannot load http://example.com/api. Request header field X-Token is not allowed by Access-Control-Allow-Headers in preflight response.",
        headers={"X-Token": "1"},
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        own = next(
            (
                name
                for name in case.headers.names()
                if name.startswith("access-control-") and not name.startswith("access-control-request-")
            ),
            None,
        )
        if own:
            yield Weight(0.85 if "allow" in own else 0.5, f"the page sets {own}")
        message = case.message(Cause.HEADER_DISALLOWED)
        if message and message.parameter.lower().startswith("access-control-"):
            yield Weight(0.95, f"the browser names {message.parameter}, which the page must have set")
        said = case.noted(
            ("axios.defaults", "access-control"),
            # Whole words: $request_method of nginx is no request with such a header.
            ("request ", "access-control-allow"),
            ("requests ", "access-control-allow"),
            ("setrequestheader", "access-control"),
            ("added", "access-control-allow-origin", "request "),
            ("headers:", "access-control-allow"),
            ("fetch", "access-control-allow-origin"),
        )
        if said:
            yield Weight(0.5, f"the notes say: {said}")
