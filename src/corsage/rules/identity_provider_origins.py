"""CORS212: The identity provider does not know the page's origin as one of the client's web origins."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause, FailureKind
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_login
from corsage.rules.report import report

_ENDPOINTS: Final = (
    "/protocol/openid-connect/token",
    "/protocol/openid-connect/userinfo",
    "/protocol/openid-connect/certs",
    "/oauth2/v2.0/token",
    "/oauth2/token",
    "/oauth/token",
    "/connect/token",
    "/.well-known/openid-configuration",
    "/oauth2/v1/token",
    "/3p-cookies/",
    "/login-status-iframe",
)

_SAID: Final = (
    "web origins",
    "registered origin",
    "weborigins",
    "web origin",
    "trusted origins",
    "allowed origins (cors)",
    "origin field set",
    "allowed web origins",
    "spa platform",
    "allowed cors origins",
)


class IdentityProviderOrigins(DiagnosisRule):
    """Identity provider origins."""

    code = "CORS212"
    name = "identity-provider-origins"
    root_cause = RootCause.IDP_WEB_ORIGINS
    layer = "idp"
    what = "The identity provider does not know the page's origin as one of the client's web origins."
    why = (
        "Keycloak, Entra, Okta and others send CORS headers from a list in the client's settings. It "
        "wants origins: no path, no slash, no /*; redirect addresses are another list."
    )
    fix = (
        "Enter the page's exact origin in the client's settings at the provider: Keycloak's Web Origins "
        "(or + for all valid redirect addresses), Entra's single-page application platform, Okta's "
        "trusted origins. Only the token endpoint is for scripts; the login page is not."
    )
    verify = "Ask the token endpoint with the page's Origin header: the answer names it."
    question = "What stands in the client's list of web origins at the provider, letter by letter?"
    sources = ("https://www.keycloak.org/docs/latest/server_admin/",)
    bad = report(
        "Access to XMLHttpRequest at 'https://id.example.com/realms/main/protocol/openid-connect/token' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        method="POST",
        stack=["keycloak"],
    )
    good = report(
        "Access to XMLHttpRequest at 'https://api.example.com/items' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        stack=["spring boot"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if (
            "idp" in case.kinds
            and case.silent
            and case.status is None
            and not case.noted("cookie", "redirect uri")
        ):
            yield Weight(0.35, "an identity provider takes part, which has a list of web origins")
        url = case.url.lower()
        at_token = next((part for part in _ENDPOINTS if part in url), None)
        if at_token and not case.failed(*FailureKind) and Symptom.DID_NOT_SUCCEED not in case.says:
            yield Weight(0.75, f"the URL is an identity provider's: {at_token}")
        if case.message(Symptom.IDENTITY_PROVIDER):
            yield Weight(0.9, "the identity provider says so itself")
        if "idp" in case.kinds and (
            case.message(Cause.MISSING_ALLOW_ORIGIN)
            or case.noted("web origin", "weborigin", "trusted origin", "redirect uri")
        ):
            yield Weight(0.45, "an identity provider takes part")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.65, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(
            "web origins are set", "web origins set", "other token requests work", "origins are correct"
        ):
            yield Weight(-0.6, "the list is right")
        if case.noted("outside the browser", "forged", "replayed", "curl", "postman"):
            yield Weight(-0.5, "no browser asks")
        if Symptom.DID_NOT_SUCCEED in case.says or case.failed(*FailureKind):
            yield Weight(-0.8, "no response came: no list was asked")
        if any(
            is_login(each.url) and not any(part in each.url.lower() for part in _ENDPOINTS)
            for each in case.evidence.messages
        ):
            yield Weight(-0.5, "the URL is a page to log in")
