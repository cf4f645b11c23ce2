"""Auth0: the allowed origins of an application."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class Auth0(ToldStack):
    """Two lists: one for CORS, one for pages that embed the login."""

    name: ClassVar[str] = "auth0"
    title: ClassVar[str] = "Auth0"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = ("auth0", "auth0.com", "auth0-spa-js", "auth0-react")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://auth0.com/docs/get-started/applications/set-up-cors",
        "https://auth0.com/docs/api/management/v2/clients/patch-clients-by-id",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "callback-is-not-enough",
            "The page's address is among the callback URLs alone, and its origin is neither an allowed origin nor an "
            "allowed web origin.",
            "Add it to both lists.",
        ),
        Pitfall(
            "slash-or-path",
            "An origin with a slash or a path at its end never equals the one that a browser sends.",
            "Write scheme, host and port alone.",
            re.compile(r"\"(?:allowed|web)_origins\"\s*:\s*\[[^\]]{0,2000}\"https?://[^\"/]{1,300}/"),
        ),
        Pitfall(
            "fetched-authorize",
            "The page fetches /authorize, or an API redirects it there: that is a page, without CORS headers.",
            "Navigate to it (loginWithRedirect); let the API answer 401 to fetch instead of a redirect.",
        ),
        Pitfall(
            "management-api",
            "The Management API is for servers: most of it cannot be asked by pages.",
            "Ask it from a server of yours.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-auth0-*"),
        Tell(0.9, header="set-cookie", holds="auth0="),
        Tell(0.85, header="location", holds=".auth0.com/"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the application's two lists."""
        listed = listed_origins(policy, Entries(subdomains=True, web_only=True))
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=True)]
        if listed.everyone:
            limits.append("The star is no entry of these lists: list the origins.")
        if listed.everyone or not listed.entries:
            return nothing_to_render(self.name, tuple(limits), "Empty both lists of the application.")
        origins = list(listed.entries)
        file = File("client.json", "json", json_text({"allowed_origins": origins, "web_origins": origins}))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    'auth0 api patch clients/CLIENT_ID --data "$(cat client.json)" replaces both lists. In the dashboard: '
    "Applications, the application, Allowed Web Origins and Allowed Origins (CORS).",
    "The callback URLs are another list, and must have the page's address, too.",
)
