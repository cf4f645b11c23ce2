"""Netlify Functions: fetch handlers; the file _headers is for static files alone."""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.function_javascript import fetch_module
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

_ENTRY: Final = """\
import { withCors } from '../lib/cors.mjs';
import { handle } from '../lib/handle.mjs';

export default withCors(handle);

export const config = { path: '/api/*' };
"""


class Netlify(ToldStack):
    """Functions must send their headers themselves."""

    name: ClassVar[str] = "netlify"
    title: ClassVar[str] = "Netlify"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = ("netlify", "netlify functions", "netlify.app", "netlify.toml")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS, Trait.CACHES}
    )
    executed: ClassVar[str] = "Node 20, which has the same Request and Response"
    order: ClassVar[str] = "Redirects of the site come before the function."
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.netlify.com/build/functions/api/",
        "https://docs.netlify.com/manage/routing/headers/",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "headers-file",
            "_headers and [[headers]] of netlify.toml are for static files; functions do not get them, and preflights "
            "are not answered.",
            "Let the function send its headers.",
            holds(r"\[\[headers\]\]", r"Access-Control-"),
        ),
        Pitfall(
            "redirect",
            "A redirect of the site, to its main domain or with a slash, has no CORS headers.",
            "Ask for the address that is not redirected.",
        ),
        Pitfall(
            "function-failed",
            "A function that fails or takes too long is answered by the platform, 502 or 504, without CORS headers.",
            "Look at the function's log.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="x-nf-request-id"),
        Tell(0.95, header="server", holds="netlify"),
        Tell(0.9, header="cache-status", holds="netlify"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a module around a function."""
        made = fetch_module(policy)
        files = (
            File("netlify/functions/FUNCTION.mjs", "javascript", _ENTRY),
            File("netlify/lib/cors.mjs", "javascript", made.text),
        )
        return Rendered(self.name, files, _STEPS, made.limits, self.executed)


_STEPS: Final = (
    "What the function did, without CORS, is exported as handle from netlify/lib/handle.mjs: it takes a Request and "
    "returns a Response.",
    "For static files write the headers in netlify.toml; there they are the same for every origin.",
    "netlify deploy --prod, then ask it with an Origin: curl -si -H 'Origin: https://app.example' https://YOUR-SITE/api/",
)
