"""CORS228: forbidden request header."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_FORBIDDEN: Final = frozenset(
    {
        "origin",
        "referer",
        "host",
        "cookie",
        "content-length",
        "connection",
        "accept-encoding",
        "access-control-request-method",
        "access-control-request-headers",
        "date",
        "dnt",
        "te",
        "via",
        "transfer-encoding",
        "upgrade",
        "keep-alive",
        "expect",
        "cookie2",
        "trailer",
        "set-cookie",
    }
)

_SAID: Final = (
    "unsafe header",
    "forbidden header",
    ("set", "origin header"),
    ("set", "referer"),
    ("set", "host header"),
    ("user-agent", "set"),
    ("cookie header", "set"),
    ("override", "origin"),
)


class ForbiddenRequestHeader(DiagnosisRule):
    """Forbidden request header."""

    code = "CORS228"
    name = "forbidden-request-header"
    root_cause = RootCause.FORBIDDEN_HEADER
    layer = "client"
    what = (
        "The page tries to set a request header that is the browser's own: Origin, Referer, Host, Cookie "
        "and others."
    )
    why = (
        "Were pages able to set Origin, CORS would prove nothing. Browsers drop such headers, with a "
        "warning at most."
    )
    fix = (
        "Take the header out. Origin and Cookie are sent by the browser: for cookies use credentials: "
        "'include'. Where another value is needed, a server of yours must make the request."
    )
    verify = "The console no longer warns, and the request goes out."
    sources = ("https://fetch.spec.whatwg.org/#forbidden-request-header",)
    bad = report(
        'Refused to set unsafe header "Origin"', method="GET", headers={"Origin": "https://other.example"}
    )
    good = report('Refused to get unsafe header "ETag"', method="PUT")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        message = case.message(Symptom.FORBIDDEN_REQUEST_HEADER)
        if message:
            yield Weight(0.92, f"the browser refuses to set {message.parameter or 'the header'}")
        own = next((name for name in case.headers.names() if name in _FORBIDDEN), None)
        if own:
            yield Weight(0.5, f"the page sets {own}")
        seen = case.observed("forbidden request header")
        if seen and not own:
            yield Weight(0.35, seen)
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.45, f"the notes say: {said}")
