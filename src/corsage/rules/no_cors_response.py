"""CORS244: The page asks with mode no-cors, and cannot read the response."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_OK: Final = 200

_SAID: Final = (
    "no-cors",
    "opaque",
    "status 0",
    ("status", "0", "empty"),
    "empty body",
    "response is empty",
    "unexpected end",
    ("response.ok", "false"),
    "unexpected end of input",
)


class NoCorsResponse(DiagnosisRule):
    """No cors response."""

    code = "CORS244"
    name = "no-cors-response"
    root_cause = RootCause.NO_CORS_OPAQUE
    layer = "client"
    what = "The page asks with mode no-cors, and cannot read the response."
    why = (
        "no-cors does not switch CORS off. It gives an opaque response: status 0, no headers, no body, "
        "whatever the server says. It is for caches and pings."
    )
    fix = (
        "Leave mode out (it is cors), and let the server allow the page's origin; or, if the server is "
        "not yours, ask it from a server of yours."
    )
    verify = "response.type in the page is 'cors', and its body can be read."
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#concept-filtered-response-opaque",)
    bad = report(
        method="GET",
        mode="no-cors",
        actual=(200, {}),
        notes="network tab shows 200, response.status is 0 and the body is empty",
    )
    good = report(method="GET", mode="cors", actual=(200, {}), notes="status is 200")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.OPAQUE_RESPONSE, Cause.NO_CORS_REDIRECT_MODE):
            yield Weight(0.7, "a script stumbles over an opaque response")
        asked = case.mode == "no-cors" and case.element in ("", "fetch")
        if asked:
            yield Weight(0.75, "the request's mode is no-cors")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.6, f"the notes say: {said}")
        if asked and case.status == _OK:
            yield Weight(0.4, "the network panel shows 200, and the page sees nothing")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.said("service worker", "workbox", "serviceworker"):
            yield Weight(-0.6, "a service worker takes part")
        if case.message(
            Cause.OPAQUE_RESPONSE_BLOCKED, Cause.CORP_NOT_SAME_ORIGIN, Cause.CORP_REQUIRED_BY_EMBEDDER
        ):
            yield Weight(-0.9, "the browser names another reason")
