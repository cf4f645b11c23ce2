"""Express, with the npm package ``cors``.

Facts of express 5.3 and 4.22, and cors 2.8.6: read in their sources and seen by running them.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by
from corsage.stacks.node.cors_options import cors_options
from corsage.stacks.node.express_pitfalls import EXPRESS_PITFALLS
from corsage.stacks.node.javascript import block, quoted
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import express_signs

_CAN = ("preflight_status", "preflight_continue")


class Express(Stack):
    """Express."""

    name: ClassVar[str] = "express"
    title: ClassVar[str] = "Express"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "expressjs",
        "express.js",
        "express js",
        "cors (npm)",
        "npm cors",
        "express-cors",
        "expressjs/cors",
        "cors npm package",
        "cors middleware (npm)",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "Express 5.3 and 4.22 with cors 2.8.6"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = EXPRESS_PITFALLS
    order: ClassVar[str] = (
        "Middleware runs in the order of app.use(): cors() comes before sessions, login, body parsers and routes."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://expressjs.com/en/resources/middleware/cors.html",
        "https://github.com/expressjs/cors",
        "https://expressjs.com/en/guide/migrating-5.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Express."""
        yield from express_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``cors``."""
        allowed = allowed_by(policy)
        text = (
            _HEAD
            + resource_policy_middleware(policy)
            + f"app.use(cors({block(cors_options(policy, allowed))}));\n"
            + _TAIL
        )
        return Rendered(
            stack=self.name,
            files=(File("app.js", "javascript", text),),
            steps=_STEPS,
            limits=(*allowed.limits, *limits_of(policy, "cors", _CAN)),
            executed=self.executed,
        )


def resource_policy_middleware(policy: Policy) -> str:
    """Return middleware that says which pages may embed the answers; nothing where the policy does not."""
    if policy.resource_policy is None:
        return ""
    return (
        "app.use((req, res, next) => {\n"
        f"  res.setHeader('Cross-Origin-Resource-Policy', {quoted(policy.resource_policy)});\n"
        "  next();\n"
        "});\n"
    )


_HEAD = """\
const express = require('express');
const cors = require('cors');

const app = express();

// First of all: what stands before it answers preflights and errors without CORS.
"""
_TAIL = """
// Sessions, login, body parsers and routes follow here.

app.listen(process.env.PORT ?? 3000);
"""
_STEPS = (
    "npm install cors",
    "Put app.use(cors(...)) before every other app.use() and before the routes.",
    "Remove what else sets Access-Control-* headers: res.header(...), app.options(...), a proxy in front.",
    "Restart Node.js: a running process keeps the old options.",
)
