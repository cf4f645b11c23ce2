"""Vercel Functions: fetch handlers; vercel.json's static headers would win over theirs."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.function_javascript import fetch_module
from corsage.stacks.parts import ALL_METHODS, methods_of
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

_ENTRY: Final = """\
import { withCors } from '../lib/cors.js';
import { handle } from '../lib/handle.js';

const answer = withCors(handle);

export const GET = answer;
export const HEAD = answer;
export const POST = answer;
export const PUT = answer;
export const PATCH = answer;
export const DELETE = answer;
export const OPTIONS = answer;
"""


class Vercel(ToldStack):
    """A list of origins cannot be written in vercel.json: its headers are the same for everybody."""

    name: ClassVar[str] = "vercel"
    title: ClassVar[str] = "Vercel"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = ("vercel", "vercel functions", "vercel.app", "vercel.json")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS, Trait.OVERWRITES_HEADERS, Trait.CACHES}
    )
    executed: ClassVar[str] = "Node 20, which has the same Request and Response"
    order: ClassVar[str] = "Redirects, deployment protection and vercel.json come before the function."
    sources: ClassVar[tuple[str, ...]] = (
        "https://vercel.com/docs/functions/functions-api-reference",
        "https://vercel.com/guides/how-to-enable-cors",
        "https://vercel.com/docs/project-configuration#headers",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "headers-in-vercel-json",
            "Headers in vercel.json are the same for every origin and win over the function's; they answer no "
            "preflight.",
            "Take Access-Control headers out of vercel.json, and let the function send them.",
            re.compile(r"\"key\"\s*:\s*\"Access-Control-", re.IGNORECASE),
        ),
        Pitfall(
            "star-with-credentials",
            "The star with Access-Control-Allow-Credentials: browsers refuse it.",
            "Send the one origin that asked, where it is in the list.",
            holds(
                r"Allow-Credentials\"\s*,\s*\"value\"\s*:\s*\"true\"",
                r"Allow-Origin\"\s*,\s*\"value\"\s*:\s*\"\*\"",
            ),
        ),
        Pitfall(
            "deployment-protection",
            "Protected previews answer with a login, 401, to preflights as well.",
            "Allow OPTIONS for the paths (OPTIONS Allowlist), or use a domain that is not protected.",
        ),
        Pitfall(
            "trailing-slash",
            "trailingSlash and cleanUrls redirect, 308, without CORS headers, which no preflight may follow.",
            "Ask for the address that is not redirected.",
            re.compile(r"\"trailingSlash\"\s*:\s*true"),
        ),
        Pitfall(
            "function-failed",
            "A function that fails or takes too long is answered by the platform, 500 or 504, without CORS headers.",
            "Look at the function's log.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="x-vercel-id"),
        Tell(0.95, header="x-vercel-cache"),
        Tell(0.95, header="server", holds="vercel"),
        Tell(0.9, header="x-vercel-*"),
        Tell(0.9, bodies=("FUNCTION_INVOCATION_FAILED",)),
        Tell(0.9, bodies=("FUNCTION_INVOCATION_TIMEOUT",)),
        Tell(0.8, bodies=("DEPLOYMENT_NOT_FOUND",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a module around a function."""
        made = fetch_module(policy)
        files = (
            File("api/FUNCTION.js", "javascript", _ENTRY),
            File("lib/cors.js", "javascript", made.text),
        )
        odd = [each for each in methods_of(policy) if each not in ALL_METHODS]
        lost = (f"Vercel hands functions the usual methods alone: without {', '.join(odd)}.",) if odd else ()
        return Rendered(self.name, files, _STEPS, (*made.limits, *lost), self.executed)


_STEPS: Final = (
    "What the function did, without CORS, is exported as handle from lib/handle.js: it takes a Request and returns a "
    'Response. package.json has "type": "module".',
    "Remove every Access-Control header from vercel.json: those would win.",
    "vercel deploy, then ask it with an Origin: curl -si -H 'Origin: https://app.example' https://YOUR-DEPLOYMENT",
)
