"""CORS233: The cookie is not sent: SameSite or Secure keeps it from requests of another site."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import AFTER_LOGIN
from corsage.rules.report import report

_SAID: Final = (
    "chrome 80",
    ("login", "loops"),
    ("plain", "cookie"),
    "phpsessid",
    "jsessionid",
    "two domains",
    "asp.net_sessionid",
    "no samesite",
    ("log in", "each"),
    ("log in", "every"),
    ("login", "every"),
    "signed out",
    "different domains",
    ("different domain", "cookie"),
    ("not logged in", "after"),
    ("session", "undefined"),
    "req.session",
    ("session id", "changes"),
    "new sessionid",
    ("sessionid", "differs"),
    ("set-cookie", "ignored"),
    ("set-cookie", "not"),
    ("cookie", "rejected"),
    ("cookie", "blocked"),
    ("cookie", "dropped"),
    ("cookie", "does not appear"),
    ("cookies", "empty"),
    "no cookies",
    ("cookie", "absent"),
    ("cookie", "undefined"),
    ("csrf", "mismatch"),
    ("csrf", "missing"),
    ("csrf token", "cookie"),
    "419",
    ("unauthenticated", "after login"),
    "401 after login",
    "user is null",
    ("passport", "session"),
    ("req.user", "undefined"),
    ("works on localhost", "not"),
    "same domain works",
    ("deployed", "cookie"),
    ("http", "secure"),
    "samesite",
    "same-site",
    "same_site",
    ("session", "lost"),
    "new session",
    ("session", "each request"),
    ("cookie", "not sent"),
    ("cookie", "not set"),
    ("cookies", "not sent"),
    ("cookie", "missing"),
    "logged out",
    ("following", "401"),
    "login succeeds",
    ("session", "not persist"),
    ("cookie", "not stored"),
    "secure cookie",
    "no cookie",
    "csrf cookie",
    ("session", "null"),
    ("session", "empty"),
    "trust proxy",
    "lax",
    ("cookie", "ignored"),
)
_AGAINST: Final = (
    "samesite=none; secure",
    "samesite=none and secure",
    "only in safari",
    "safari only",
    "incognito",
    "brave",
    "third-party",
    "third party",
    "itp",
)


class CookieSameSite(DiagnosisRule):
    """Cookie same site."""

    code = "CORS233"
    name = "cookie-same-site"
    root_cause = RootCause.COOKIE_SAMESITE
    layer = "app-cookies"
    what = "The cookie is not sent: SameSite or Secure keeps it from requests of another site."
    why = (
        "Browsers take cookies without SameSite for Lax and keep them from cross-site requests. "
        "SameSite=None needs Secure, and Secure needs https. No error is shown: the session is just new "
        "each time."
    )
    fix = (
        "Set the session cookie with SameSite=None; Secure; HttpOnly, over https, and ask with "
        "credentials: 'include'. Better, serve page and API below one site (app.example.com and "
        "api.example.com): then Lax is enough. Behind a proxy that ends TLS, let the framework trust it."
    )
    verify = (
        "The request's Cookie header in the network panel has the cookie; the Issues panel has no "
        "complaint about it."
    )
    question = "Which attributes has the Set-Cookie header, and are page and API of one site?"
    sources = (
        "https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie",
        "https://datatracker.ietf.org/doc/draft-ietf-httpbis-rfc6265bis/",
    )
    bad = report(
        method="POST",
        credentials="include",
        url="https://api.other.example/login",
        actual=(200, {"Set-Cookie": "sid=1; HttpOnly"}),
        notes="a new session for each request",
    )
    good = report(
        method="POST",
        credentials="include",
        actual=(200, {"Set-Cookie": "sid=1; SameSite=None; Secure"}),
        notes="fails in Safari only",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        cookie = (case.actual.headers.get("set-cookie") or "").lower()
        weak = bool(cookie) and (
            "samesite=none" not in cookie or "secure" not in cookie or "no samesite=none" in cookie
        )
        if weak:
            yield Weight(0.75, f"the cookie is set without SameSite=None; Secure: {cookie[:80]}")
        if case.message(Symptom.COOKIE_BLOCKED):
            yield Weight(0.6, "the browser says that it blocked the cookie")
        after = case.noted(*AFTER_LOGIN)
        if after:
            yield Weight(0.35, f"it fails {after}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")
        if case.noted("no cors error", "without any error", "no error in the console"):
            yield Weight(0.4, "there is no CORS error")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(*_AGAINST) or case.uses("safari", "brave"):
            yield Weight(
                -0.6, "one browser alone, or with the right attributes: third-party cookies are blocked"
            )
        if case.message(
            Cause.MISSING_ALLOW_ORIGIN, Cause.WILDCARD_WITH_CREDENTIALS, Cause.INVALID_ALLOW_CREDENTIALS
        ):
            yield Weight(-0.6, "the browser refuses over CORS first")
