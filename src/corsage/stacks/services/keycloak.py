"""Keycloak: the web origins of a client."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class Keycloak(ToldStack):
    """The token endpoint and its like; the login page is for navigation."""

    name: ClassVar[str] = "keycloak"
    title: ClassVar[str] = "Keycloak"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = ("keycloak", "keycloak-js", "red hat build of keycloak", "red hat sso")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS})
    order: ClassVar[str] = (
        "Preflights are answered for every origin; only the answers themselves are compared."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.keycloak.org/docs/latest/server_admin/index.html#_oidc_clients",
        "https://github.com/keycloak/keycloak/blob/main/services/src/main/java/org/keycloak/services/cors/DefaultCors.java",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "slash-or-path",
            "A web origin with a slash, a path or /* at its end never equals the one that a browser sends.",
            "Write scheme, host and port alone, or + for the origins of the redirect URIs.",
            re.compile(r"\"webOrigins\"\s*:\s*\[[^\]]{0,2000}\"https?://[^\"/]{1,300}/"),
        ),
        Pitfall(
            "star",
            "The star lets in every origin, and Keycloak sends credentials with it.",
            "List the origins.",
            re.compile(r"\"webOrigins\"\s*:\s*\[[^\]]{0,2000}\"\*\""),
        ),
        Pitfall(
            "fetched-login-page",
            "The page fetches /auth, or an API redirects it there: that is a page, without CORS headers.",
            "Navigate to it; let the API answer 401 to fetch instead of a redirect (bearer-only).",
        ),
        Pitfall(
            "error-without-headers",
            "An error that comes before the client is known (wrong realm, wrong client_id, a failed login) has no CORS "
            "headers.",
            "Look at the body of the answer and at Keycloak's log; that is the cause.",
        ),
        Pitfall(
            "old-path",
            "Since version 17 there is no /auth before /realms: the old address is answered 404 without CORS headers.",
            "Take /auth out, or set http-relative-path=/auth.",
            re.compile(r"/auth/realms/"),
        ),
        Pitfall(
            "behind-a-proxy",
            "Behind a proxy Keycloak takes itself for http, and redirects or compares with the wrong address.",
            "Set hostname and proxy-headers=xforwarded.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="set-cookie", holds="keycloak_"),
        Tell(0.9, header="set-cookie", holds="kc_restart"),
        Tell(0.85, header="location", holds="/protocol/openid-connect/auth"),
        Tell(0.85, bodies=("/protocol/openid-connect/token", '"issuer"')),
        Tell(0.7, bodies=("kc-form-login",)),
        Tell(0.6, bodies=('"error":"unauthorized_client"', "Invalid client or Invalid client credentials")),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the client's ``webOrigins``."""
        listed = listed_origins(policy, Entries(null=False))
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=True)]
        if listed.everyone:
            limits.append("The star is left out: Keycloak would send credentials with it. List the origins.")
        if listed.everyone or not listed.entries:
            return nothing_to_render(
                self.name, tuple(limits), "Set the client's web origins to an empty list."
            )
        file = File("client.json", "json", json_text({"webOrigins": list(listed.entries)}))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    "kcadm.sh update clients/ID -r REALM -m -f client.json; ID is the client's own (kcadm.sh get clients -r REALM -q "
    "clientId=NAME --fields id). In the console: Clients, the client, Web origins.",
    "The redirect URIs are another list, and must have the page's address, too.",
    "Tokens hold the origins that were allowed when they were made: log in again.",
)
