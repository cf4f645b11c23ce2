"""Authelia: CORS of its OpenID Connect endpoints, and a rule that lets preflights pass its check."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class Authelia(ToldStack):
    """Before other applications it redirects to its login, preflights as well."""

    name: ClassVar[str] = "authelia"
    title: ClassVar[str] = "Authelia"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = ("authelia", "authelia forwardauth")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS, Trait.NEEDS_RELOAD})
    order: ClassVar[str] = (
        "The proxy asks Authelia before the application: OPTIONS needs a rule of its own, the first."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.authelia.com/configuration/identity-providers/openid-connect/provider/#cors",
        "https://www.authelia.com/configuration/security/access-control/#methods",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "preflight-to-login",
            "Preflights carry no cookie: they are redirected (302) or answered 401 before the application.",
            "access_control rule, first of all: domain, methods: [OPTIONS], policy: bypass.",
        ),
        Pitfall(
            "fetch-to-login",
            "The session has ended, and fetch is redirected to the login, another origin without CORS headers.",
            "Send Accept: application/json, so that the answer is 401, and navigate to the login.",
        ),
        Pitfall(
            "slash-or-path",
            "An allowed origin with a path is refused at the start.",
            "Write scheme, host and port alone.",
            re.compile(r"(?m)^[ \t]*-\s*[\"']?https?://[^\s\"'/]{1,300}/[^\s\"']{0,300}[\"']?\s*$"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="set-cookie", holds="authelia_session"),
        Tell(0.8, header="location", holds="?rd=http"),
        Tell(0.9, bodies=("<title>Login - Authelia</title>",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the provider's ``cors``."""
        listed = listed_origins(policy, Entries(web_only=True))
        limits = [*listed.limits, *fixed_lists(policy, self.title)]
        if listed.everyone:
            limits.append("The star is left out: list the origins of the pages that log in.")
        if listed.everyone or not listed.entries:
            step = "Remove identity_providers.oidc.cors: without it no page of another origin can read the answers."
            return nothing_to_render(self.name, tuple(limits), step)
        entries = "".join(f"        - '{origin}'\n" for origin in listed.entries)
        file = File("configuration.yml", "yaml", _TEXT + entries)
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_TEXT: Final = """\
identity_providers:
  oidc:
    cors:
      endpoints:
        - 'token'
        - 'revocation'
        - 'introspection'
        - 'userinfo'
      # Else every redirect address of every client is allowed, too.
      allowed_origins_from_client_redirect_uris: false
      allowed_origins:
"""
_STEPS: Final = (
    "Merge it into configuration.yml, and check it: authelia config validate --config configuration.yml",
    "For applications behind Authelia's check, a rule before all others lets preflights pass: domain: "
    "'api.example.com', methods: ['OPTIONS'], policy: 'bypass'. The application answers them.",
    "Start Authelia again.",
)
