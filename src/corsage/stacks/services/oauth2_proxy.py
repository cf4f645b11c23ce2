"""oauth2-proxy: it lets preflights pass where it is told to; CORS is the application's."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.told import Tell, ToldStack


class OAuth2Proxy(ToldStack):
    """A login before an application."""

    name: ClassVar[str] = "oauth2-proxy"
    title: ClassVar[str] = "oauth2-proxy"
    kind: ClassVar[Kind] = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = ("oauth2-proxy", "oauth2 proxy", "oauth2_proxy")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS, Trait.NEEDS_RELOAD})
    order: ClassVar[str] = "Before the application: preflights must pass it."
    sources: ClassVar[tuple[str, ...]] = (
        "https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "preflight-to-login",
            "Preflights carry no cookie: they are answered 403 with a page, or redirected.",
            "skip_auth_preflight = true",
            re.compile(r"skip[_-]auth[_-]preflight[ =]+[\"']?false"),
        ),
        Pitfall(
            "fetch-to-login",
            "The session has ended, and fetch is redirected to the identity provider, without CORS headers.",
            "Send Accept: application/json, so that the answer is 401 (api_routes), and navigate to /oauth2/sign_in.",
        ),
        Pitfall(
            "cookie",
            "The cookie is not sent from another site.",
            "cookie_samesite = \"none\" and cookie_secure = true, and credentials: 'include' in the page.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="set-cookie", holds="_oauth2_proxy"),
        Tell(0.9, header="location", holds="/oauth2/start"),
        Tell(0.9, bodies=("OAuth2 Proxy",)),
        Tell(0.8, header="gap-auth"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the setting that lets preflights pass, for a policy that allows anybody."""
        if not (policy.origins or policy.origin_regexes or policy.origin_lookup):
            return Rendered(self.name, (), limits=(_NOBODY,))
        file = File("oauth2-proxy.cfg", "toml", "skip_auth_preflight = true\n")
        return Rendered(self.name, (file,), _STEPS, (_APPLICATION,), self.executed)


_NOBODY: Final = "The policy allows nobody: leave oauth2-proxy as it is."
_APPLICATION: Final = (
    "oauth2-proxy has no CORS of its own: the application behind it sends the headers, and answers the preflights that "
    "pass; what oauth2-proxy answers itself, 401 and redirects, has none."
)
_STEPS: Final = (
    "Add the line, or the flag --skip-auth-preflight, and start it again.",
    "Take the configuration of the application's own stack for the policy itself.",
)
