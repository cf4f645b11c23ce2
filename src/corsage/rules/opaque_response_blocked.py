"""CORS249: opaque response blocked."""

from collections.abc import Iterator

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report


class OpaqueResponseBlocked(DiagnosisRule):
    """Opaque response blocked."""

    code = "CORS249"
    name = "opaque-response-blocked"
    root_cause = RootCause.ORB_BLOCK
    layer = "resource"
    what = (
        "Opaque Response Blocking: an element asked for an image, script or video, and was sent something"
        " else."
    )
    why = (
        "Without CORS a page may embed images, scripts and media of others, not JSON or HTML. An error "
        "page in the place of an image is withheld."
    )
    fix = (
        "Look at what the URL really sends: mostly it is an error (404, 403, 503) in HTML or JSON. Mend "
        "the URL or the resource's Content-Type. CORS headers are not the remedy."
    )
    verify = "The URL opened in a tab shows the image, with its Content-Type."
    question = "What status and Content-Type does the URL give when opened in a tab?"
    sources = ("https://fetch.spec.whatwg.org/#orb",)
    bad = report(
        "GET https://images.example.com/missing.jpg net::ERR_BLOCKED_BY_ORB",
        mode="no-cors (img)",
        actual=(404, {"Content-Type": "application/json"}),
    )
    good = report(
        "GET https://api.example.com/a.png net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)",
        mode="no-cors (img)",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Cause.OPAQUE_RESPONSE_BLOCKED, Symptom.CORB):
            yield Weight(0.95, "the browser blocked an opaque response")
        if case.message(Cause.MIME_TYPE_BLOCKED, Symptom.MODULE_TYPE):
            yield Weight(0.6, "the browser refuses the Content-Type")
        said = case.said(
            "orb", "corb", "opaque response blocking", "cross-origin read blocking", "err_blocked_by_orb"
        )
        if said:
            yield Weight(0.8, f"the notes say: {said}")
