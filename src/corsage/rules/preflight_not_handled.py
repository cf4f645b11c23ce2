"""CORS403: preflight not handled."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.not_on_the_list import sign_of_a_list
from corsage.rules.report import report

_NOT_IMPLEMENTED: Final = 501
_CRASHED: Final = 500
_ODD: Final = frozenset({400, 406, 411, 415, 422})

_SAID: Final = (
    ("only", "post", "handler"),
    "!== 'post'",
    ("export", "post"),
    "do_post",
    "do_get",
    ("options", "nonetype"),
    ("options", "null"),
    "every options",
    ("missing", "options"),
    ("options", "missing"),
    ("options", "fails"),
    ("options", "no headers"),
    ("options", "without"),
    ("only safari", "options"),
    ("does not answer", "options"),
    ("options", "not answered"),
    ("options", "handler"),
    ("options", "exception"),
    ("options", "error"),
    ("no body", "options"),
    ("body", "options"),
    "reads the body",
    "json.parse",
    "request.json",
    ("options", "hangs"),
    ("options", "never"),
    ("options", "not handled"),
    ("handler", "options"),
    "no options",
    ("options", "crash"),
    "req.json",
    ("options", "empty body"),
    ("parses", "body"),
    ("options", "runs"),
    ("options", "throws"),
    ("options", "500"),
    ("only", "post", "response"),
    ("not", "implement", "options"),
    ("does not", "answer", "options"),
    "ignores options",
    ("options", "unhandled"),
    ("options", "timeout"),
    "only handles",
    ("preflight", "not answered"),
)


class PreflightNotHandled(DiagnosisRule):
    """Preflight not handled."""

    code = "CORS403"
    name = "preflight-not-handled"
    root_cause = RootCause.PREFLIGHT_NOT_HANDLED
    layer = "app"
    what = (
        "Nothing on the server answers OPTIONS as a preflight: the handler of the resource runs, or "
        "crashes on it."
    )
    why = (
        "A preflight has no body and no token. A handler that expects them fails, and without CORS "
        "headers in its answer the browser stops there."
    )
    fix = (
        "Answer OPTIONS before anything else: status 204 with Access-Control-Allow-Origin, -Allow-Methods"
        " and -Allow-Headers, and no body is read."
    )
    verify = (
        "curl -si -X OPTIONS -H 'Origin: https://your.page' -H 'Access-Control-Request-Method: POST' URL "
        "answers 204 with the headers."
    )
    answered_by = "preflight"
    question = "Which status and which headers has the answer to OPTIONS?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-fetch",)
    bad = report(
        "Access to fetch at 'https://x.functions.example.com/hello' from origin 'http://localhost:3000' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="POST",
        preflight=(500, {}),
        notes="handler calls req.json() unconditionally",
    )
    good = report(method="POST", preflight=(405, {"Allow": "POST"}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.preflight_status == _NOT_IMPLEMENTED or case.noted(
            ("501", "options"), ("unsupported method", "options")
        ):
            yield Weight(0.6, "the server has no OPTIONS at all")
        bare = case.preflight.headers.get("access-control-allow-origin") is None
        if (
            case.on_preflight
            and case.preflight_status in range(200, 300)
            and bare
            and case.message(Cause.MISSING_ALLOW_ORIGIN)
        ):
            yield Weight(0.65, "the preflight is answered as if it were a request like any other")
        yield from self._by_its_status(case)
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")
        if "headers-from-code" in case.traits and case.on_preflight:
            yield Weight(0.35, "here code must answer OPTIONS itself")

    def _by_its_status(self, case: Case) -> Iterator[Weight]:
        status = case.preflight_status
        if status is not None and status >= _CRASHED:
            yield Weight(0.65, f"the preflight is answered {status}: the handler ran into it")
        elif status in _ODD:
            yield Weight(0.55, f"the preflight is answered {status}, as if it were the request itself")
        elif case.on_preflight and case.message(Cause.MISSING_ALLOW_ORIGIN) and status is None:
            yield Weight(0.4, "the answer to the preflight has no CORS header")
            if not case.has_cors_headers:
                yield Weight(0.1, "and no other is known")
        elif (
            case.preflight.whole
            and status in range(200, 300)
            and not case.preflight.headers.get("access-control-allow-origin")
        ):
            yield Weight(0.65, "the preflight is answered, without a CORS header")
        elif case.on_preflight and case.silent and status is None:
            yield Weight(0.2, "the preflight fails")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        status = case.preflight_status
        if status in (401, 403, 404, 405, 429) or status in range(300, 400):
            yield Weight(-0.55, f"the preflight is answered {status}")
        sign = sign_of_a_list(case)
        if sign and status in (None, *range(200, 300)):
            yield Weight(
                -0.7, f"something answers preflights, but not for this origin: the answer has {sign}"
            )
        others = (case.probed(name) for name in ("preflight-plain", "preflight-method"))
        if any(each.headers.get("access-control-allow-origin") is not None for each in others):
            yield Weight(-0.8, "another preflight for the same URL is answered with CORS headers")

    def layer_of(self, case: Case) -> str:
        """Return who must answer."""
        return case.layer_among("app", "gateway", otherwise="app")
