"""CORS208: The allowed origin and the page's differ in the port alone."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import near_origins
from corsage.rules.report import report

_CONFIGURED: Final = ("accepts", "allow", "whitelist", "origins", "configured", "cors_", "permits")

_SAID: Final = (
    "different port",
    "other port",
    "wrong port",
    ("port", "changed"),
    "port mismatch",
    "another port",
    "upgrade to vite",
    "new port",
    "without port",
    ("port", "missing"),
)


class PortMismatch(DiagnosisRule):
    """Port mismatch."""

    code = "CORS208"
    name = "port-mismatch"
    root_cause = RootCause.PORT_MISMATCH
    layer = "app"
    what = "The allowed origin and the page's differ in the port alone."
    why = "The port is part of the origin: http://localhost:3000 and http://localhost:5173 are strangers."
    fix = (
        "Allow the port on which the page is really served; for development http://localhost:* where the "
        "stack knows patterns. Or let the development server use the port that is allowed."
    )
    verify = "Ask with the page's Origin header, port included: the answer names it."
    question = "On which port is the page served, and which ports does the server allow?"
    snippet = True
    sources = ("https://html.spec.whatwg.org/#same-origin",)
    bad = report(
        "The 'Access-Control-Allow-Origin' header has a value 'http://localhost:3000' that is not equal to the supplied origin.",
        origin="http://localhost:5173",
    )
    good = report(
        "The 'Access-Control-Allow-Origin' header has a value 'http://localhost:3000' that is not equal to the supplied origin.",
        origin="http://127.0.0.1:3000",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if near_origins(case.page, case.allow_origin or "") == "port":
            yield Weight(0.9, f"the header says {case.allow_origin}, the page is {case.origin}")
        other = _other_port(case)
        if other:
            yield Weight(0.65, f"the page is {case.origin}, the notes speak of {other}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")

    def layer_of(self, case: Case) -> str:
        """Return who is configured."""
        return responsible(case)


def _other_port(case: Case) -> str | None:
    """Return an origin of the notes with the page's host and another port, where the notes speak of what is allowed."""
    if case.page is None or not case.noted(*_CONFIGURED):
        return None
    words = (word.strip("'\"[](),;=.") for word in case.remarks.split())
    return next((word for word in words if "://" in word and near_origins(case.page, word) == "port"), None)
