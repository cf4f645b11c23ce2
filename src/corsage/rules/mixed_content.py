"""CORS241: An https page asks for an http URL, which browsers block before they send anything."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_OTHERS: Final = frozenset(
    {
        Cause.MISSING_ALLOW_ORIGIN,
        Cause.INSECURE_LOCAL_NETWORK,
        Cause.LOCAL_NETWORK_PERMISSION_DENIED,
        Symptom.PRIVATE_NETWORK_HEADER,
        Cause.ALLOW_ORIGIN_MISMATCH,
    }
)

_SAID: Final = (
    "mixed content",
    "mixed-content",
    "x-forwarded-proto",
    ("https page", "http"),
    ("location", "http:"),
    ("behind", "tls", "http"),
    ("site", "https", "api", "http"),
    "insecure request",
)


class MixedContent(DiagnosisRule):
    """Mixed content."""

    code = "CORS241"
    name = "mixed-content"
    root_cause = RootCause.MIXED_CONTENT
    layer = "app/proxy"
    what = "An https page asks for an http URL, which browsers block before they send anything."
    why = (
        "What travels over http can be read and changed on the way, so https pages may not use it. It "
        "looks like a network error to scripts. Often the URL is right, and a server behind a TLS proxy "
        "redirects to http."
    )
    fix = (
        "Ask for the https URL. Where a redirect leads to http, let the application know that it is "
        "behind TLS: trust X-Forwarded-Proto (uvicorn --proxy-headers, Django SECURE_PROXY_SSL_HEADER, "
        "Express trust proxy), or ask for the URL with the slash that it wants."
    )
    verify = "The console has no 'Mixed Content' line, and the network panel shows https for every hop."
    hides = frozenset({RootCause.REDIRECT_WITHOUT_CORS, RootCause.CONNECTION_FAILED})
    sources = ("https://www.w3.org/TR/mixed-content/",)
    bad = report(
        "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/items'. This request has been blocked; the content must be served over HTTPS.",
        origin="https://app.example.com",
    )
    good = report(
        "Failed to load resource: net::ERR_CONNECTION_REFUSED",
        origin="http://localhost:3000",
        url="http://localhost:8000/",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.origin.startswith("https:") and case.url.startswith("ws:") and not is_loopback(case.target):
            yield Weight(0.9, "the page is https, the WebSocket is ws:")
        if case.message(Cause.MIXED_CONTENT):
            yield Weight(0.95, "the browser says so: mixed content")
        location = case.actual.headers.get("location") or case.preflight.headers.get("location") or ""
        secure = case.origin.startswith("https:")
        target = case.target
        if secure and location.startswith("http:"):
            yield Weight(0.75, "the page is https, and the redirect leads to http")
        elif secure and target is not None and target.scheme == "http" and not is_loopback(target):
            yield Weight(0.6, "the page is https, the URL is http")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.55, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if (
            case.on_preflight
            or case.status is not None
            or case.said("capacitor", "cordova", "webview", "apk ")
        ):
            yield Weight(-0.75 if not case.actual.headers.get("location") else -0.2, "the request was sent")
        if case.says & _OTHERS:
            yield Weight(-0.6, "the browser names another reason")

    def layer_of(self, case: Case) -> str:
        """Return who writes the http URL."""
        if case.status in range(300, 400) or case.actual.headers.get("location"):
            return "app/proxy"
        written = case.evidence.url.startswith(("http:", "ws:"))
        if written and not case.said("behind", "pagination", "swagger", "next link"):
            return "client-url"
        return case.layer_among("proxy", otherwise="proxy" if case.said("proxy") else self.layer)
