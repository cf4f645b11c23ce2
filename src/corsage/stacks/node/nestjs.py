"""NestJS, which hands its options to ``cors`` under Express, to ``@fastify/cors`` under Fastify.

Facts of NestJS 12.5: seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by
from corsage.stacks.node.cors_options import cors_options
from corsage.stacks.node.javascript import block, quoted
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.nestjs_pitfalls import NEST_PITFALLS
from corsage.stacks.node.pages import nest_signs


class NestJs(Stack):
    """NestJS."""

    name: ClassVar[str] = "nestjs"
    title: ClassVar[str] = "NestJS"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("nest.js", "nest js", "@nestjs", "@nestjs/core")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "NestJS 12.5 on Express and Fastify"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = NEST_PITFALLS
    order: ClassVar[str] = (
        "app.enableCors() comes right after NestFactory.create(), before app.use() and app.listen(). Guards run later."
    )
    sources: ClassVar[tuple[str, ...]] = ("https://docs.nestjs.com/security/cors",)

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to NestJS."""
        yield from nest_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``enableCors``."""
        allowed = allowed_by(policy)
        options = f"  app.enableCors({block(cors_options(policy, allowed), '  ')});\n"
        types = "" if policy.resource_policy is None else _TYPES
        text = types + _HEAD + _resource_policy(policy) + options + _TAIL
        return Rendered(
            stack=self.name,
            files=(File("src/main.ts", "typescript", text),),
            steps=_STEPS,
            limits=(
                *allowed.limits,
                *limits_of(policy, "NestJS", ("preflight_status", "preflight_continue")),
            ),
            executed=self.executed,
        )


def _resource_policy(policy: Policy) -> str:
    if policy.resource_policy is None:
        return ""
    return (
        "  app.use((_: unknown, res: ServerResponse, next: () => void) => {\n"
        f"    res.setHeader('Cross-Origin-Resource-Policy', {quoted(policy.resource_policy)});\n"
        "    next();\n"
        "  });\n"
    )


_TYPES = "import type { ServerResponse } from 'node:http';\n"
_HEAD = """\
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);

  // Before every app.use(), and before listen(): what stands before it answers without CORS.
"""
_TAIL = """
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();
"""
_STEPS = (
    "In src/main.ts put app.enableCors(...) right after NestFactory.create(...), in the place of { cors: true } there.",
    "Remove what else sets Access-Control-* headers: @Header(...), interceptors, a proxy in front.",
    "For gateways of WebSockets: @WebSocketGateway({ cors: { ... } }) has options of its own.",
    "Build and restart: a running process keeps the old options.",
)
