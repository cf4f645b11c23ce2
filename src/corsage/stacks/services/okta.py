"""Okta: trusted origins of the organisation."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class Okta(ToldStack):
    """One object an origin, with CORS among its scopes."""

    name: ClassVar[str] = "okta"
    title: ClassVar[str] = "Okta"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = ("okta", "okta.com", "oktapreview", "okta-auth-js")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://developer.okta.com/docs/guides/enable-cors/main/",
        "https://developer.okta.com/docs/api/openapi/okta-management/management/tag/TrustedOrigin/",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "scope-redirect-alone",
            "The origin is trusted for redirects and not for CORS.",
            "Give it the scope CORS.",
            re.compile(r"\"scopes\"\s*:\s*\[\s*\{\s*\"type\"\s*:\s*\"REDIRECT\"\s*\}\s*\]"),
        ),
        Pitfall(
            "slash-or-path",
            "An origin with a slash or a path at its end never equals the one that a browser sends.",
            "Write scheme, host and port alone.",
            re.compile(r"\"origin\"\s*:\s*\"https?://[^\"/]{1,300}/"),
        ),
        Pitfall(
            "fetched-authorize",
            "The page fetches /authorize, or an API redirects it there: that is a page, without CORS headers.",
            "Navigate to it; let the API answer 401 to fetch instead of a redirect.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-okta-*"),
        Tell(0.85, header="location", holds=".okta.com/"),
        Tell(0.7, bodies=('"errorCode":"E0000',)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write one file an origin."""
        listed = listed_origins(policy, Entries(web_only=True))
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=True)]
        if listed.everyone:
            limits.append("The star is no trusted origin: list the origins.")
        if listed.everyone or not listed.entries:
            return nothing_to_render(
                self.name, tuple(limits), "Remove the trusted origins with the scope CORS."
            )
        files = tuple(
            File(f"trusted-origin-{number}.json", "json", json_text(_trusted(origin)))
            for number, origin in enumerate(listed.entries, 1)
        )
        return Rendered(self.name, files, _STEPS, tuple(limits), self.executed)


def _trusted(origin: str) -> dict[str, object]:
    return {"name": origin, "origin": origin, "scopes": [{"type": "CORS"}]}


_STEPS: Final = (
    "For each file: curl -X POST https://YOUR-ORG.okta.com/api/v1/trustedOrigins -H 'Authorization: SSWS TOKEN' "
    "-H 'Content-Type: application/json' -d @trusted-origin-1.json. In the console: Security, API, Trusted Origins.",
    "Origins that are there already stay: remove those that the policy does not have.",
)
