"""CORS224: The method is written in small letters: patch is not PATCH."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_NORMALIZED: Final = frozenset({"delete", "get", "head", "options", "post", "put"})

_SAID: Final = (
    "lowercase",
    "lower-case",
    "lower case",
    "only patch",
    "uppercase",
    "upper-case",
    "small letters",
)


class MethodInSmallLetters(DiagnosisRule):
    """Method in small letters."""

    code = "CORS224"
    name = "method-in-small-letters"
    root_cause = RootCause.METHOD_CASE
    layer = "client"
    what = "The method is written in small letters: patch is not PATCH."
    why = (
        "fetch() upper-cases delete, get, head, options, post and put alone. Every other method goes out "
        "as it is written, and lists are compared by case."
    )
    fix = "Write the method in capitals: method: 'PATCH'."
    verify = "Access-Control-Request-Method in the preflight reads PATCH."
    sources = ("https://fetch.spec.whatwg.org/#concept-method-normalize",)
    bad = report(
        "Fetch API cannot load http://localhost:3000/api/v1/tasks. Method patch is not allowed by Access-Control-Allow-Methods in preflight response.",
        method="patch",
    )
    good = report(
        "Fetch API cannot load http://localhost:3000/api/v1/tasks. Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.",
        method="PATCH",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        message = case.message(Cause.METHOD_DISALLOWED)
        method = (message.parameter if message else "") or case.method
        if method and method != method.upper() and method.lower() not in _NORMALIZED:
            yield Weight(0.9, f"the method is written {method}")
        said = case.noted(*_SAID)
        if said and (method.lower() == "patch" or case.noted("patch", "method")):
            yield Weight(0.5, f"the notes say: {said}")

    def layer_of(self, case: Case) -> str:
        """Return who writes the method."""
        return "client-sdk" if case.said("sdk", "client library", "thwack", "generated client") else "client"
