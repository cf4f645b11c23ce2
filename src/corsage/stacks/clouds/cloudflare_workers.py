"""Cloudflare Workers: the Worker answers preflights and puts the headers on everything else."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.function_javascript import fetch_module
from corsage.stacks.told import Tell, ToldStack

_ENTRY: Final = """\
import app from './app.js';
import { withCors } from './cors.js';

export default {
  ...app,
  fetch: withCors((request, env, context) => app.fetch(request, env, context)),
};
"""


class CloudflareWorkers(ToldStack):
    """Code: nothing is answered that it does not answer."""

    name: ClassVar[str] = "cloudflare-workers"
    title: ClassVar[str] = "Cloudflare Workers"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "cloudflare workers",
        "cloudflare worker",
        "cloudflare pages functions",
        "workers.dev",
        "wrangler",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS})
    executed: ClassVar[str] = "Node 20, which has the same Request and Response"
    order: ClassVar[str] = "Around the router, so that preflights are answered before authentication."
    sources: ClassVar[tuple[str, ...]] = (
        "https://developers.cloudflare.com/workers/examples/cors-header-proxy/",
        "https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "no-options",
            "The Worker answers by method, and OPTIONS is not among them: the preflight is answered 404 or 405.",
            "Answer OPTIONS first, before the router and before authentication.",
        ),
        Pitfall(
            "errors-without-headers",
            "An exception that the Worker lets through becomes Cloudflare's error page (1101), without CORS headers.",
            "Catch it, and answer 500 with the headers.",
        ),
        Pitfall(
            "immutable-headers",
            "The headers of what fetch() returns cannot be changed: setting one throws.",
            "Make a copy: new Response(response.body, response).",
            re.compile(
                r"=\s*await\s+fetch\([^;]{0,400};\s*(?:\n\s*)?\w{1,40}\.headers\.(?:set|append)\(", re.DOTALL
            ),
        ),
        Pitfall(
            "origin-reflected",
            "The Worker sends back whatever origin asks, with credentials: every site may read as the user.",
            "Compare the origin with a list.",
            re.compile(r"Allow-Origin['\"]\s*[:,]\s*request\.headers\.get\(\s*['\"][Oo]rigin['\"]\s*\)"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, bodies=("Error 1101",)),
        Tell(0.9, bodies=("Worker threw exception",)),
        Tell(0.6, header="cf-worker"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a module around the Worker."""
        made = fetch_module(policy)
        files = (
            File("src/index.js", "javascript", _ENTRY),
            File("src/cors.js", "javascript", made.text),
        )
        return Rendered(self.name, files, _STEPS, made.limits, self.executed)


_STEPS: Final = (
    "What src/index.js exported before moves to src/app.js; index.js wraps it.",
    "Remove the CORS headers that it set itself; the wrapper replaces them.",
    "npx wrangler deploy, then ask it with an Origin: curl -si -H 'Origin: https://app.example' https://YOUR-WORKER",
)
