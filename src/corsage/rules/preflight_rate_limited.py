"""CORS407: The preflight runs into a limit: OPTIONS is answered 429, or refused by a firewall."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_TOO_MANY: Final = 429

_SAID: Final = (
    "rate limit",
    "rate-limit",
    "ratelimit",
    "throttl",
    "too many requests",
    "429",
    "waf",
    "quota",
)


class PreflightRateLimited(DiagnosisRule):
    """Preflight rate limited."""

    code = "CORS407"
    name = "preflight-rate-limited"
    root_cause = RootCause.PREFLIGHT_RATE_LIMITED
    layer = "gateway"
    what = "The preflight runs into a limit: OPTIONS is answered 429, or refused by a firewall."
    why = (
        "Limiters count preflights as requests, so a page spends twice what it seems to. Their answers "
        "have no CORS headers, and the browser reports CORS."
    )
    fix = (
        "Leave OPTIONS out of the limit, or answer preflights before it; let them be cached with "
        "Access-Control-Max-Age; send CORS headers on 429 as well."
    )
    verify = (
        "Ask more often than the limit allows: OPTIONS still answers 2xx, and the 429 of the request can "
        "be read by the page."
    )
    bad = report(method="POST", preflight=(429, {"Retry-After": "10"}))
    good = report(method="GET", actual=(429, {}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.preflight_status == _TOO_MANY:
            yield Weight(0.9, "the preflight is answered 429")
        said = case.noted(*_SAID)
        if said and case.on_preflight and case.preflight_status in (None, _TOO_MANY, 403):
            yield Weight(0.55, f"the notes say: {said}")
        if case.noted(("options", "429"), ("preflight", "429"), ("preflight", "count"), ("options", "limit")):
            yield Weight(0.6, "the notes speak of a limit on OPTIONS")

    def layer_of(self, case: Case) -> str:
        """Return who limits."""
        return case.layer_among("gateway", "proxy", "cdn", "app", otherwise="gateway")
