"""CORS421: A redirect on the way lacks the CORS headers, or makes the origin null."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_login
from corsage.rules.report import report

_REDIRECTS: Final = range(300, 400)
_ODD_REDIRECTS: Final = (
    Cause.REDIRECT_CONTAINS_CREDENTIALS,
    Cause.TOO_MANY_REDIRECTS,
    Cause.INVALID_REDIRECT,
    Cause.UNSAFE_REDIRECT,
    Cause.EMBEDDED_CREDENTIALS,
    Cause.REDIRECT_MODE_ERROR,
    Cause.REDIRECT_STREAM_BODY,
)
_OF_PREFLIGHT: Final = frozenset({Cause.PREFLIGHT_DISALLOWED_REDIRECT, Cause.MIXED_CONTENT})

_SAID: Final = (
    "append_slash",
    "trailing slash",
    "redirect",
    "302",
    "301",
    "307",
    "308",
    "strict_slashes",
    "moving to another domain",
    "moved to another",
    "domain changed",
)


class RedirectWithoutHeaders(DiagnosisRule):
    """Redirect without headers."""

    code = "CORS421"
    name = "redirect-without-headers"
    root_cause = RootCause.REDIRECT_WITHOUT_CORS
    layer = "client-url"
    what = "A redirect on the way lacks the CORS headers, or makes the origin null."
    why = (
        "Every response of a cross-origin chain must allow the origin, the redirect too. A redirect from "
        "one foreign origin to another replaces the page's origin by null, which nobody should allow."
    )
    fix = (
        "Ask for the final URL directly: with or without the slash, https, the host after the redirect. "
        "Or let the redirect carry the headers: put CORS above what makes it (Django: above "
        "CommonMiddleware)."
    )
    verify = "The network panel shows one request, answered 200, without a redirect."
    question = "Where does the redirect lead: to the same host, or to another?"
    sources = ("https://fetch.spec.whatwg.org/#concept-http-redirect-fetch",)
    bad = report(
        "Redirect from 'http://api.example.com/items' to 'http://api.example.com/items/' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="GET",
        actual=(301, {"Location": "http://api.example.com/items/"}),
        stack=["django"],
    )
    good = report(
        method="GET",
        url="https://api.example.com/items",
        actual=(302, {"Location": "https://login.example.com/authorize"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        odd = case.message(*_ODD_REDIRECTS)
        if odd:
            yield Weight(0.85, f"the redirect itself is refused: {odd.says}")
        if case.noted("no trailing slash", "without trailing slash", "without the slash", "without a slash"):
            yield Weight(0.55, "the URL lacks a slash that the server adds by a redirect")
        if case.noted(
            ("https", "not on the http"), ("http", "https resource"), ("http", "redirects to https")
        ):
            yield Weight(0.55, "http is redirected to https")
        redirected = next(
            (each for each in case.evidence.messages if each.first_url and each.says not in _OF_PREFLIGHT),
            None,
        )
        if case.message(Symptom.REDIRECT_UNSPECIFIC):
            yield Weight(0.7, "the browser blocked a redirect")
        elif redirected:
            yield Weight(0.6, f"it was redirected from {redirected.first_url[:80]}")
        if case.status in _REDIRECTS:
            yield Weight(0.6, f"the response is a redirect, {case.status}")
        said = case.noted(*_SAID)
        if said and not case.on_preflight:
            yield Weight(0.45, f"the notes say: {said}")
        if case.noted(("route", "slash"), ("url", "slash"), ("blueprint", "slash")):
            yield Weight(0.4, "the route's slash makes a redirect")
        if case.origin.startswith("null") and (redirected or case.status in _REDIRECTS):
            yield Weight(0.4, "the origin became null on the way")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if _to_login(case):
            yield Weight(-0.65, "the redirect leads to a login")
        if case.on_preflight and (
            case.message(Cause.PREFLIGHT_DISALLOWED_REDIRECT) or case.preflight_status in _REDIRECTS
        ):
            yield Weight(-0.8, "it is the preflight that was redirected")
        if case.message(Cause.MIXED_CONTENT) or _is_downgrade(case):
            yield Weight(-0.7, "the redirect leads from https to http")

    def layer_of(self, case: Case) -> str:
        """Return who should change."""
        return "client-url/app" if case.said("append_slash", "trailing slash") else "client-url"


def _to_login(case: Case) -> bool:
    """Tell whether what redirects sends people to a login."""
    location = case.actual.headers.get("location") or ""
    urls = [location, *(each.url for each in case.evidence.messages if each.first_url)]
    return (
        any(map(is_login, urls))
        or case.noted(
            "login", "sign in", "signin", "sso", "session expire", "not authenticated", "unauthenticated"
        )
        is not None
    )


def _is_downgrade(case: Case) -> bool:
    """Tell whether the redirect leads from https to http."""
    return case.url.startswith("https:") and (case.actual.headers.get("location") or "").startswith("http:")
