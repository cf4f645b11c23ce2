"""CORS405: The method OPTIONS is not allowed: the preflight is answered 405."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_NOT_ALLOWED: Final = (405,)


class Preflight405(DiagnosisRule):
    """Preflight 405."""

    code = "CORS405"
    name = "preflight-405"
    root_cause = RootCause.PREFLIGHT_405
    layer = "app"
    what = "The method OPTIONS is not allowed: the preflight is answered 405."
    why = (
        "The server knows the path, and no handler of OPTIONS on it. Static file servers, nginx's "
        "add_header alone and single-purpose handlers do so."
    )
    fix = (
        "Allow OPTIONS for the path and answer it as a preflight: 204 with the CORS headers. nginx needs "
        "a block that returns 204 for OPTIONS; frameworks need their CORS middleware before the router."
    )
    verify = (
        "curl -si -X OPTIONS -H 'Origin: https://your.page' -H 'Access-Control-Request-Method: POST' URL "
        "answers 2xx instead of 405."
    )
    answered_by = "preflight"
    question = "Which status, Allow and Server headers has the answer to OPTIONS?"
    snippet = True
    sources = (
        "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
        "https://www.rfc-editor.org/rfc/rfc9110#name-405-method-not-allowed",
    )
    bad = report(
        method="POST",
        headers={"Content-Type": "application/json"},
        preflight=(405, {"Allow": "GET, POST"}),
        stack=["starlette"],
    )
    good = report(method="POST", preflight=(404, {}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.preflight_status in _NOT_ALLOWED:
            yield Weight(0.85, f"the preflight is answered {case.preflight_status}")
        if case.noted(
            ("options", "405"),
            ("preflight", "405"),
            ("405", "method not allowed"),
            ("options", "method not allowed"),
            ("options", "not allowed"),
        ):
            yield Weight(0.7, "the notes speak of 405 for OPTIONS")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.preflight_status not in (None, *_NOT_ALLOWED):
            yield Weight(-0.9, f"the preflight is answered {case.preflight_status}")

    def layer_of(self, case: Case) -> str:
        """Return who refuses the method."""
        return case.layer_among("app", "gateway", "proxy", otherwise="app")
