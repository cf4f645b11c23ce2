"""CORS202: Two layers each add Access-Control-Allow-Origin, so that the response has it twice."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import members
from corsage.rules.report import report

_SAID: Final = (
    "twice",
    "duplicate",
    "two access-control",
    "both add",
    "both set",
    "two headers",
    "double",
    "also sets",
    "multiple access-control",
)

_REDACTED: Final = ("redacted", "hidden", "***", "xxx")


class AllowOriginDuplicate(DiagnosisRule):
    """Allow origin duplicate."""

    code = "CORS202"
    name = "allow-origin-duplicate"
    root_cause = RootCause.ACAO_DUPLICATE
    layer = "proxy"
    what = "Two layers each add Access-Control-Allow-Origin, so that the response has it twice."
    why = (
        "Browsers accept the header once. Two headers, even equal ones, read as one value with a comma in"
        " it, which is no origin."
    )
    fix = (
        "Let one layer alone set CORS headers: take them away from the proxy or from the application, or "
        "let the proxy hide what the application sends (nginx: proxy_hide_header; Caddy: header_down "
        "-Access-Control-Allow-Origin)."
    )
    verify = (
        "curl -si -H 'Origin: https://your.page' URL | grep -ci '^access-control-allow-origin' prints 1. "
        "Without Origin it may look fine."
    )
    question = (
        "What does each layer send by itself: ask the application past the proxy, with an Origin header?"
    )
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#concept-cors-check",)
    bad = report(
        "The 'Access-Control-Allow-Origin' header contains multiple values '*, https://app.example.com', but only one is allowed.",
        origin="https://app.example.com",
        stack=["nginx", "express"],
    )
    good = report(
        "The 'Access-Control-Allow-Origin' header contains multiple values 'https://a.example https://b.example', but only one is allowed.",
        origin="https://a.example",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            ("enable-cors", "cors("),
            ("add_header", "already"),
            ("header set", "always"),
            ("two lines",),
            ("in a row",),
            ("removed add_header",),
            ("already had cors",),
            ("origin server alone",),
            ("two in a row",),
            ("both", "cors"),
            ("plus", "header set"),
            ("nginx", "and", "app sets"),
            ("appears twice",),
            ("listed twice",),
            ("*, *",),
        ):
            yield Weight(0.7, "two places set the header")
        values = members(case.allow_origin or "")
        lines = max(
            len(answer.headers.lines("access-control-allow-origin"))
            for answer in (case.actual, case.preflight)
        )
        if any(mark in (case.allow_origin or "").lower() for mark in _REDACTED):
            values = []
        if lines > 1:
            yield Weight(0.95, f"the header stands there {lines} times")
        elif len(values) > 1 and (len(set(values)) < len(values) or "*" in values):
            yield Weight(0.9, f"the header's values are {case.allow_origin}: two layers wrote them")
        elif len(values) > 1 and "," in (case.allow_origin or ""):
            yield Weight(0.3, f"the header's values are {case.allow_origin}")
        elif case.message(Cause.MULTIPLE_ALLOW_ORIGIN) and not values:
            yield Weight(0.6, "the browser counts more than one value")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")
        if case.message(Cause.MULTIPLE_ALLOW_ORIGIN) and {"proxy", "gateway", "cdn", "platform"} & case.kinds:
            yield Weight(0.4, "something stands before the application that may add the header, too")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        values = members(case.allow_origin or "")
        if "," not in (case.allow_origin or ",") and len(values) > 1:
            yield Weight(-0.7, "the values stand in one header, a blank between them")

    def layer_of(self, case: Case) -> str:
        """Return which of the two should leave it."""
        if case.said("extension", "unblock"):
            return "client-extension"
        if "lambda-url" in case.stacks:
            return "app"
        return case.layer_among("proxy", "gateway", "cdn", "platform", otherwise="app/proxy")
