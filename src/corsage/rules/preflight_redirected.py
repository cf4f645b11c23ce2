"""CORS402: The preflight is answered with a redirect."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_login
from corsage.rules.report import report

_REDIRECTS: Final = range(300, 400)

_SAID: Final = (
    "http to https",
    "https redirect",
    "usehttpsredirection",
    "httpsredirection",
    "force ssl",
    "trailing slash",
    "double slash",
    "region",
    ("options", "redirect"),
    ("preflight", "redirect"),
    ("options", "301"),
    ("options", "302"),
    ("options", "307"),
    ("options", "308"),
    "err_invalid_redirect",
    "strict_slashes",
    "append_slash",
    "apex",
    "forwards to www",
    "too many hops",
    "hsts",
    "308",
)
_AGAINST: Final = (
    "sso",
    "authelia",
    "auth proxy",
    "oauth2-proxy",
    "forwardauth",
    "session expire",
    "portal",
)


class PreflightRedirected(DiagnosisRule):
    """Preflight redirected."""

    code = "CORS402"
    name = "preflight-redirected"
    root_cause = RootCause.PREFLIGHT_REDIRECT
    layer = "client-url"
    what = "The preflight is answered with a redirect."
    why = (
        "Browsers do not follow redirects of a preflight. Usual ones lead from http to https, add or take"
        " a slash, or name a bucket's region."
    )
    fix = (
        "Ask for the URL to which the redirect leads: https, with or without the slash, the host with the"
        " region; look for a doubled slash in the path. On the server, let OPTIONS be answered before the"
        " redirect."
    )
    verify = (
        "curl -si -X OPTIONS -H 'Origin: https://your.page' -H 'Access-Control-Request-Method: POST' URL "
        "answers 2xx, without Location."
    )
    question = "Where does the Location header of the answer to OPTIONS lead?"
    sources = ("https://fetch.spec.whatwg.org/#cors-preflight-fetch",)
    bad = report(
        "Access to fetch at 'http://api.example.com/items' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.",
        method="POST",
        url="http://api.example.com/items",
        preflight=(301, {"Location": "https://api.example.com/items"}),
    )
    good = report(
        method="POST",
        url="https://api.example.com/items",
        preflight=(302, {"Location": "https://login.example.com/authorize"}),
        notes="auth proxy in front",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.preflight.headers.get("location") and case.preflight_status is None:
            yield Weight(0.75, "the preflight is answered with a Location")
        if case.noted("// to /", "double slash", "two slashes", "begins with one"):
            yield Weight(0.5, "the path has a doubled slash, which the server mends by a redirect")
        message = case.message(Cause.PREFLIGHT_DISALLOWED_REDIRECT, Cause.PREFLIGHT_INVALID_REDIRECT)
        if message:
            yield Weight(0.75, "the browser was redirected where it may not be: the preflight")
        if case.preflight_status in _REDIRECTS:
            yield Weight(0.7, f"the preflight is answered {case.preflight_status}")
        said = case.noted(*_SAID)
        if said and (message or case.preflight_status in _REDIRECTS or case.noted("options", "preflight")):
            yield Weight(0.4, f"the notes say: {said}")
        if (
            case.noted("err_invalid_redirect", ("https port works",), ("https", "works"))
            and case.on_preflight
        ):
            yield Weight(0.6, "the https address works, the http one is redirected")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        message = case.message(Cause.PREFLIGHT_DISALLOWED_REDIRECT, Cause.PREFLIGHT_INVALID_REDIRECT)
        location = case.preflight.headers.get("location") or (
            message.url if message and message.first_url else ""
        )
        if is_login(location):
            yield Weight(-0.65, f"the redirect leads to a login: {location}")
        if case.said("only in brave", "extension", "only in browser"):
            yield Weight(-0.5, "one browser alone does so")
        if case.said(*_AGAINST):
            yield Weight(-0.5, "something sends people to a login")
