"""CORS401: Authentication answers the preflight: OPTIONS is refused or sent to a login."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_app_scheme, is_login
from corsage.rules.report import report

_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_REDIRECTS: Final = range(300, 400)

_GUARDED: Final = (
    "auth0",
    "authrequired",
    "requires auth",
    "auth required",
    "must be logged in",
    "needs a token",
    "token required",
    "api key required",
    "api key",
    "apikey",
    "x-api-key",
    "subscription key",
    "oauth",
    "oidc",
    "openid",
    "saml",
    "identity",
    "ldap",
    "htpasswd",
    "digest auth",
    "requires login",
    "login required",
    "protected route",
    "protected endpoint",
    "verifytoken",
    "verify token",
    "checkauth",
    "requireauth",
    "authorize",
    "authguard",
    "authenticate",
    "tokenauthentication",
    "sessionauthentication",
    "authorization_code",
    "access policy",
    "zero trust",
    "vpn portal",
    "waf",
    "signature",
    "hmac",
    "signed request",
    "auth_request",
    "forwardauth",
    "forward auth",
    "authelia",
    "oauth2-proxy",
    "oauth2 proxy",
    "sso",
    "iam",
    "authorizer",
    "invoker",
    "basic auth",
    "jwt",
    "spring security",
    "keycloak adapter",
    "cognito",
    "cloudflare access",
    "pomerium",
    "[authorize]",
    "windows auth",
    "ntlm",
    "kerberos",
    "auth middleware",
    "authentication",
    "login_required",
    "isauthenticated",
    "bearer",
    "permission_classes",
    "devise",
    "passport",
    "guard",
    "before_request",
    "easyauth",
    "identity-aware",
    "allusers",
    "unauthenticated",
)
_SAID: Final = (
    ("options", "token"),
    ("options", "login"),
    ("options", "credentials"),
    ("options", "bearer"),
    ("options", "no authorization"),
    ("options", "without authorization"),
    ("options", "not authenticated"),
    ("options", "auth"),
    ("preflight", "auth"),
    ("preflight", "login"),
    ("preflight", "credentials"),
    ("absent", "preflight"),
    ("not sent", "preflight"),
    ("no authorization", "preflight"),
    ("401", "options"),
    "works without auth",
    ("auth disabled", "works"),
    "without authentication it works",
    "public endpoints work",
    ("unprotected", "works"),
    ("secured", "fails"),
    ("authenticated", "fails"),
    ("options", "401"),
    ("options", "403"),
    ("preflight", "401"),
    ("preflight", "403"),
    ("preflight", "unauthor"),
    ("options", "unauthor"),
    ("options", "authenticat"),
    ("preflight", "authenticat"),
    ("preflight", "token"),
    "skip_auth_preflight",
    "skip-auth-preflight",
    ("options", "forbidden"),
    "allow-unauthenticated",
    "invoker",
    "missing authentication token",
)


class PreflightNeedsLogin(DiagnosisRule):
    """Preflight needs login."""

    code = "CORS401"
    name = "preflight-needs-login"
    root_cause = RootCause.PREFLIGHT_AUTH_BLOCKED
    layer = "app"
    what = "Authentication answers the preflight: OPTIONS is refused or sent to a login."
    why = (
        "A preflight never carries cookies, tokens or client certificates; the browser asks first and "
        "logs in after. Whatever demands a login of OPTIONS refuses every page."
    )
    fix = (
        "Let OPTIONS requests pass the login check, or answer them before it: put CORS in front of "
        "authentication. The actual request is still checked."
    )
    verify = (
        "curl -si -X OPTIONS -H 'Origin: https://your.page' -H 'Access-Control-Request-Method: POST' URL "
        "answers 204 or 200 without any credentials."
    )
    answered_by = "preflight"
    question = "Which status and which Server header has the answer to OPTIONS without any credentials?"
    snippet = True
    sources = (
        "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
        "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
    )
    bad = report(
        method="GET",
        headers={"Authorization": "Bearer x"},
        origin="https://app.example.com",
        url="https://api.example.com/me",
        preflight=(401, {"WWW-Authenticate": "Bearer"}),
    )
    good = report(
        method="GET",
        origin="https://app.example.com",
        url="https://api.example.com/me",
        preflight=(405, {"Allow": "GET"}),
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        status = case.preflight_status
        if status == _UNAUTHORIZED:
            yield Weight(0.8, "the preflight is answered 401")
        elif status == _FORBIDDEN:
            yield Weight(0.6, "the preflight is answered 403")
        elif status in _REDIRECTS and _leads_to_login(case) and not _same_path(case):
            yield Weight(0.85, f"the preflight is answered {status}, towards a login")
        if case.said("mtls", "client certificate", "client cert"):
            yield Weight(0.7, "client certificates are asked for, and a preflight has none")
        failed = case.on_preflight or case.noted("options", "preflight")
        guarded = case.said(*_GUARDED)
        if guarded and failed:
            yield Weight(0.45, f"something checks logins: {guarded}")
        elif guarded and case.message(Cause.PREFLIGHT_INVALID_STATUS):
            yield Weight(0.4, f"something checks logins: {guarded}")
        elif case.message(Cause.PREFLIGHT_INVALID_STATUS) and status is None:
            yield Weight(0.3, "the preflight has no good status: most often a login check")
        if case.headers.get("authorization") and failed and status in (None, _UNAUTHORIZED, _FORBIDDEN):
            yield Weight(0.3, "the request carries a token, which its preflight does not")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.55, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        status = case.preflight_status
        failed = case.on_preflight or case.noted("options", "preflight")
        if case.message(Cause.HEADER_DISALLOWED, Cause.METHOD_DISALLOWED) and status is None:
            yield Weight(-0.8, "the preflight was answered, with a list")
        if (
            status is not None
            and status not in (_UNAUTHORIZED, _FORBIDDEN, 400, 407, 511)
            and status not in _REDIRECTS
        ):
            yield Weight(-0.6, f"the preflight is answered {status}")
        if status == _FORBIDDEN and is_app_scheme(case.origin):
            yield Weight(-0.4, "the origin is an app's, which the server may not know")
        guarded = case.headers.get("authorization") is not None or case.uses("security", "auth", "jwt")
        if status == _FORBIDDEN and "refuses-strangers" in case.traits:
            yield Weight(-0.2 if guarded else -0.5, "this server refuses unknown origins with 403")
        if not failed and not case.message(
            Cause.PREFLIGHT_INVALID_STATUS, Cause.PREFLIGHT_DISALLOWED_REDIRECT
        ):
            yield Weight(-0.5, "nothing says that it is the preflight")

    def layer_of(self, case: Case) -> str:
        """Return who checks the login."""
        if case.said(
            "authelia",
            "oauth2-proxy",
            "oauth2 proxy",
            "forwardauth",
            "forward auth",
            "auth_request",
            "sso",
            "pomerium",
            "traefik",
            "authentik",
            "vouch",
            "cloudflare access",
        ):
            return "proxy-auth"
        if case.said("istio", "external auth", "ext_authz", "jwt_authn", "auth service", "envoy"):
            return "proxy-auth"
        if case.said("gitpod", "codespace"):
            return "platform"
        if case.said("basic auth", "basic_auth", "htpasswd") and "proxy" in case.kinds:
            return "proxy-auth"
        if "cloudflare-workers" in case.stacks:
            return "app"
        return case.layer_among("gateway", "platform", otherwise="app")


def _leads_to_login(case: Case) -> bool:
    """Tell whether a redirect leads to a login, or something that does so takes part."""
    location = case.preflight.headers.get("location") or ""
    return (
        is_login(location)
        or case.said(
            "authelia",
            "sso",
            "oauth2-proxy",
            "forwardauth",
            "login",
            "portal",
            "pomerium",
            "authentik",
            "cloudflare access",
            "auth proxy",
        )
        is not None
    )


def _same_path(case: Case) -> bool:
    """Tell whether the redirect changes the scheme or the host alone: then no login is meant."""
    location = case.preflight.headers.get("location") or ""
    path = case.url.partition("://")[2].partition("/")[2].rstrip("/")
    return bool(location) and location.partition("://")[2].partition("/")[2].rstrip("/") == path
