"""CORS234: The browser blocks third-party cookies, whatever their attributes say."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_STRICT: Final = (
    "safari",
    "brave",
    "incognito",
    "private window",
    "private browsing",
    "itp",
    "tracking prevention",
    "strict mode",
    "iphone",
    "ios",
)
_ABOUT: Final = (
    "cookie",
    "session",
    "login",
    "sign-in",
    "signin",
    "signed in",
    "logged",
    "auth",
)


class ThirdPartyCookie(DiagnosisRule):
    """Third party cookie."""

    code = "CORS234"
    name = "third-party-cookie"
    root_cause = RootCause.THIRD_PARTY_COOKIE
    layer = "app-cookies"
    what = "The browser blocks third-party cookies, whatever their attributes say."
    why = (
        "Safari, Brave and Firefox keep cookies of other sites from being sent or share them with nobody;"
        " Chrome does so in private windows and for some users. No header changes that."
    )
    fix = (
        "Serve the API below the page's own site (api.example.com beside app.example.com, or a path that "
        "a proxy hands on); or use tokens instead of cookies; for frames CHIPS (Partitioned) or the "
        "Storage Access API."
    )
    verify = "The session holds in Safari and in a private window."
    question = "Does it fail only in Safari, Brave, Firefox's strict mode or private windows?"
    sources = (
        "https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies",
        "https://webkit.org/tracking-prevention/",
    )
    bad = report(
        credentials="include",
        notes="Safari and Brave lose the session, Chrome is fine; cookie is SameSite=None; Secure",
    )
    good = report(
        credentials="include",
        actual=(200, {"Set-Cookie": "sid=1; SameSite=Lax"}),
        notes="all browsers lose the session",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        strict = case.said(*_STRICT)
        about = case.said(*_ABOUT) or case.with_credentials
        if case.said(
            "third-party cookie",
            "third party cookie",
            "3rd party cookie",
            "cross-site tracking",
            "block third-party",
        ):
            yield Weight(0.9, "the notes speak of third-party cookies")
        elif strict and about and not case.says:
            yield Weight(0.65, f"a session is lost where third-party cookies are blocked: {strict}")
        cookie = case.said("samesite=none", "samesite none", "same-site none")
        if cookie and strict:
            yield Weight(0.55, "the cookie has the right attributes already")
        if case.said("iframe", "embedded", "widget") and about:
            yield Weight(0.35, "the page is embedded in another site's")
        if case.message(Symptom.COOKIE_BLOCKED):
            yield Weight(0.4, "the browser says that it blocked a cookie")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(
            Cause.MISSING_ALLOW_ORIGIN,
            Cause.WILDCARD_WITH_CREDENTIALS,
            Cause.INVALID_ALLOW_CREDENTIALS,
            Symptom.DID_NOT_SUCCEED,
        ):
            yield Weight(-0.7, "the browser refuses over something else first")
