"""CORS246: The page is a sandboxed frame, or a data:, blob: or srcdoc document: its origin is null."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_file
from corsage.rules.report import report

_OF_DOCUMENT: Final = frozenset({"font", "script", "css stylesheet", "stylesheet", "manifest"})

_SAID: Final = (
    "sandbox",
    "srcdoc",
    "data: url",
    "data url",
    "blob:",
    "about:blank",
    "allow-same-origin",
    "allow-scripts",
    "codepen",
    "iframe's own",
    "artifact",
)


class PageIsSandboxed(DiagnosisRule):
    """Page is sandboxed."""

    code = "CORS246"
    name = "page-is-sandboxed"
    root_cause = RootCause.NULL_ORIGIN_SANDBOX
    layer = "page"
    what = "The page is a sandboxed frame, or a data:, blob: or srcdoc document: its origin is null."
    why = (
        "A sandbox without allow-same-origin takes the origin away, even towards the frame's own host. "
        "null stands for all such documents of the world, so no server should allow it."
    )
    fix = (
        "Give the frame a real origin: add allow-same-origin to the sandbox if its content is trusted and"
        " of another origin than the page; or load it from a URL of its own; or fetch in the parent page "
        "and hand the data in with postMessage. For public fonts and images Access-Control-Allow-Origin: "
        "* serves them, too."
    )
    verify = "location.origin inside the frame is not 'null'."
    question = "Is the page inside an iframe with a sandbox attribute, or made of data: or blob:?"
    sources = ("https://html.spec.whatwg.org/#attr-iframe-sandbox",)
    bad = report(
        "Access to font at 'https://example.com/a.woff2' from origin 'null' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        origin="null",
        mode="cors (font)",
        notes="inside a sandboxed iframe",
    )
    good = report(
        "Access to script at 'file:///C:/site/js/main.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, https.",
        origin="null",
        url="file:///C:/site/js/main.js",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        said = case.said(*_SAID)
        if said:
            yield Weight(0.8, f"the notes say: {said}")
        elif case.origin.startswith("null") and case.said("iframe", "frame", "embedded"):
            yield Weight(0.7, "the origin is null, in a frame")
        elif case.origin.startswith("null") and case.target is not None and case.target.is_http:
            yield Weight(0.4, "the origin is null, the URL is on the web")
            if case.element in _OF_DOCUMENT:
                yield Weight(0.2, f"a {case.element} of the document itself")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if is_file(case.url) or is_file(case.origin) or case.said("file://"):
            yield Weight(-0.8, "a file takes part")
        if any(each.first_url for each in case.evidence.messages) or case.message(
            Symptom.REDIRECT_UNSPECIFIC
        ):
            yield Weight(-0.6, "it was redirected: that makes the origin null, too")
