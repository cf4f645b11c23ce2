"""CORS408: The browser still uses an old answer to a preflight."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "max-age",
    "max age",
    "maxage",
    "preflight cache",
    "cached preflight",
    "preflight is cached",
    "cached options",
)
_ONE: Final = (
    "one developer only",
    "for one developer",
    "only one developer",
    "one user",
    "my machine only",
    "one colleague",
    "only on my machine",
    "incognito works",
    "works in incognito",
    "private window works",
    "works in private",
)
_HINTS: Final = (
    "changed",
    "still",
    "after",
    "old",
    "update",
    "deploy",
    "until",
    "expire",
)


class PreflightCacheStale(DiagnosisRule):
    """Preflight cache stale."""

    code = "CORS408"
    name = "preflight-cache-stale"
    root_cause = RootCause.STALE_PREFLIGHT_CACHE
    layer = "browser"
    what = "The browser still uses an old answer to a preflight."
    why = (
        "Access-Control-Max-Age lets a browser reuse an answer: Chromium for up to 2 hours, Firefox for "
        "up to 24, WebKit for 10 minutes. A policy that has changed is not asked for before."
    )
    fix = (
        "Wait for the time to pass, or clear the cache, or use a private window. Keep "
        "Access-Control-Max-Age small while the policy changes."
    )
    verify = "A private window sends the preflight anew, and the request passes."
    question = "Does the request pass in a private window?"
    sources = ("https://fetch.spec.whatwg.org/#concept-cache",)
    bad = report(
        method="PUT",
        notes="headers were changed on the server an hour ago; only one developer still fails, curl shows the new header; Access-Control-Max-Age 86400",
    )
    good = report(method="PUT", preflight=(405, {}), notes="fails for everybody")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        said = case.noted(*_SAID)
        if said and case.noted(*_HINTS):
            yield Weight(0.6, f"the notes speak of {said} and of a change")
        one = case.noted(*_ONE)
        if one and case.noted("change", "deploy", "update", "config"):
            yield Weight(0.6, f"the notes say: {one}, after a change")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(("every", "options"), ("before every",), ("still sent",)):
            yield Weight(-0.7, "preflights are sent: nothing is cached")
        if case.preflight_status is not None:
            yield Weight(-0.5, "a preflight was sent")
