"""CORS252: A service worker makes the request anew, or answers it from its cache with an opaque response."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "service worker",
    "service-worker",
    "serviceworker",
    "workbox",
    "sw.js",
    "pwa",
    "stalewhilerevalidate",
    "firebase-messaging-sw",
    "ngsw",
    "msw",
)


class ServiceWorker(DiagnosisRule):
    """Service worker."""

    code = "CORS252"
    name = "service-worker"
    root_cause = RootCause.SERVICE_WORKER
    layer = "client"
    what = "A service worker makes the request anew, or answers it from its cache with an opaque response."
    why = (
        "What a service worker stored for an <img> is opaque, and of no use to a request with CORS. One "
        "that builds a new Request may lose its mode, headers or credentials."
    )
    fix = (
        "Let the service worker pass the original request on (fetch(event.request)), store only responses"
        " whose type is not opaque, keep cross-origin requests out of it, or ask for them with CORS from "
        "the start (crossorigin on the element)."
    )
    verify = "With 'Bypass for network' ticked in DevTools it behaves as without; after the change both do."
    question = "Does it work with 'Bypass for network' ticked under Application, Service workers?"
    sources = ("https://w3c.github.io/ServiceWorker/#handle-fetch",)
    bad = report(
        'The FetchEvent for "https://cdn.example.com/a.png" resulted in a network error response: an "opaque" response was used for a request whose type is not no-cors',
        mode="cors (img)",
    )
    good = report(
        "Uncaught DOMException: Failed to construct 'Worker': Script at 'https://assets.example.com/w.js' cannot be accessed from origin 'https://example.com'."
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.SERVICE_WORKER):
            yield Weight(0.93, "the browser names the service worker's answer")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted("shown with <img>", "<img> first", "image was shown"):
            yield Weight(-0.4, "the image was loaded without CORS first")
        if case.message(Cause.OPAQUE_RESPONSE_BLOCKED, Cause.CORP_NOT_SAME_ORIGIN):
            yield Weight(-0.5, "the browser names another reason")
