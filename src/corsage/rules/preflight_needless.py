"""CORS409: The request makes a preflight that it could do without, and this server cannot answer one."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    ("avoid", "preflight"),
    ("get", "content-type"),
    ("no preflight", "works"),
    ("removing", "header", "works"),
    ("remove", "content-type"),
    ("works", "text/plain"),
    ("works without", "header"),
    ("unnecessary", "header"),
    ("custom header", "not needed"),
    "upload listener",
    "upload.onprogress",
    ("x-requested-with", "works"),
    "cannot answer options",
    "cannot handle options",
    "does not support options",
    "not support preflight",
)


class PreflightNeedless(DiagnosisRule):
    """Preflight needless."""

    code = "CORS409"
    name = "preflight-needless"
    root_cause = RootCause.UNNECESSARY_PREFLIGHT
    layer = "client"
    what = "The request makes a preflight that it could do without, and this server cannot answer one."
    why = (
        "Content-Type: application/json, a custom header or a listener for upload progress make a "
        "preflight. Some servers, Google Apps Script for one, have no way to answer OPTIONS."
    )
    fix = (
        "Send what needs no leave: GET, HEAD or POST with Content-Type text/plain or "
        "application/x-www-form-urlencoded (JSON may travel as text/plain), and no header of your own. Or"
        " put a small server of yours between."
    )
    verify = "The network panel shows no OPTIONS, and the response can be read."
    question = "Must the request have this header or Content-Type, or would the server take the data without?"
    sources = ("https://fetch.spec.whatwg.org/#cors-safelisted-request-header",)
    bad = report(
        "Access to fetch at 'https://script.google.com/macros/s/x/exec' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="POST",
        headers={"Content-Type": "application/json"},
        url="https://script.google.com/macros/s/x/exec",
        stack=["google apps script"],
    )
    good = report(
        method="POST", headers={"Content-Type": "application/json"}, preflight=(401, {}), stack=["express"]
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        asks = case.on_preflight or case.headers.names() or case.message(Cause.MISSING_ALLOW_ORIGIN)
        if ("no-preflight" in case.traits and asks) or "script.google.com" in case.url:
            yield Weight(0.85, "this server cannot answer OPTIONS")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.6, f"the notes say: {said}")
        if case.method.upper() in ("GET", "HEAD") and case.headers.get("content-type"):
            yield Weight(
                0.45, f"a {case.method} has no body, and yet a Content-Type, which makes a preflight"
            )
