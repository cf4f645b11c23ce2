"""CORS222: Access-Control-Allow-Headers is *, and that does not cover this request."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.header_lists import allows_by_star, star_leaves_out
from corsage.rules.layers import responsible
from corsage.rules.report import report

_SAID: Final = (
    ("allow_headers", "'*'"),
    ("allow-headers", "*"),
    ("allowed_headers", "*"),
    ("allowheaders", "*"),
    ("allowedheaders", "*"),
    ("allow-headers", "wildcard"),
    ("headers", "wildcard"),
    ("cors_allow_headers", "*"),
)


class AllowHeadersWildcard(DiagnosisRule):
    """Allow headers wildcard."""

    code = "CORS222"
    name = "allow-headers-wildcard"
    root_cause = RootCause.ACAH_WILDCARD_NOT_COVERING
    layer = "app"
    what = "Access-Control-Allow-Headers is *, and that does not cover this request."
    why = (
        "With credentials * is a header of that name. Without, the standard never lets it cover "
        "Authorization; Safari and older browsers take it at its word, and some servers compare it as "
        "text."
    )
    fix = "List the headers by name, Authorization among them, instead of *."
    verify = "The answer to OPTIONS lists every header that the page sets, in all browsers."
    snippet = True
    sources = (
        "https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",
        "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Allow-Headers",
    )
    bad = report(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/. (Reason: header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).",
        headers={"Authorization": "Bearer x"},
        preflight=(204, {"Access-Control-Allow-Headers": "*"}),
    )
    good = report(headers={"X-Api": "1"}, preflight=(204, {"Access-Control-Allow-Headers": "X-Other"}))

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        wild = allows_by_star(case)
        message = case.message(Cause.HEADER_DISALLOWED, Symptom.WILDCARD_AUTHORIZATION)
        if case.message(Symptom.WILDCARD_AUTHORIZATION):
            yield Weight(0.9, "the browser warns that the wildcard does not cover Authorization")
        elif star_leaves_out(case):
            yield Weight(0.9, "the list is *, which never covers Authorization")
        elif wild and message:
            yield Weight(0.85, f"the list is *, and {message.parameter or 'a header'} is refused")
        elif wild and case.with_credentials:
            yield Weight(0.7, "the list is *, and the request has credentials")
        elif wild:
            yield Weight(0.4, "the list is *")
        said = case.noted(*_SAID)
        if said and (
            message or case.headers.names() or case.said("safari", "firefox", "authorization", "credentials")
        ):
            yield Weight(0.55, f"the notes say: {said}")
        if wild and case.noted(
            ("works in chrom", "fails"),
            "works in chrom",
            ("safari", "fails"),
            "not in firefox",
            "not in safari",
        ):
            yield Weight(0.5, "one browser takes the wildcard, another does not")

    def layer_of(self, case: Case) -> str:
        """Return who writes the list."""
        return responsible(case)
