"""CORS247: The page's own Content-Security-Policy does not let it connect there."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "content security policy",
    "content-security-policy",
    "csp",
    "connect-src",
    "img-src",
    "default-src",
    "frame-ancestors",
    "x-frame-options",
)


class ContentSecurityPolicy(DiagnosisRule):
    """Content security policy."""

    code = "CORS247"
    name = "content-security-policy"
    root_cause = RootCause.CSP_BLOCK
    layer = "page"
    what = "The page's own Content-Security-Policy does not let it connect there."
    why = (
        "connect-src, img-src, font-src and the others say where a page may load from. Nothing is sent, "
        "so no header of the API plays a part."
    )
    fix = (
        "Add the API's origin to the directive that the message names, in the page's own "
        "Content-Security-Policy header or meta element."
    )
    verify = (
        "The console has no 'Content Security Policy' line, and the request appears in the network panel."
    )
    sources = ("https://www.w3.org/TR/CSP3/",)
    bad = report(
        "Refused to connect to 'https://api.example.com/' because it violates the following Content Security Policy directive: \"connect-src 'self'\"."
    )
    good = report(
        "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        message = case.message(Symptom.CONTENT_SECURITY_POLICY, Symptom.FRAME_REFUSED)
        if message:
            yield Weight(0.96, f"the browser says so: Content Security Policy {message.parameter}".rstrip())
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.75, f"the notes say: {said}")
