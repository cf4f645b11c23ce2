"""CORS204: Access-Control-Allow-Origin names another origin than the page's, or none: it is not on the list."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.not_on_the_list import sign_of_a_list
from corsage.rules.reading import NULL_FIX, members, near_origins
from corsage.rules.report import report

_SAID: Final = (
    "hard-coded",
    "hardcoded",
    "another environment",
    "wrong origin",
    "different origin",
    "from staging",
    "origin not in",
    "not in the list",
    "not in allowed",
    "not whitelisted",
    "allow-list contains",
    "allowlist",
    "fixed origin",
    "only allows",
    "only accepts",
)


class AllowOriginMismatch(DiagnosisRule):
    """Allow origin mismatch."""

    code = "CORS204"
    name = "allow-origin-mismatch"
    root_cause = RootCause.ACAO_MISMATCH
    layer = "app"
    what = "The server has CORS headers for other origins than the page's: this one is not on its list."
    why = (
        "Access-Control-Allow-Origin names another origin, or is left out for those that are not on the list. "
        "The value is compared with the page's origin, byte for byte. A hard-coded one, or one of another"
        " environment, suits no other page."
    )
    fix = (
        "Add the page's exact origin (scheme, host, port) to the list that the server allows, and let it "
        "answer with the one that asked, with Vary: Origin."
    )
    verify = "Ask with the page's Origin header: the answer names just that origin."
    question = "Which origin does the header name, and where does that value come from?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#concept-cors-check",)
    bad = report(
        "The 'Access-Control-Allow-Origin' header has a value 'https://staging.example.com' that is not equal to the supplied origin.",
        origin="https://www.example.org",
    )
    good = report(
        origin="https://www.example.org",
        actual=(200, {"Access-Control-Allow-Origin": "https://www.example.org"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        value = case.allow_origin or ""
        if case.message(Cause.ALLOW_ORIGIN_MISMATCH, Cause.INVALID_ALLOW_ORIGIN):
            yield Weight(
                0.6, f"the header says {value or 'something else'}, the page is {case.origin or 'another'}"
            )
        elif (
            case.page is not None
            and "://" in value
            and value != case.page.serialized
            and len(members(value)) == 1
        ):
            yield Weight(0.6, f"the header says {value}, the page is {case.origin}")
        sign = sign_of_a_list(case)
        if sign:
            yield Weight(
                0.75,
                f"CORS runs here (the answer has {sign}), and {case.origin or 'this origin'} is not on its list",
            )
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.3, f"the notes say: {said}")
        listed = _configured_stranger(case)
        if listed and not value:
            yield Weight(0.6, f"the page is {case.origin}, and the notes say that {listed} is allowed")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        value = case.allow_origin or ""
        if case.page is not None and value.rstrip("/") == case.page.serialized != value:
            yield Weight(-0.7, "only a slash differs")
        elif near_origins(case.page, value):
            yield Weight(-0.4, f"only the {near_origins(case.page, value)} differs")
        if "caches" in case.traits or case.said("cdn"):
            yield Weight(-0.3, "a cache stands in front, which may have kept another page's answer")
        if len(members(value)) > 1:
            yield Weight(-0.8, "there is more than one value")

    def fix_of(self, case: Case) -> str:
        """Return what to do; a page whose origin is null gets one first."""
        return NULL_FIX if case.origin.startswith("null") else self.fix

    def layer_of(self, case: Case) -> str:
        """Return who writes the header."""
        return responsible(case)


def _configured_stranger(case: Case) -> str | None:
    """Return an origin that the notes say is allowed, and that has nothing to do with the page's."""
    if case.page is None or not case.noted(
        "allow", "accepts", "whitelist", "origins", "configured", "cors_", "permits"
    ):
        return None
    words = (word.strip("'\"[](),;=.`") for word in case.evidence.notes.lower().split())
    origins = [word.rstrip("/") for word in words if word.startswith(("http://", "https://"))]
    if not origins or any(each == case.page.serialized or near_origins(case.page, each) for each in origins):
        return None
    return origins[0]
