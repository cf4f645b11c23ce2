"""CORS412: gateway error without headers."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause, FailureKind
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import GATEWAY_STATUSES
from corsage.rules.report import report

_FIRST_ERROR: Final = 400
_UNAUTHORIZED: Final = 401
_OF_CODE: Final = frozenset({502, 503, 504})

_SAID: Final = (
    "after exactly",
    ("takes", "s"),
    "40 s",
    "30 s",
    "60 s",
    "29 s",
    "seconds",
    ("above", "mb"),
    ("over", "mb"),
    "mb ",
    "megabyte",
    "big file",
    "large upload",
    "large payload",
    "huge",
    "long running",
    "slow query",
    "slow report",
    "finished later",
    "completes later",
    "finishes on the server",
    "524",
    "520",
    "522",
    "431",
    "414",
    "header too large",
    "request entity",
    "body limit",
    "limit exceeded",
    "limitexceeded",
    "burst",
    "spike",
    "concurrent",
    ("deployment", "minutes"),
    "during deploy",
    "restarting",
    "wakes up",
    "cold",
    "dyno",
    "sleep",
    "pod",
    "oomkilled",
    "x-amzn-errortype",
    "invalid x-api-key",
    "invalid api key",
    "usage plan",
    "missing api key",
    "413",
    ("uploads", "mb"),
    ("file", "mb"),
    ("upload", "limit"),
    "429",
    "502",
    "503",
    "504",
    "too large",
    "large file",
    "file size",
    "body size",
    "client_max_body_size",
    "payload",
    "timeout",
    "timed out",
    "time out",
    "rate limit",
    "rate-limit",
    "too many requests",
    "requests per second",
    "quota",
    "throttl",
    "bad gateway",
    "service unavailable",
    "overloaded",
    "cold start",
    "under load",
    "gateway error",
    "waf",
    "upstream",
    "intermittent",
    "heroku",
    "application error",
    "h12",
    "above 1 mb",
    "bigger than",
    "larger than",
    "big upload",
    "long request",
    "after 30 seconds",
    "after 60 seconds",
    "29 seconds",
    "sleeping",
    "scaled",
    "memory limit",
)


class GatewayErrorWithoutHeaders(DiagnosisRule):
    """Gateway error without headers."""

    code = "CORS412"
    name = "gateway-error-without-headers"
    root_cause = RootCause.GATEWAY_ERROR_NO_CORS
    layer = "proxy"
    what = (
        "A proxy, gateway or platform answers with an error of its own (413, 429, 502, 503, 504) that has"
        " no CORS headers."
    )
    why = (
        "The application never saw the request, so its CORS headers are missing, and the browser calls it"
        " CORS. What is wrong is the size, the limit, the time or the upstream."
    )
    fix = (
        "Mend what the status says: raise the size limit (413), ask less often (429), start or speed up "
        "the application (502, 503, 504). Then let the proxy add CORS headers to its own errors: nginx "
        "add_header … always, API Gateway's gateway responses."
    )
    verify = "The same request passes; and an error of the proxy made on purpose can be read by the page."
    answered_by = "actual"
    question = "Which status has the response, and does a smaller or slower request pass?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#http-fetch",)
    bad = report(
        "Access to XMLHttpRequest at 'https://api.example.com/upload' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="POST",
        actual=(413, {"Server": "nginx"}),
        notes="only files above 1 MB",
        stack=["nginx", "express"],
    )
    good = report(method="POST", actual=(500, {}), stack=["express"])

    def is_cors_of(self, case: Case) -> bool:
        """Tell that it is not: what must be mended is the limit, the size or the upstream."""
        del case
        return False

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        status = case.status
        if status in GATEWAY_STATUSES:
            yield Weight(0.85, f"the status is {status}, which servers in front give")
            if (
                status in _OF_CODE
                and "headers-from-code" in case.traits
                and case.noted("throws", "exception", "returns", "handler")
            ):
                yield Weight(-0.4, "code behind an integration makes such answers, too")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5 if status is None else 0.3, f"the notes say: {said}")
        if status in (401, 403) and {"gateway", "platform"} & case.kinds and not case.on_preflight:
            yield Weight(0.45, f"something in front answers {status}")
        if case.noted("session cookie expires", "session expires", "expires") and status == _UNAUTHORIZED:
            yield Weight(0.5, "it begins when the session ends")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        status = case.status
        if status is not None and status < _FIRST_ERROR:
            yield Weight(-0.8, f"the status is {status}")
        if status in (400, 404, 422, 500):
            yield Weight(-0.5, f"{status} is usually the application's own")
        if case.on_preflight and case.preflight_status is not None:
            yield Weight(-0.6, "it is the preflight that fails")
        if (
            case.failed(FailureKind.TIMED_OUT, FailureKind.CONNECTION_REFUSED)
            or Symptom.DID_NOT_SUCCEED in case.says
        ):
            yield Weight(-0.5, "no response came at all")
        if case.message(Cause.OPAQUE_RESPONSE_BLOCKED):
            yield Weight(-0.8, "an element could not use the answer")

    def layer_of(self, case: Case) -> str:
        """Return whose error it is."""
        if case.status == _UNAUTHORIZED and case.said("oauth2-proxy", "oauth2 proxy", "authelia", "sso"):
            return "proxy-auth"
        if case.uses("heroku", "render", "railway"):
            return "app"
        if case.status == 429 and not case.uses("nginx"):  # noqa: PLR2004 - Too Many Requests
            return "proxy" if case.said("proxy") and "gateway" not in case.kinds else "gateway"
        return case.layer_among("proxy", "gateway", "platform", "cdn", otherwise="proxy")
