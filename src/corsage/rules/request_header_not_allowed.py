"""CORS221: The page sets a request header that Access-Control-Allow-Headers does not list."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.header_lists import allows_by_star
from corsage.rules.layers import responsible
from corsage.rules.reading import members
from corsage.rules.report import report

_USUAL: Final = frozenset(
    {
        "content-type",
        "accept",
        "authorization",
        "accept-language",
        "content-language",
        "origin",
        "referer",
        "user-agent",
    }
)
_SAFE: Final = frozenset(
    {
        "accept",
        "accept-language",
        "content-language",
        "content-type",
        "range",
        "origin",
        "referer",
        "user-agent",
        "cookie",
    }
)
_OF_LIBRARIES: Final = (
    "baggage",
    "sentry-",
    "traceparent",
    "tracestate",
    "x-datadog-",
    "newrelic",
    "x-firelogger",
    "x-b3-",
    "request-id",
    "x-instana",
    "elastic-apm",
    "uber-trace-id",
    "dnt",
    "pragma",
    "expires",
    "x-client-data",
)

_SAID: Final = (
    "collection of headers",
    ("header", "not allowed"),
    ("add", "to allowed headers"),
    "works without the header",
    ("removing the header", "works"),
    "custom header",
    ("allow-headers", "lacks"),
    "allowedheaders",
    "allow_headers",
    "not in access-control-allow-headers",
    "initialize succeeds",
    ("mcp inspector", "cannot"),
)


class RequestHeaderNotAllowed(DiagnosisRule):
    """Request header not allowed."""

    code = "CORS221"
    name = "request-header-not-allowed"
    root_cause = RootCause.HEADER_NOT_ALLOWED
    layer = "app"
    what = "The page sets a request header that Access-Control-Allow-Headers does not list."
    why = (
        "A page may set other headers than the safelisted ones if the answer to the preflight names them."
        " Case does not matter, spelling does."
    )
    fix = (
        "Add the header to the list of allowed request headers, on the answer to OPTIONS; or let the page"
        " leave it out, where a library adds it needlessly."
    )
    verify = (
        "Ask with OPTIONS and Access-Control-Request-Headers: the answer's Access-Control-Allow-Headers "
        "has the name."
    )
    question = "Which header does the message name, and who sets it: the page, a library, an extension?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-fetch",)
    bad = report(
        "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: Request header field x-api-key is not allowed by Access-Control-Allow-Headers in preflight response.",
        headers={"x-api-key": "1"},
    )
    good = report(
        "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
        method="PUT",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if (
            case.headers.names()
            and case.preflight_status in range(200, 300)
            and case.evidence.actual is None
            and not case.says
        ):
            yield Weight(
                0.5,
                "the preflight is answered, and the request is not sent: a header may be missing in the list",
            )
        if [name for name in case.headers.names() if name not in _USUAL] and case.noted(
            "since then", "added", "started sending", "new header", "yesterday"
        ):
            yield Weight(0.55, "a header was added, and since then it fails")
        plain = case.probed("preflight-plain").headers.get("access-control-allow-origin")
        if plain is not None and case.preflight.headers.get("access-control-allow-origin") is None:
            yield Weight(0.8, "a preflight that asks for no header is allowed, this one is not")
        message = case.message(
            Cause.HEADER_DISALLOWED, Cause.INVALID_ALLOW_HEADERS, Symptom.SERVER_REFUSED_HEADERS
        )
        if message:
            yield Weight(
                0.85, f"the browser misses {message.parameter or 'a header'} in Access-Control-Allow-Headers"
            )
        else:
            missing = _missing(case)
            if missing:
                yield Weight(0.75, f"the answer to the preflight does not list {missing}")
        yield from self._by_their_kind(case)
        said = case.noted(*_SAID)
        if said and (case.on_preflight or case.headers.names()):
            yield Weight(0.35, f"the notes say: {said}")
        unlisted = _unlisted(case)
        if unlisted:
            yield Weight(0.6, f"the page sets {unlisted}, which the list in the notes lacks")

    def _by_their_kind(self, case: Case) -> Iterator[Weight]:
        message = case.message(Cause.HEADER_DISALLOWED, Symptom.SERVER_REFUSED_HEADERS)
        tracing = _tracing(case)
        if tracing and not message:
            yield Weight(
                0.6, f"{tracing} is a header of a library or an extension, which servers rarely allow"
            )
        if not message and case.said(
            "datadog", "sentry", "newrelic", "opentelemetry", "baggage", "traceparent"
        ):
            yield Weight(0.3, "a tracing library adds headers of its own")
        custom = [name for name in case.headers.names() if name not in _USUAL]
        if custom and case.on_preflight and case.silent and case.preflight_status is None:
            yield Weight(0.5, f"the page sets {', '.join(custom[:3])}, and the preflight fails")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        message = case.message(
            Cause.HEADER_DISALLOWED, Cause.INVALID_ALLOW_HEADERS, Symptom.SERVER_REFUSED_HEADERS
        )
        if any(
            name.startswith("access-control-")
            for name in (*case.headers.names(), (message.parameter.lower() if message else ""))
        ):
            yield Weight(-0.75, "the header is one of CORS itself: it belongs to responses")
        if allows_by_star(case):
            yield Weight(-0.6, "the list is a wildcard")
        if "storage" in case.kinds and not case.noted("real s3 works", "emulator"):
            yield Weight(-0.4, "a bucket's own rule decides")
        if case.preflight_status is not None and case.preflight_status not in range(200, 300) and not message:
            yield Weight(-0.6, f"the preflight is answered {case.preflight_status}")

    def layer_of(self, case: Case) -> str:
        """Return who should change: who sends a header of a library's, who allows one of the page's."""
        if case.said("extension"):
            return "client-extension"
        if _tracing(case) or case.uses("sentry", "datadog"):
            return "client-sdk"
        if case.noted("my own server", "third-party", "third party", "not mine", "public api"):
            return "client"
        return responsible(case)


def _tracing(case: Case) -> str | None:
    """Return a header that a library or an extension adds, not the page."""
    message = case.message(Cause.HEADER_DISALLOWED)
    names = (*case.headers.names(), message.parameter.lower() if message else "")
    return next((name for name in names if name.startswith(_OF_LIBRARIES)), None)


def _missing(case: Case) -> str | None:
    """Return a header that the page sets and the answer to the preflight does not list."""
    listed = case.preflight.headers.get("access-control-allow-headers")
    if listed is None and not case.preflight.whole:
        return None
    known = {name.lower() for name in members(listed or "")}
    if "*" in known:
        return None
    return next((name for name in case.headers.names() if name not in _SAFE | known), None)


def _unlisted(case: Case) -> str | None:
    """Return a header of the page's that the notes do not name, though they quote the list."""
    if not case.noted(
        "allow-headers", "allow_headers", "allowedheaders", "allowed_headers", "allowed headers"
    ):
        return None
    if case.noted("allow-headers *", "allow_headers *", "allowedheaders *", "allow-headers: *"):
        return None
    return next(
        (
            name
            for name in case.headers.names()
            if name not in _SAFE - {"content-type"} and name not in case.remarks
        ),
        None,
    )
