"""Hono, with its own middleware.

Facts of hono 4.13: read in its source and seen by running it under @hono/node-server.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import Allowed, allowed_by, is_allowed_function
from corsage.stacks.node.hono_pitfalls import HONO_PITFALLS
from corsage.stacks.node.javascript import Value, block, quoted, quoted_all
from corsage.stacks.node.koa import NO_HEADERS
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import hono_signs
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of


class Hono(Stack):
    """Hono."""

    name: ClassVar[str] = "hono"
    title: ClassVar[str] = "Hono"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("honojs", "hono.js", "hono/cors", "hono js")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "Hono 4.13 on Node.js"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = HONO_PITFALLS
    order: ClassVar[str] = (
        "Middleware runs in the order of registration: cors() comes before login and routes."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://hono.dev/docs/middleware/builtin/cors",)

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Hono."""
        yield from hono_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``hono/cors``."""
        allowed = allowed_by(policy)
        text = "".join(
            [
                _HEAD,
                f"{is_allowed_function(allowed)}\n" if allowed.expressions else "",
                _FIRST,
                _resource_policy(policy),
                f"app.use('*', cors({block(_options(policy, allowed))}));\n",
                _TAIL,
            ]
        )
        return Rendered(
            stack=self.name,
            files=(File("index.js", "javascript", text),),
            steps=_STEPS,
            limits=(*allowed.limits, *limits_of(policy, "hono/cors")),
            executed=self.executed,
        )


def _options(policy: Policy, allowed: Allowed) -> list[tuple[str, Value]]:
    origin: Value = "'*'" if allowed.everyone else allowed.exact
    if allowed.expressions:
        origin = "(origin) => (isAllowed(origin) ? origin : null)"
    options: list[tuple[str, Value]] = [
        ("origin", origin),
        ("allowMethods", quoted_all(["*"] if is_any(policy.methods) else methods_of(policy))),
    ]
    if policy.request_headers:
        options.append(("allowHeaders", quoted_all(request_headers_of(policy))))
    else:
        options.append(("", NO_HEADERS.format(library="Hono")))
        options.append(("allowHeaders", ["'Origin'"]))
    if policy.exposed_headers:
        options.append(("exposeHeaders", quoted_all(exposed_headers_of(policy))))
    if policy.credentials:
        options.append(("credentials", "true"))
    if policy.max_age is not None:
        options.append(("maxAge", str(max(policy.max_age, 0))))
    return options


def _resource_policy(policy: Policy) -> str:
    if policy.resource_policy is None:
        return ""
    return f"""\
app.use('*', async (c, next) => {{
  await next();
  c.header('Cross-Origin-Resource-Policy', {quoted(policy.resource_policy)});
}});
"""


_HEAD = """\
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';

const app = new Hono();

"""
_FIRST = "// First of all: what stands before it answers preflights and errors without CORS.\n"
_TAIL = """
// Login, body parsers and routes follow here.

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
"""
_STEPS = (
    "Put app.use('*', cors(...)) before every other app.use() and before the routes.",
    "On Workers, Deno or Bun write export default app in the place of serve(...).",
    "Remove what else sets Access-Control-* headers: c.header(...), routes for OPTIONS, a proxy in front.",
    "Restart or deploy.",
)
