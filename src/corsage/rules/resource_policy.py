"""CORS248: Cross-Origin-Resource-Policy, or the page's Cross-Origin-Embedder-Policy, keeps the resource out."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "cross-origin-resource-policy",
    "corp",
    "coep",
    "embedder-policy",
    "crossoriginresourcepolicy",
    "cross-origin-embedder",
    "notsameorigin",
    "require-corp",
    "sharedarraybuffer",
    "cross-origin isolat",
)


class ResourcePolicy(DiagnosisRule):
    """Resource policy."""

    code = "CORS248"
    name = "resource-policy-blocks"
    root_cause = RootCause.COEP_CORP_BLOCK
    layer = "resource"
    what = "Cross-Origin-Resource-Policy, or the page's Cross-Origin-Embedder-Policy, keeps the resource out."
    why = (
        "helmet and others send Cross-Origin-Resource-Policy: same-origin by default, which no page of "
        "another origin may embed. A page with Cross-Origin-Embedder-Policy: require-corp takes only what"
        " says that it may be embedded."
    )
    fix = (
        "Send Cross-Origin-Resource-Policy: cross-origin (or same-site) on resources that others may "
        "embed (helmet: crossOriginResourcePolicy: {policy: 'cross-origin'}); or load them with "
        "crossorigin and CORS headers."
    )
    verify = "The response has the header, and the element loads."
    sources = (
        "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header",
        "https://html.spec.whatwg.org/#coep",
    )
    bad = report(
        "GET https://api.example.com/a.png net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)",
        mode="no-cors (img)",
        actual=(200, {"Cross-Origin-Resource-Policy": "same-origin"}),
        stack=["helmet"],
    )
    good = report("(failed)net::ERR_BLOCKED_BY_ORB", mode="no-cors (img)")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(
            Cause.CORP_NOT_SAME_ORIGIN, Cause.CORP_NOT_SAME_SITE, Cause.CORP_REQUIRED_BY_EMBEDDER
        ):
            yield Weight(0.95, "the browser names the resource's policy")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
        if (
            case.said("helmet")
            and case.mode in ("no-cors", "")
            and case.element in ("img", "image", "script", "video", "audio", "stylesheet")
        ):
            yield Weight(0.5, "helmet sends Cross-Origin-Resource-Policy: same-origin by default")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(Symptom.WORKER_ORIGIN, Cause.OPAQUE_RESPONSE_BLOCKED):
            yield Weight(-0.8, "the browser names another reason")
