"""CORS203: One Access-Control-Allow-Origin holds a list of origins."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import members
from corsage.rules.report import report

_SAID: Final = (
    "several values",
    "list of origins",
    "comma separated",
    "comma-separated",
    "several origins",
    "multiple origins",
    "multiple domains",
    "space separated",
)


class AllowOriginList(DiagnosisRule):
    """Allow origin list."""

    code = "CORS203"
    name = "allow-origin-list"
    root_cause = RootCause.ACAO_MULTI_VALUE
    layer = "app"
    what = "One Access-Control-Allow-Origin holds a list of origins."
    why = (
        "The header names one origin, or is *. There is no list and no pattern: browsers compare the "
        "whole value with the page's origin."
    )
    fix = (
        "Keep the list in the server's configuration, compare the request's Origin with it, and answer "
        "with that one origin and Vary: Origin."
    )
    verify = "Ask with each of the origins in turn: each gets itself back, and a stranger gets no header."
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#concept-cors-check",)
    bad = report(
        "The 'Access-Control-Allow-Origin' header contains multiple values 'https://a.example https://b.example', but only one is allowed.",
        origin="https://a.example",
    )
    good = report(
        "The 'Access-Control-Allow-Origin' header contains multiple values 'https://a.example, https://a.example', but only one is allowed.",
        origin="https://a.example",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Cause.MULTIPLE_ALLOW_ORIGIN) and case.noted(
            "two domains", "two origins", "several", "comma", "both domains", "list", "array"
        ):
            yield Weight(0.7, "a list was configured, and the browser counts more than one value")
        value = case.allow_origin or ""
        values = members(value)
        distinct = len(values) > 1 and len(set(values)) == len(values) and "*" not in values
        if distinct and "," not in value:
            yield Weight(0.95, f"the value is a list: {value}")
        elif distinct:
            yield Weight(0.75, f"the value is a list: {value}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.35, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        value = case.allow_origin or ""
        values = members(value)
        if len(values) > len(set(values)) or "*" in values:
            yield Weight(-0.7, "the values repeat each other: two layers wrote them")

    def layer_of(self, case: Case) -> str:
        """Return who writes the header."""
        return responsible(case)
