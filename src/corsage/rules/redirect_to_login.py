"""CORS422: The request is not logged in, and is redirected to a login page of another origin."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import AFTER_LOGIN, is_login
from corsage.rules.report import report

_OK: Final = 200
_REDIRECTS: Final = range(300, 400)
_OF_SCRIPTS: Final = (
    "/token",
    "/userinfo",
    "/certs",
    "/.well-known",
    "/api/login",
    "/api/auth",
    "/introspect",
)

_SAID: Final = (
    "identity server",
    "identityserver",
    "authorize attribute",
    "signout",
    "user is expired",
    "challenge",
    "okta",
    "azure ad",
    "entra",
    "auth0 login",
    "keycloak login",
    "authn",
    "not signed in",
    "signed out",
    ("302", "login"),
    ("redirect", "auth"),
    ("redirected", "auth"),
    ("redirect", "sign"),
    ("token expired", "redirect"),
    ("session", "redirect"),
    "idle",
    "overnight",
    "next morning",
    "leave the tab",
    "tab open",
    "reload fixes",
    "works after reload",
    "works after logging in",
    ("after logging in", "works"),
    "login form",
    "login html",
    "html of the login",
    "authelia",
    "oauth",
    "accounts.google",
    "microsoftonline",
    "shibboleth",
    "cas ",
    "adfs",
    "forms authentication",
    "cookie auth",
    "iap",
    "zero trust",
    "login page",
    "redirects to login",
    "redirected to login",
    "session expire",
    "session cookie expires",
    "after some hours",
    "after a while",
    "after logout",
    "not logged in",
    "sign_in",
    "signin page",
    "sign-in page",
    "sso",
    "idp",
    "302 to",
    "logged out",
    "saml",
    "until i log in",
    "after some time",
    "expired session",
    "to the login",
)


class RedirectToLogin(DiagnosisRule):
    """Redirect to login."""

    code = "CORS422"
    name = "redirect-to-login"
    root_cause = RootCause.REDIRECT_TO_LOGIN
    layer = "app-auth"
    what = "The request is not logged in, and is redirected to a login page of another origin."
    why = (
        "A login page is for people, not for scripts: it has no CORS headers and cannot be shown in an "
        "answer. The CORS error is the disguise of a missing or ended session."
    )
    fix = (
        "Let the API answer 401 to requests of scripts (Accept: application/json, X-Requested-With or a "
        "path for APIs) instead of redirecting; in the page, take 401 as the sign to navigate to the "
        "login (window.location), and send the session with credentials: 'include' or a token."
    )
    verify = "Without a session the API answers 401 with CORS headers; with one it answers 200."
    question = "Does it work again after logging in anew in the same browser?"
    hides = frozenset({RootCause.REDIRECT_WITHOUT_CORS})
    sources = ("https://fetch.spec.whatwg.org/#concept-http-redirect-fetch",)
    bad = report(
        "Access to fetch at 'https://login.example.com/oauth2/authorize?client_id=1' (redirected from 'https://api.example.com/me') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="GET",
        credentials="include",
    )
    good = report(
        "Access to fetch at 'https://api.example.com/items/' (redirected from 'https://api.example.com/items') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="GET",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(
            ("lands on", "sso"),
            ("lands on", "login"),
            ("lands on", "okta"),
            ("names login",),
            ("after 8 hours",),
            ("after", "hours"),
            ("fails after", "reload"),
            ("page open", "refresh"),
            ("open for a while",),
        ):
            yield Weight(0.55, "it ends at a login, or after some hours")
        location = case.actual.headers.get("location") or ""
        ended = next(
            (each.url for each in case.evidence.messages if each.first_url and is_login(each.url)), ""
        )
        if is_login(location) or ended:
            yield Weight(0.85, f"it was redirected to a login: {(location or ended)[:80]}")
        elif case.message(Cause.MISSING_ALLOW_ORIGIN) and is_login(case.url) and not _is_api(case.url):
            yield Weight(0.55, f"the URL is one to log in: {case.url[:80]}")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")
        elif after := case.noted(*AFTER_LOGIN):
            yield Weight(0.45, f"it fails {after}")
        if case.status in _REDIRECTS and (said or case.with_credentials):
            yield Weight(0.3, f"the response is a redirect, {case.status}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.element == "manifest" or case.noted("manifest"):
            yield Weight(-0.7, "it is a manifest, which is fetched without cookies")
        if case.preflight_status in (401, 403):
            yield Weight(-0.7, "it is the preflight that is refused")
        if case.preflight_status in _REDIRECTS:
            yield Weight(-0.4, "it is the preflight that is redirected")
        if case.status is not None and case.status not in _REDIRECTS and case.status != _OK:
            yield Weight(-0.5, f"the status is {case.status}")

    def layer_of(self, case: Case) -> str:
        """Return who redirects."""
        proxied = case.said(
            "authelia",
            "oauth2-proxy",
            "oauth2 proxy",
            "pomerium",
            "cloudflare access",
            "authentik",
            "forwardauth",
            "traefik",
            "ingress",
            "auth proxy",
            "iap",
            "sso proxy",
            "zero trust",
            "vouch",
        )
        if any("/.auth/" in url or "%2f.auth" in url for url in case.urls):
            return "platform"
        return "proxy-auth" if proxied else "app-auth"


def _is_api(url: str) -> bool:
    return any(part in url.lower() for part in _OF_SCRIPTS)
