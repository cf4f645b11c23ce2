"""Supabase Edge Functions: fetch handlers of Deno behind a gateway that checks the token."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.function_javascript import fetch_module
from corsage.stacks.told import Tell, ToldStack

_ENTRY: Final = """\
import { withCors } from '../_shared/cors.js';
import { handle } from './handle.js';

Deno.serve(withCors(handle));
"""
_CLIENT_HEADERS: Final = ("authorization", "x-client-info", "apikey", "content-type")


class Supabase(ToldStack):
    """The client of Supabase sets four headers; a policy that lacks one refuses it."""

    name: ClassVar[str] = "supabase"
    title: ClassVar[str] = "Supabase Edge Functions"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = ("supabase", "supabase edge functions", "supabase.co")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS})
    executed: ClassVar[str] = "Node 20, which has the same Request and Response"
    order: ClassVar[str] = (
        "The first thing in the function: before the body is read and the user is looked up."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://supabase.com/docs/guides/functions/cors",)
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "client-headers",
            "supabase-js sets authorization, x-client-info, apikey and content-type: a preflight that lacks one is "
            "refused.",
            "Allow all four.",
            re.compile(
                r"(?i)Access-Control-Allow-Headers['\"]\s*:\s*['\"]"
                r"(?!(?=[^'\"]*authorization)(?=[^'\"]*x-client-info)(?=[^'\"]*apikey)(?=[^'\"]*content-type))"
            ),
        ),
        Pitfall(
            "options-after-body",
            "The function reads request.json() before it looks at the method: OPTIONS has no body, and it crashes.",
            "Answer OPTIONS first.",
        ),
        Pitfall(
            "errors-without-headers",
            "The headers are on the good answer alone, so that the page cannot read an error.",
            "Put them on every answer, in the catch as well.",
        ),
        Pitfall(
            "gateway-401",
            "The gateway refuses a request without a valid token with 401, before the function.",
            "Send the token, or deploy with --no-verify-jwt and check it yourself.",
        ),
        Pitfall(
            "function-does-not-start",
            "A function that fails at its start, or is not deployed, is answered 503 or 404 by the gateway.",
            "Look at the function's log.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="sb-gateway-version"),
        Tell(0.95, header="sb-project-ref"),
        Tell(0.9, header="sb-request-id"),
        Tell(0.9, header="x-sb-*"),
        Tell(0.8, header="x-served-by", holds="supabase-edge-runtime"),
        Tell(0.7, header="x-deno-execution-id"),
        Tell(0.6, bodies=('{"code":"BOOT_ERROR"',)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a shared module, and a function that uses it."""
        made = fetch_module(policy)
        files = (
            File("supabase/functions/FUNCTION/index.ts", "typescript", _ENTRY),
            File("supabase/functions/_shared/cors.js", "javascript", made.text),
        )
        return Rendered(self.name, files, self._steps(policy), made.limits, self.executed)

    def _steps(self, policy: Policy) -> tuple[str, ...]:
        lacking = [each for each in _CLIENT_HEADERS if each not in policy.request_headers]
        hint = (
            (f"supabase-js also sets {', '.join(lacking)}: the policy must name them if the page uses it.",)
            if lacking
            else ()
        )
        return (
            "What the function did, without CORS, is exported as handle from handle.js: it takes a Request and "
            "returns a Response.",
            *hint,
            "supabase functions deploy FUNCTION",
        )
