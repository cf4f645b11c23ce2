"""CORS201: allow origin missing."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.model.url import parse_url
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.not_on_the_list import sign_of_a_list
from corsage.rules.reading import NULL_FIX
from corsage.rules.report import report

_STATIC: Final = frozenset(
    {"font", "css stylesheet", "stylesheet", "image", "img", "video", "audio", "script", "text track"}
)
_ERRORS: Final = 400

_SAID: Final = (
    "http.server",
    "feature request",
    ("feature", "browser"),
    "today it is impossible",
    "let a browser",
    "allow a browser",
    ("from a browser", "impossible"),
    "has no cors configuration",
    "no cors configuration",
    ("only", "fail", "load"),
    ".glb",
    ".hdr",
    ".wasm",
    ".woff",
    ".ttf",
    (".json", ".csv"),
    "data.csv",
    ("mime", "htaccess"),
    "filesmatch",
    "from same folder load",
    "cors support",
    "support for cors",
    ("no option", "cors"),
    "cannot be called from",
    "not callable from",
    ("web client", "impossible"),
    ("headers", "not sent"),
    ("headers", "are not"),
    "no headers",
    ("does not return", "access-control"),
    ("not return", "access-control"),
    "never returns",
    "does not set",
    "no cors middleware",
    "no cors support",
    "does not support cors",
    "cors is not enabled",
    "cors not enabled",
    "not enabled",
    "cors disabled",
    "disabled by default",
    "add cors support",
    "enable cors",
    "without the header",
    "no allow-origin",
    ("static", "no header"),
    ("public api", "no"),
    "third-party api",
    "third party api",
    ("fonts", "location"),
    ("expires", "location"),
    "location ~",
    "serves files",
    "file server",
    "static server",
    "add_header",
    "no cors header",
    "does not send",
    "never sends",
    "no access-control",
    "without cors",
    "missing header",
    "only woff",
    "not configured",
    "no cors config",
    "header is missing",
    "lacks",
)


_WORKS_ELSEWHERE: Final = (
    "works in postman",
    "works with postman",
    "works fine in postman",
    "works in insomnia",
    "works with insomnia",
    "works in curl",
    "works with curl",
    "works fine with curl",
)


class AllowOriginMissing(DiagnosisRule):
    """Allow origin missing."""

    code = "CORS201"
    name = "allow-origin-missing"
    root_cause = RootCause.ACAO_MISSING
    layer = "app"
    what = (
        "A response of the right server has no Access-Control-Allow-Origin: nothing there is configured "
        "for this resource."
    )
    why = (
        "Without the header the browser hides the response from the page. That is the rule for every "
        "response to another origin: the header is how a server says who may read."
    )
    fix = (
        "Let the server that answers this URL send Access-Control-Allow-Origin with the page's origin, on"
        " errors too, and Vary: Origin. Check that the configuration covers this path and this type of "
        "file."
    )
    verify = "Ask the URL again with the page's Origin header: the answer names that origin once."
    answered_by = "actual"
    question = "What status has the response in the network panel, and which Server header?"
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#concept-cors-check",)
    bad = report(
        "Access to fetch at 'https://api.example.com/data' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        actual=(200, {"Content-Type": "application/json"}),
    )
    good = report(
        origin="https://app.example.com",
        url="https://api.example.com/data",
        actual=(200, {"Access-Control-Allow-Origin": "https://app.example.com"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        known = case.actual.whole and case.status in range(200, 300)
        if known and case.actual.headers.get("access-control-allow-origin") is None:
            yield Weight(0.5, f"the server answered {case.status}, and all of its headers are known")
        elsewhere = case.noted(*_WORKS_ELSEWHERE)
        if elsewhere and not case.says and case.status is None and case.preflight_status is None:
            yield Weight(0.3, f"it {elsewhere}, and only browsers ask for the header")
        if case.message(Cause.MISSING_ALLOW_ORIGIN):
            yield Weight(0.4, "the browser found no Access-Control-Allow-Origin")
            if case.element in _STATIC:
                yield Weight(
                    0.45, f"a {case.element} is a file that the web server, not the application, sends"
                )
        elif case.actual.whole and "access-control-allow-origin" not in case.actual.headers.names():
            yield Weight(0.5, "the response has no Access-Control-Allow-Origin")
        if case.status in range(200, 300) and not case.allow_origin and _is_complaint(case):
            yield Weight(
                0.3, f"the status is {case.status}: the server answered as it should, but for the header"
            )
        said = case.noted(*_SAID)
        if said and not case.message(Cause.MULTIPLE_ALLOW_ORIGIN, Cause.ALLOW_ORIGIN_MISMATCH):
            yield Weight(0.4, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.status is not None and case.status >= _ERRORS:
            yield Weight(-0.6, f"the status is {case.status}: an error comes first")
        if case.origin.startswith("null"):
            yield Weight(-0.3, "the page has no origin that a server should allow")
        if _is_led_away(case):
            yield Weight(
                -0.6, "it was redirected: the server that was asked is not the one that sends no header"
            )
        sign = sign_of_a_list(case)
        if sign:
            yield Weight(-0.6, f"CORS runs here, but not for this origin: the answer has {sign}")
        if case.allow_origin:
            yield Weight(-0.9, "there is an Access-Control-Allow-Origin")

    def fix_of(self, case: Case) -> str:
        """Return what to do; a page whose origin is null gets one first."""
        return NULL_FIX if case.origin.startswith("null") else self.fix

    def layer_of(self, case: Case) -> str:
        """Return who sends the file."""
        if case.element in _STATIC:
            return case.layer_among("proxy", "cdn", "storage", otherwise="app")
        return responsible(case)


def _is_complaint(case: Case) -> bool:
    """Tell whether anything but lines of a log is known: those of successes alone complain of nothing."""
    evidence = case.evidence
    return bool(evidence.actual or evidence.notes.strip() or case.says - {Symptom.SERVER_STATUS})


def _is_led_away(case: Case) -> bool:
    """Tell whether a redirect led from an answer with the header, or to another host, to one without."""
    hops = case.evidence.hops
    if hops and hops[0].headers.get("access-control-allow-origin") is not None:
        return True
    redirected = next((each for each in case.evidence.messages if each.first_url and each.url), None)
    first, last = (parse_url(redirected.first_url), parse_url(redirected.url)) if redirected else (None, None)
    return first is not None and last is not None and first.host != last.host
