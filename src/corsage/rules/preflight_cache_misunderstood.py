"""CORS410: preflight cache misunderstood."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.rule import Severity
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_ERRORS: Final = 300

_OFTEN: Final = (
    ("options", "every"),
    ("preflight", "every"),
    ("options", "each"),
    ("preflight", "each"),
    ("options", "still sent"),
    ("preflight", "not cached"),
    ("options", "not cached"),
    ("preflight", "again"),
    ("too many", "options"),
    ("too many", "preflight"),
    ("doubles", "requests"),
)


class PreflightCacheMisunderstood(DiagnosisRule):
    """Preflight cache misunderstood."""

    code = "CORS410"
    name = "preflight-cache-misunderstood"
    severity = Severity.NOTE
    root_cause = RootCause.MISCONCEPTION_PREFLIGHT_CACHE
    layer = "client"
    what = (
        "Preflights are expected to be cached for a whole host; they are cached for a URL, an origin and "
        "a credentials mode."
    )
    why = (
        "Every other path or query asks anew. DevTools with the cache switched off asks every time, and "
        "browsers cap the time: Chromium 2 hours, WebKit 10 minutes."
    )
    fix = (
        "Send Access-Control-Max-Age on the answers to OPTIONS, keep URLs stable where that is easy, or "
        "avoid the preflight by a request that needs none. Switch 'Disable cache' off before measuring."
    )
    verify = "The same URL asked twice within the time makes one OPTIONS."
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-cache",)
    bad = report(
        method="GET",
        headers={"X-Api": "1"},
        preflight=(200, {"Access-Control-Max-Age": "600"}),
        notes="OPTIONS is still sent before every fetch although Max-Age is set",
    )
    good = report(method="GET", headers={"X-Api": "1"}, preflight=(401, {}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        often = case.noted(*_OFTEN)
        if often:
            yield Weight(0.55, f"the notes say: {often}")
            if case.noted("max-age", "max age", "maxage") or case.preflight.headers.get(
                "access-control-max-age"
            ):
                yield Weight(0.6, "Access-Control-Max-Age is set")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.preflight_status is not None and case.preflight_status >= _ERRORS:
            yield Weight(-0.7, f"the preflight is answered {case.preflight_status}")
