"""CORS207: host mismatch."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import near_origins
from corsage.rules.report import report

_NUMERIC: Final = ("://127.", "://[::1]")

_HINTS: Final = (
    "apex",
    "non-www",
    "without www",
    "bare domain",
    "www and",
    "naked domain",
    "www.",
)


class HostMismatch(DiagnosisRule):
    """Host mismatch."""

    code = "CORS207"
    name = "host-mismatch"
    root_cause = RootCause.HOST_MISMATCH
    layer = "app"
    what = (
        "The allowed origin and the page's differ in the host alone: localhost and 127.0.0.1, www and the"
        " bare domain."
    )
    why = "Names are compared as text. That both lead to the same machine does not make them the same origin."
    fix = (
        "Allow the host under which the page is really opened, too; or open the page under the one that "
        "is allowed."
    )
    verify = "Ask with both origins: each that users open is answered with itself."
    question = "What exactly stands in the address bar of the page, and what in the list of allowed origins?"
    snippet = True
    sources = ("https://html.spec.whatwg.org/#same-origin",)
    bad = report(
        "The 'Access-Control-Allow-Origin' header has a value 'http://localhost:3000' that is not equal to the supplied origin.",
        origin="http://127.0.0.1:3000",
    )
    good = report(
        "The 'Access-Control-Allow-Origin' header has a value 'http://localhost:3000' that is not equal to the supplied origin.",
        origin="http://localhost:4000",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            ("ip address", "local"),
            ("ip addresses",),
            ("hostname", "instead of localhost"),
            ("computer name",),
        ):
            yield Weight(0.45, "one side is named by its address, the other by its name")
        differs = near_origins(case.page, case.allow_origin or "")
        if differs == "host":
            yield Weight(0.9, f"the header says {case.allow_origin}, the page is {case.origin}")
        if case.noted("localhost") and (case.noted("127.0.0.1") or _is_other_loopback(case)):
            yield Weight(0.6, "localhost and 127.0.0.1 are two origins, and both play a part")
        if case.noted("www") and case.noted(*_HINTS):
            yield Weight(0.55, "one name has www., the other has not")
        said = case.noted(
            ("works", "on localhost", "not on 127"),
            ("works", "127.0.0.1", "not"),
            ("opened", "ip address"),
            ("by ip", "not"),
            ("through the ip", "fails"),
        )
        if said:
            yield Weight(0.4, f"the notes say: {said}")

    def layer_of(self, case: Case) -> str:
        """Return who is configured."""
        return responsible(case)


def _is_other_loopback(case: Case) -> bool:
    """Tell whether the page was opened by number, where the notes speak of the name."""
    return any(mark in case.origin for mark in _NUMERIC) and not any(mark in case.url for mark in _NUMERIC)
