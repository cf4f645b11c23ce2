"""CORS404: There is no route for OPTIONS: the preflight is answered 404."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_NOT_FOUND: Final = 404

_SAID: Final = (
    "group",
    "route-level",
    "router.use",
    ("get", "fine"),
    ("get", "works"),
    "post never sent",
    "on the route",
)
_AGAINST: Final = (
    "enablecors",
    "after routes",
    "registered",
    "called after",
    "below",
    "middleware order",
    "before the",
)


class Preflight404(DiagnosisRule):
    """Preflight 404."""

    code = "CORS404"
    name = "preflight-404"
    root_cause = RootCause.PREFLIGHT_404
    layer = "app"
    what = "There is no route for OPTIONS: the preflight is answered 404."
    why = (
        "Routers match method and path. Middleware that hangs on a route or a group runs after the match,"
        " so a preflight for a route without OPTIONS never reaches it."
    )
    fix = (
        "Put CORS before the router, around the whole application, or add an OPTIONS route for the path "
        "that CORS answers."
    )
    verify = (
        "curl -si -X OPTIONS -H 'Origin: https://your.page' -H 'Access-Control-Request-Method: POST' URL "
        "answers 2xx instead of 404."
    )
    answered_by = "preflight"
    question = "Which status has the answer to OPTIONS on this path?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-fetch",)
    bad = report(
        method="POST",
        headers={"Content-Type": "application/json"},
        preflight=(404, {}),
        notes="GET works",
        stack=["gin"],
    )
    good = report(method="POST", preflight=(401, {}), stack=["gin"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            ("no route", "options"), ("no route found",), ("route not found", "options"), ("cannot options",)
        ):
            yield Weight(0.85, "the router has no OPTIONS for the path")
        if case.preflight_status == _NOT_FOUND:
            yield Weight(0.8, "the preflight is answered 404")
        if case.noted(("options", "404"), ("preflight", "404"), ("options", "not found")):
            yield Weight(0.7, "the notes speak of 404 for OPTIONS")
        said = case.noted(*_SAID)
        if said and case.preflight_status == _NOT_FOUND:
            yield Weight(0.3, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.preflight_status == _NOT_FOUND and case.noted(*_AGAINST):
            yield Weight(-0.5, "the notes speak of an order")
        if case.preflight_status not in (None, _NOT_FOUND):
            yield Weight(-0.9, f"the preflight is answered {case.preflight_status}")

    def layer_of(self, case: Case) -> str:
        """Return who routes."""
        return case.layer_among("app", "gateway", "platform", otherwise="app")
