"""CORS411: error without headers."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import GATEWAY_STATUSES
from corsage.rules.report import report

_FIRST_ERROR: Final = 400
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_ORDERED: Final = frozenset(
    {"last-added-outermost", "first-listed-outermost", "runs-in-order", "between-routing-and-auth"}
)
_CRASH: Final = 500
_CRASHES: Final = frozenset({500, 501, 400, 422})

_SAID: Final = (
    ("existing", "works"),
    ("wrong", "cors"),
    "non-existing",
    "nonexistent",
    ("does not exist", "cors"),
    ("invalid", "cors"),
    ("bad request", "cors"),
    ("unauthorized", "cors"),
    ("not found", "cors"),
    ("fails", "cors"),
    ("error", "cors error"),
    ("valid", "works", "invalid"),
    ("success", "error"),
    ("successful", "fail"),
    "only when it fails",
    "fine when",
    ("throws", "no header"),
    "500 error",
    "status 500",
    "returns 500",
    "500s",
    "400s",
    "error handler",
    "exception handler",
    "onerror",
    "error page",
    "crashes",
    "panics",
    "panic",
    ("undefined", "server log"),
    "syntaxerror",
    "keyerror",
    "attributeerror",
    "nullpointer",
    "nullreference",
    "sql",
    "migration",
    "missing table",
    "python error",
    "php error",
    ("backend log", "error"),
    ("server log", "error"),
    "logs show",
    "real error",
    "actual error",
    "hidden",
    "masks",
    "masked",
    "wrong password",
    "bad credentials",
    "invalid input",
    "422",
    "validation error",
    "when logged out",
    "internal server error",
    "exception",
    "stack trace",
    "traceback",
    "crash",
    ("only", "error"),
    ("when", "throws"),
    ("when", "error"),
    ("error", "response"),
    "only when status",
    "validation",
    "unhandled",
    "500",
    ("401", "no cors"),
    ("401", "without"),
    ("404", "no cors"),
    ("error", "no header"),
    ("errors", "unreadable"),
    "on errors",
    "has a bug",
    ("fails", "exception"),
    "null reference",
    "serializ",
    "db error",
    "database",
    ("not found", "header"),
    "typeerror",
    "missing env",
    "wrong credentials",
    "expired token",
)


class ErrorWithoutHeaders(DiagnosisRule):
    """Error without headers."""

    code = "CORS411"
    name = "error-without-headers"
    root_cause = RootCause.ERROR_RESPONSE_NO_CORS
    layer = "app"
    what = (
        "The application answers with an error that has no CORS headers, and the browser shows a CORS "
        "error in its place."
    )
    why = (
        "Error pages are often made outside of the middleware that adds the headers. The page cannot read"
        " such an answer, so the real fault, a 500 or a 401, hides behind CORS."
    )
    fix = (
        "First mend the error itself: read the server's log. Then let errors carry the headers, too: put "
        "CORS outside of the error handling (Starlette: wrap the application; nginx: add_header … "
        "always)."
    )
    verify = (
        "The same request is answered without an error; and an error made on purpose has "
        "Access-Control-Allow-Origin."
    )
    answered_by = "actual"
    question = (
        "Which status has the response in the network panel, and what does the server's log say at that "
        "moment?"
    )
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#http-fetch",)
    bad = report(
        "Access to fetch at 'https://api.example.com/items' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="GET",
        actual=(500, {}),
        notes="only when the view has a bug",
        stack=["django"],
    )
    good = report(method="GET", actual=(504, {"Server": "nginx"}), stack=["nginx"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(("error-handling middleware",), ("errors made by",)) and case.noted("no cors"):
            yield Weight(0.2, "errors are made outside of CORS")
        status = case.status
        if (
            status is not None
            and status in range(400, 600)
            and status not in GATEWAY_STATUSES
            and not case.allow_origin
        ):
            yield Weight(0.65, f"the response is an error, {status}, without CORS headers")
            if status in _CRASHES:
                yield Weight(0.3, f"{status} is the application's own fault")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.4 if status is None else 0.3, f"the notes say: {said}")
        if case.message(Symptom.SERVER_STATUS) and case.message(Cause.MISSING_ALLOW_ORIGIN):
            yield Weight(0.3, "the console also names a status")
        if "errors-lose-headers" in case.traits and status is not None and status >= _CRASH:
            yield Weight(0.3, "this stack's errors go without CORS headers")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        status = case.status
        if status in (_UNAUTHORIZED, _FORBIDDEN) and "gateway" not in case.kinds and case.traits & _ORDERED:
            yield Weight(
                -0.35, "in this stack the order of middleware decides what a refused login looks like"
            )
        if _tells_order(case):
            yield Weight(-0.45, "the notes tell an order of middleware")
        if case.noted("socket", "websocket") or case.mode == "websocket":
            yield Weight(-0.6, "it is a WebSocket")
        if status == _FORBIDDEN and (case.noted("origin") or "refuses-strangers" in case.traits):
            yield Weight(-0.4, "403 may be about the origin")
        if status == _UNAUTHORIZED and case.noted("cookie", "login succeeds", "session", "no cors error"):
            yield Weight(-0.5, "a session was lost")
        if case.evidence.actual is not None and status is not None and status < _FIRST_ERROR:
            yield Weight(-0.8, f"the status is {status}")

    def layer_of(self, case: Case) -> str:
        """Return whose error it is."""
        if case.status in (401, 403) and "gateway" in case.kinds:
            return "gateway"
        if "proxy" in case.kinds and "app" not in case.kinds:
            return "proxy"
        return "app"


def _tells_order(case: Case) -> bool:
    return (
        case.noted(
            "order",
            "before",
            "after",
            "below",
            "above",
            "follows",
            "usecors",
            "add_middleware",
            "registered",
            "'middleware' =>",
            "in that order",
        )
        is not None
    )
