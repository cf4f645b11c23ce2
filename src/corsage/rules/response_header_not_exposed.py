"""CORS225: response header not exposed."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.report import report

_SAID: Final = (
    "response object",
    ("header", "absent"),
    "header sent by",
    ("not visible", "javascript"),
    ("not visible", "js"),
    ("cannot read", "header"),
    ("can't read", "header"),
    ("unable to read", "header"),
    ("access", "response header"),
    "headers object",
    "headers is empty",
    ("headers", "empty object"),
    "res.headers",
    "response.headers",
    "only content-type",
    "only cache-control",
    ("only shows", "content-type"),
    "x-total-count",
    ("pagination", "header"),
    "total count",
    "link header",
    ("location header", "null"),
    ("authorization header", "response"),
    ("token", "response header"),
    ("filename", "undefined"),
    ("filename", "header"),
    "x-pagination",
    "x-request-id",
    "rate limit headers",
    "retry-after",
    "tus",
    "upload-offset",
    "docker-content-digest",
    "content-range",
    "grpc-status",
    "grpc-web",
    "expose",
    "exposed",
    "getresponseheader",
    "headers.get",
    ("read", "header"),
    ("header", "null"),
    ("header", "undefined"),
    ("header", "visible"),
    ("header", "invisible"),
    ("cannot", "see", "header"),
    ("response header", "missing"),
    ("fewer", "headers"),
    ("not", "accessible", "header"),
    ("etag", "null"),
    ("etag", "undefined"),
    "content-disposition",
    "missing etag",
    ("etag", "read"),
    ("session id", "header"),
    ("mcp-session-id", "missing"),
    ("header", "not available"),
    ("devtools", "header"),
    ("dev tools", "header"),
)


class ResponseHeaderNotExposed(DiagnosisRule):
    """Response header not exposed."""

    code = "CORS225"
    name = "response-header-not-exposed"
    root_cause = RootCause.EXPOSE_HEADERS_MISSING
    layer = "app"
    what = (
        "The response has the header, the page cannot read it: Access-Control-Expose-Headers does not "
        "name it."
    )
    why = (
        "Across origins scripts see Cache-Control, Content-Language, Content-Length, Content-Type, "
        "Expires, Last-Modified and Pragma. DevTools show all of them, which misleads."
    )
    fix = (
        "Send Access-Control-Expose-Headers with the header's name on the actual response, not only on "
        "the preflight. With credentials * names nothing, and Set-Cookie can never be read."
    )
    verify = "response.headers.get('name') gives the value in the page."
    question = "Which header does the page read, and is it in the network panel?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name",)
    bad = report(
        method="GET",
        actual=(200, {"Access-Control-Allow-Origin": "*"}),
        notes="x-total-count is visible in dev tools, but response.headers.get gives null",
    )
    good = report('Refused to set unsafe header "Origin"', method="GET")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Symptom.UNEXPOSED_RESPONSE_HEADER):
            yield Weight(0.92, "the browser refuses to read the header")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.75, f"the notes say: {said}")
        if case.header("access-control-expose-headers") is not None and not case.says:
            yield Weight(0.4, "Access-Control-Expose-Headers plays a part")
        if case.noted("progress", "content-length") and case.noted("download", "total"):
            yield Weight(0.2, "a length is wanted")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted("disable cache", "hard refresh", "cached", "vary", "purge"):
            yield Weight(-0.6, "the notes speak of a cache")
        if case.message(
            Cause.MISSING_ALLOW_ORIGIN,
            Cause.HEADER_DISALLOWED,
            Cause.METHOD_DISALLOWED,
            Cause.PREFLIGHT_INVALID_STATUS,
        ):
            yield Weight(-0.7, "the response cannot be read at all")

    def layer_of(self, case: Case) -> str:
        """Return who sends the header."""
        return responsible(case)
