"""CORS250: An image of another origin was drawn without CORS, so that the canvas cannot be read."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "tainted",
    "taint",
    "todataurl",
    "getimagedata",
    "toblob",
    "html2canvas",
    "canvas",
    "teximage2d",
    "webgl texture",
    "the operation is insecure",
)


class CanvasTainted(DiagnosisRule):
    """Canvas tainted."""

    code = "CORS250"
    name = "canvas-tainted"
    root_cause = RootCause.CANVAS_TAINT
    layer = "client"
    what = "An image of another origin was drawn without CORS, so that the canvas cannot be read."
    why = (
        "An <img> without crossorigin shows anything, and taints every canvas it is drawn on: toDataURL, "
        "getImageData and toBlob throw."
    )
    fix = (
        'Set crossOrigin = "anonymous" before src, and let the image\'s server send '
        "Access-Control-Allow-Origin; beware of a copy in the cache that was loaded without."
    )
    verify = "The image's request carries Origin, its answer the header, and toDataURL works."
    question = "Is crossOrigin set before src, and has the image's response Access-Control-Allow-Origin?"
    snippet = True
    sources = ("https://html.spec.whatwg.org/#security-with-canvas-elements",)
    bad = report(
        "Uncaught DOMException: Failed to execute 'toDataURL' on 'HTMLCanvasElement': Tainted canvases may not be exported.",
        mode="no-cors (img)",
    )
    good = report(
        "Access to image at 'https://cdn.example.com/a.png' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        mode="cors (img)",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.CANVAS_TAINTED):
            yield Weight(0.95, "the browser says so: a tainted canvas")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.55, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.said("disable cache", "cached", "hard refresh", "curl -h origin"):
            yield Weight(-0.6, "a cache plays a part")
        if case.message(Cause.MISSING_ALLOW_ORIGIN, Cause.ALLOW_ORIGIN_MISMATCH):
            yield Weight(-0.5, "the image was asked for with CORS, and refused")
