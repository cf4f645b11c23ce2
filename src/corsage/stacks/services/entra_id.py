"""Microsoft Entra ID (Azure AD): redirect addresses of the platform for single-page applications."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class EntraId(ToldStack):
    """There is no list of origins: the token endpoint answers pages whose redirect address is of the right type."""

    name: ClassVar[str] = "entra-id"
    title: ClassVar[str] = "Microsoft Entra ID"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = (
        "entra id",
        "microsoft entra",
        "azure ad",
        "azure active directory",
        "azure ad b2c",
        "login.microsoftonline.com",
        "microsoftonline",
        "msal",
        "msal.js",
        "adal.js",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://learn.microsoft.com/en-us/entra/identity-platform/scenario-spa-app-registration",
        "https://learn.microsoft.com/en-us/graph/api/resources/spaapplication",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "web-platform",
            "The redirect address is of the type Web: the token endpoint refuses pages with AADSTS9002326, without "
            "CORS headers.",
            "Move it to the platform Single-page application.",
            re.compile(r"AADSTS9002326|\"web\"\s*:\s*\{\s*\"redirectUris\"\s*:\s*\[\s*\""),
        ),
        Pitfall(
            "fetched-authorize",
            "The page fetches /authorize, or an API redirects it there: that is a page, without CORS headers.",
            "Navigate to it (loginRedirect, loginPopup); let the API answer 401 to fetch instead of a redirect.",
        ),
        Pitfall(
            "client-credentials",
            "The page asks for a token with a client secret: pages have no secrets, and the answer no CORS headers.",
            "Use the authorisation code with PKCE, or a server of yours.",
            re.compile(r"grant_type['\"]?\s*[:=,]\s*['\"]?client_credentials"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-ms-ests-server"),
        Tell(0.9, header="location", holds="login.microsoftonline.com"),
        Tell(0.9, header="location", holds=".b2clogin.com"),
        Tell(0.9, bodies=("AADSTS",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the application's redirect addresses."""
        listed = listed_origins(policy, Entries(web_only=True))
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=True)]
        uris = [f"{origin}/" for origin in listed.entries if _may_be_registered(origin)]
        limits += [
            f"{origin} is left out: redirect addresses are https, or http://localhost."
            for origin in listed.entries
            if not listed.everyone and not _may_be_registered(origin)
        ]
        if listed.everyone:
            limits.append("There is no star: list the origins.")
        if listed.everyone or not uris:
            return nothing_to_render(
                self.name, tuple(limits), "Remove the redirect addresses of the type SPA."
            )
        limits.append(
            "Entra ID lists addresses, not origins: write the path of your page's redirect address for the slash."
        )
        file = File("application.json", "json", json_text({"spa": {"redirectUris": uris}}))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


def _may_be_registered(origin: str) -> bool:
    return origin.startswith("https://") or re.fullmatch(r"http://localhost(:[0-9]+)?", origin) is not None


_STEPS: Final = (
    "az rest --method PATCH --uri https://graph.microsoft.com/v1.0/applications/OBJECT_ID --body @application.json "
    "replaces the addresses of the platform SPA. In the portal: App registrations, Authentication, Single-page "
    "application.",
    "Take the same addresses out of the platform Web.",
)
