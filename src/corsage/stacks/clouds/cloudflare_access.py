"""Cloudflare Access: a login before the application, which answers preflights where it is told to."""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import ALL_METHODS, is_any, methods_of
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

METHODS: Final = (*ALL_METHODS, "CONNECT", "OPTIONS", "TRACE")
_LONGEST: Final = 86_400


class CloudflareAccess(ToldStack):
    """It answers preflights alone; the application puts the headers on its own answers."""

    name: ClassVar[str] = "cloudflare-access"
    title: ClassVar[str] = "Cloudflare Access"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "cloudflare access",
        "cloudflare zero trust",
        "cloudflareaccess.com",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    order: ClassVar[str] = (
        "Before the application. Preflights carry no cookie: either Access answers them, or it lets them pass."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/cors/",
        "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/applications/",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "preflight-without-cookie",
            "Preflights carry no cookie: Access answers them with a redirect to its login, or 403.",
            "Configure cors_headers, or options_preflight_bypass where the application answers preflights itself.",
        ),
        Pitfall(
            "both-ways",
            "options_preflight_bypass and cors_headers exclude one another.",
            "Choose one.",
            holds(r"\"options_preflight_bypass\"\s*:\s*true", r"\"cors_headers\"\s*:\s*\{"),
        ),
        Pitfall(
            "fetch-is-redirected",
            "The cookie is missing or has expired: fetch is redirected to cloudflareaccess.com, another origin, "
            "without CORS headers.",
            "Send credentials: 'include', let the user log in by navigation first, or use a service token.",
        ),
        Pitfall(
            "manifest",
            "The browser fetches a web app's manifest without cookies: it is redirected to the login.",
            'Write <link rel="manifest" crossorigin="use-credentials">, or exempt its path.',
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="location", holds=".cloudflareaccess.com/"),
        Tell(0.9, header="cf-access-*"),
        Tell(0.9, header="www-authenticate", holds="cloudflare-access"),
        Tell(0.8, header="set-cookie", holds="cf_authorization"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write an application's ``cors_headers``."""
        listed = listed_origins(policy, Entries(null=False))
        limits = [*listed.limits]
        made: dict[str, object] = (
            {"allow_all_origins": True} if listed.everyone else {"allowed_origins": list(listed.entries)}
        )
        made |= _methods(policy, limits)
        if is_any(policy.request_headers):
            limits.append("Every header but Authorization cannot be said here: the star is left out.")
        named = [each for each in policy.request_headers if each != "*"]
        if named:
            made["allowed_headers"] = named
        made["allow_credentials"] = policy.credentials
        if policy.max_age is not None:
            made["max_age"] = min(max(policy.max_age, 0), _LONGEST)
        limits += [
            "Access answers preflights alone: the application puts CORS headers, Vary too, on its own answers.",
            *leftovers(policy),
        ]
        if not listed.entries:
            return nothing_to_render(self.name, tuple(limits), "Remove cors_headers from the application.")
        file = File("cors_headers.json", "json", json_text({"cors_headers": made}))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


def _methods(policy: Policy, limits: list[str]) -> dict[str, object]:
    if is_any(policy.methods):
        return {"allow_all_methods": True}
    wanted = methods_of(policy)
    lost = [each for each in wanted if each not in METHODS]
    if lost:
        limits.append(f"Access knows no method {', '.join(lost)}.")
    return {"allowed_methods": [each for each in wanted if each in METHODS]}


_STEPS: Final = (
    "Add it to the application: PUT /accounts/ACCOUNT/access/apps/APP with the whole application, or in the dashboard, "
    "Access, Applications, the application, Settings, CORS.",
    "Where the application answers preflights itself, set options_preflight_bypass to true instead.",
    "Pages ask with credentials: 'include', after the user has logged in by navigation.",
)
