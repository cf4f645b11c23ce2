"""CORS251: The script of a Worker is of another origin, which no header allows."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "web worker",
    "new worker",
    "worker-loader",
    "worker script",
    "webworker",
    "sharedworker",
    "construct 'worker'",
    "worker from",
)


class WorkerOfAnotherOrigin(DiagnosisRule):
    """Worker of another origin."""

    code = "CORS251"
    name = "worker-of-another-origin"
    root_cause = RootCause.WORKER_SAME_ORIGIN
    layer = "client"
    what = "The script of a Worker is of another origin, which no header allows."
    why = (
        "Workers run in the page's origin, so their script must be of it. CORS does not come into it; "
        "importScripts and modules inside may be of others."
    )
    fix = (
        "Serve the worker's script from the page's origin; or make a small script there, or a blob:, that"
        " imports the real one (importScripts, or import of a module with CORS)."
    )
    verify = "new Worker(url) throws no SecurityError."
    sources = ("https://html.spec.whatwg.org/#dom-worker",)
    bad = report(
        "Uncaught DOMException: Failed to construct 'Worker': Script at 'https://assets.example.com/w.js' cannot be accessed from origin 'https://example.com'.",
        mode="same-origin (worker)",
    )
    good = report(
        'The FetchEvent for "https://example.com/a" resulted in a network error response: an "opaque" response was used for a request whose type is not no-cors'
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.WORKER_ORIGIN):
            yield Weight(0.96, "the browser refuses the worker's script")
        if "worker" in case.element and "service" not in case.element:
            yield Weight(0.5, "it is a worker")
        said = case.noted(*_SAID)
        if said and not case.noted("service worker"):
            yield Weight(0.6, f"the notes say: {said}")
