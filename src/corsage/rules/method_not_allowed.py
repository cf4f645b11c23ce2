"""CORS223: The method is not in Access-Control-Allow-Methods."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.report import report

_LONGEST_LIST: Final = 80
_SAFE: Final = frozenset({"GET", "HEAD", "POST", ""})

_SAID: Final = (
    "allow_methods",
    ("methods", "only"),
    "default methods",
    ("put", "not allowed"),
    ("delete", "not allowed"),
    ("patch", "not allowed"),
    "only get and post work",
    "get and post work",
)


class MethodNotAllowed(DiagnosisRule):
    """Method not allowed."""

    code = "CORS223"
    name = "method-not-allowed"
    root_cause = RootCause.METHOD_NOT_ALLOWED
    layer = "app"
    what = "The method is not in Access-Control-Allow-Methods."
    why = (
        "GET, HEAD and POST need no leave. Every other method must stand in the answer to the preflight; "
        "some libraries allow only the first three unless told."
    )
    fix = "Add the method to the allowed methods of the CORS configuration (not only to the route)."
    verify = "The answer to OPTIONS with Access-Control-Request-Method names the method."
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-fetch",)
    bad = report(
        "Access to fetch at 'https://api.example.com/items/1' from origin 'https://app.example.com' has been blocked by CORS policy: Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.",
        method="PATCH",
        preflight=(204, {"Access-Control-Allow-Methods": "GET,POST"}),
    )
    good = report(
        "Access to fetch at 'https://api.example.com/items/1' from origin 'https://app.example.com' has been blocked by CORS policy: Method patch is not allowed by Access-Control-Allow-Methods in preflight response.",
        method="patch",
        preflight=(204, {"Access-Control-Allow-Methods": "GET,POST,PATCH"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if self._quoted_without(case):
            yield Weight(0.75, f"the list of methods in the notes lacks {case.method}")
        other = case.probed("preflight-method").headers.get("access-control-allow-origin")
        if other is not None and case.preflight.headers.get("access-control-allow-origin") is None:
            yield Weight(0.7, "a preflight for POST is allowed, this one is not")
        message = case.message(
            Cause.METHOD_DISALLOWED, Cause.INVALID_ALLOW_METHODS, Symptom.SERVER_REFUSED_METHOD
        )
        method = (message.parameter if message else "") or case.method
        if message:
            yield Weight(0.85, f"the browser misses {method or 'the method'} in Access-Control-Allow-Methods")
        listed = case.preflight.headers.get("access-control-allow-methods")
        if (
            not message
            and listed is not None
            and method
            and method.upper() not in _SAFE
            and method.upper() not in listed.upper()
            and "*" not in listed
        ):
            yield Weight(0.75, f"the answer to the preflight lists {listed}, not {method}")
        said = case.noted(*_SAID)
        if said and method.upper() not in _SAFE:
            yield Weight(0.4, f"the notes say: {said}")

    def _quoted_without(self, case: Case) -> bool:
        """Tell whether the notes quote a list of methods that lacks the request's."""
        _, found, rest = case.evidence.notes.lower().partition("methods")
        listed = rest[:_LONGEST_LIST]
        method = case.method.lower()
        return (
            bool(found)
            and method not in ("", "get", "head", "post")
            and "get" in listed
            and method not in listed
        )

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        message = case.message(
            Cause.METHOD_DISALLOWED, Cause.INVALID_ALLOW_METHODS, Symptom.SERVER_REFUSED_METHOD
        )
        method = (message.parameter if message else "") or case.method
        if method and method != method.upper():
            yield Weight(-0.7, f"{method} is in small letters")
        if "storage" in case.kinds:
            yield Weight(-0.4, "a bucket's own rule decides")

    def layer_of(self, case: Case) -> str:
        """Return who writes the list."""
        return responsible(case)
