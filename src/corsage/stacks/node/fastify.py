"""Fastify, with @fastify/cors.

Facts of fastify 5.12 and @fastify/cors 11.4: read in their sources and seen by running them.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by
from corsage.stacks.node.cors_options import cors_options
from corsage.stacks.node.fastify_pitfalls import FASTIFY_PITFALLS
from corsage.stacks.node.javascript import block, quoted
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import fastify_signs


class Fastify(Stack):
    """Fastify."""

    name: ClassVar[str] = "fastify"
    title: ClassVar[str] = "Fastify"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("fastifyjs", "@fastify/cors", "fastify-cors", "fastify cors")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "Fastify 5.12 with @fastify/cors 11.4"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = FASTIFY_PITFALLS
    order: ClassVar[str] = (
        "Hooks run in the order of registration: @fastify/cors comes before login plugins and limits."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/fastify/fastify-cors",
        "https://fastify.dev/docs/latest/Reference/Hooks/",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Fastify."""
        yield from fastify_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``@fastify/cors``."""
        allowed = allowed_by(policy)
        plugin = f"fastify.register(cors, {block(cors_options(policy, allowed))});\n"
        text = _HEAD + _resource_policy(policy) + plugin + _TAIL
        return Rendered(
            stack=self.name,
            files=(File("server.js", "javascript", text),),
            steps=_STEPS,
            limits=(
                *allowed.limits,
                *limits_of(policy, "@fastify/cors", ("preflight_status", "preflight_continue")),
            ),
            executed=self.executed,
        )


def _resource_policy(policy: Policy) -> str:
    if policy.resource_policy is None:
        return ""
    return (
        "fastify.addHook('onRequest', async (request, reply) => {\n"
        f"  reply.header('Cross-Origin-Resource-Policy', {quoted(policy.resource_policy)});\n"
        "});\n"
    )


_HEAD = """\
const fastify = require('fastify')();
const cors = require('@fastify/cors');

// First of all: plugins that stand before it answer preflights without CORS.
"""
_TAIL = """
// Login, other plugins and routes follow here.

fastify.listen({ port: Number(process.env.PORT ?? 3000) });
"""
_STEPS = (
    "npm install @fastify/cors",
    "Register it before login plugins, limits and routes, once: in the outermost scope.",
    "Remove what else sets Access-Control-* headers: reply.header(...), routes for OPTIONS, a proxy in front.",
    "Restart Node.js: a running process keeps the old options.",
)
