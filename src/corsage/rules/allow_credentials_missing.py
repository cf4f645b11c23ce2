"""CORS232: The request carries credentials, and Access-Control-Allow-Credentials: true is missing or misspelt."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import AFTER_LOGIN
from corsage.rules.report import report

_SAID: Final = (
    ("works", "without credentials"),
    ("credentials", "removed"),
    ("supports_credentials", "false"),
    ("withcredentials", "fails"),
    ("allow-credentials", "missing"),
    ("allow-credentials", "only"),
    ("allow_credentials", "false"),
    "supportscredentials",
    "access-control-allow-credentials",
    "allowcredentials",
    ("works", "credentials", "omit"),
    ("credentials: 'include'", "removed"),
    "supports_credentials",
)

_QUOTED: Final = (
    "cors(",
    "origin:",
    "origins=",
    "CrossOrigin",
    "allow_origins",
    "cors-allow",
    "WithOrigins",
    "allowedOrigins",
)
_ALLOWED: Final = (
    "credentials: true",
    "credentials true",
    "allow_credentials=true",
    "allow_credentials true",
    "supports_credentials=true",
    "allowcredentials()",
    "allowcredentials = true",
    "allowcredentials true",
    "allow_credentials enabled",
    "supportscredentials",
    "origin: *",
    "origins *",
    "allow-credentials: true",
)


class AllowCredentialsMissing(DiagnosisRule):
    """Allow credentials missing."""

    code = "CORS232"
    name = "allow-credentials-missing"
    root_cause = RootCause.ACAC_MISSING
    layer = "app"
    what = (
        "The request carries credentials, and Access-Control-Allow-Credentials: true is missing or misspelt."
    )
    why = (
        "With credentials a response is readable only if it says true, in small letters. It must stand on"
        " the answer to the preflight and on the response."
    )
    fix = (
        "Allow credentials in the server's CORS configuration, with the exact origin (never * and never "
        "every origin); or leave credentials out of the request."
    )
    verify = "Both answers have Access-Control-Allow-Credentials: true beside the page's origin."
    question = "Has the response Access-Control-Allow-Credentials: true, and the answer to OPTIONS, too?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",)
    bad = report(
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
        credentials="include",
    )
    good = report(
        credentials="omit",
        actual=(200, {"Access-Control-Allow-Origin": "https://app.example.com"}),
        origin="https://app.example.com",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        quoted = any(mark in case.evidence.notes for mark in _QUOTED)
        if case.with_credentials and quoted and not case.noted(*_ALLOWED) and not case.says:
            yield Weight(
                0.7, "credentials are sent, and the configuration that is quoted does not allow them"
            )
        if case.message(Cause.INVALID_ALLOW_CREDENTIALS):
            yield Weight(0.92, "the browser says so: Access-Control-Allow-Credentials is not true")
        value = case.header("access-control-allow-credentials")
        known = case.actual.whole or case.preflight.whole
        if (
            case.with_credentials
            and value != "true"
            and case.allow_origin not in (None, "*")
            and (known or value is not None)
        ):
            yield Weight(0.8, "credentials are sent, and the response does not allow them")
        if (
            case.preflight.headers.get("access-control-allow-credentials") == "true"
            and case.with_credentials
            and value is not None
            and case.actual.headers.get("access-control-allow-credentials") is None
            and case.evidence.actual is not None
        ):
            yield Weight(0.7, "the preflight's answer allows credentials, the response does not")
        after = case.noted(*AFTER_LOGIN)
        if after:
            yield Weight(0.35, f"it fails {after}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.55, f"the notes say: {said}")
        if (
            case.with_credentials
            and case.silent
            and case.evidence.actual is not None
            and case.status is None
            and not case.actual.headers.get("set-cookie")
        ):
            yield Weight(0.4, "credentials are sent, and the response cannot be read")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(Cause.WILDCARD_WITH_CREDENTIALS) or case.allow_origin == "*":
            yield Weight(-0.7, "the wildcard is refused first")
        if case.message(Cause.MISSING_ALLOW_ORIGIN):
            yield Weight(-0.6, "the origin is refused first")

    def layer_of(self, case: Case) -> str:
        """Return who sends the header."""
        return responsible(case)
