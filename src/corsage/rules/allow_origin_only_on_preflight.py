"""CORS206: The preflight is answered with Access-Control-Allow-Origin, the actual response goes without."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_ERRORS: Final = 400
_IN_A_PROXY: Final = frozenset({"allow-origin-only-for-options"})

_SAID: Final = (
    ("preflight", "but", "actual"),
    ("options", "but not", "get"),
    ("options", "but not", "post"),
    ("only", "on the preflight"),
    ("only", "in options"),
    ("options", "has", "but"),
    ("preflight", "ok", "but"),
    ("preflight", "succeeds"),
    ("preflight", "passes"),
    ("options", "200", "no access-control"),
    ("headers only", "options"),
)


class AllowOriginOnlyOnPreflight(DiagnosisRule):
    """Allow origin only on preflight."""

    code = "CORS206"
    name = "allow-origin-only-on-preflight"
    root_cause = RootCause.ACAO_ONLY_ON_PREFLIGHT
    layer = "app"
    what = "The preflight is answered with Access-Control-Allow-Origin, the actual response goes without."
    why = (
        "The preflight only asks whether the request may be sent. Whether the page may read the response "
        "is decided by the response's own headers."
    )
    fix = (
        "Send Access-Control-Allow-Origin (and -Allow-Credentials, where used) on every response, not in "
        "the handler of OPTIONS alone."
    )
    verify = "Ask once with OPTIONS and once with the real method: both answers name the page's origin."
    question = "Does the answer to the actual request, not the preflight, have Access-Control-Allow-Origin?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#http-fetch",)
    bad = report(
        "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="PUT",
        preflight=(
            204,
            {"Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Methods": "PUT"},
        ),
        actual=(200, {}),
    )
    good = report(
        method="PUT",
        origin="https://app.example.com",
        preflight=(
            204,
            {"Access-Control-Allow-Origin": "https://app.example.com", "Access-Control-Allow-Methods": "PUT"},
        ),
        actual=(200, {"Access-Control-Allow-Origin": "https://app.example.com"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        allowed = case.preflight.headers.get("access-control-allow-origin") is not None
        absent = case.actual.headers.get("access-control-allow-origin") is None
        if allowed and absent and case.evidence.actual is not None:
            good = case.status is None or case.status < _ERRORS
            yield Weight(0.7 if good else 0.2, "the preflight's answer has the header, the response has not")
            if case.message(Cause.MISSING_ALLOW_ORIGIN) and not case.on_preflight and good:
                yield Weight(0.4, "the browser misses it on the response")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.45, f"the notes say: {said}")

    def layer_of(self, case: Case) -> str:
        """Return who sends it on preflights alone: the proxy, where its configuration shows that."""
        return case.layer_among("proxy", otherwise="app") if case.slipped(_IN_A_PROXY) else self.layer
