"""Apollo Server 4 and 5, which leave CORS to what they run in: here Express with ``cors``.

Facts of @apollo/server 5.5: read in its source and seen by running it.
"""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.node.allowed import allowed_by
from corsage.stacks.node.apollo_pitfalls import APOLLO_PITFALLS
from corsage.stacks.node.cors_options import cors_options
from corsage.stacks.node.express import resource_policy_middleware
from corsage.stacks.node.javascript import block
from corsage.stacks.node.limits import limits_of
from corsage.stacks.node.pages import apollo_signs


class ApolloServer(Stack):
    """Apollo Server."""

    name: ClassVar[str] = "apollo-server"
    title: ClassVar[str] = "Apollo Server"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = (
        "apollo server",
        "@apollo/server",
        "apollo-server-express",
        "apolloserver",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.RUNS_IN_ORDER, Trait.ANSWERS_PREFLIGHTS})
    executed: ClassVar[str] = "Apollo Server 5.5 in Express 5.3 with cors 2.8.6"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = APOLLO_PITFALLS
    order: ClassVar[str] = "cors() comes before express.json(), login and expressMiddleware()."
    sources: ClassVar[tuple[str, ...]] = ("https://www.apollographql.com/docs/apollo-server/security/cors",)

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Find what in *answer* points to Apollo Server."""
        yield from apollo_signs(answer)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the options of ``cors``, before Apollo Server."""
        allowed = allowed_by(policy)
        middleware = f"app.use(cors({block(cors_options(policy, allowed))}));\n"
        text = f"{_HEAD}{resource_policy_middleware(policy)}{middleware}{_TAIL}"
        return Rendered(
            stack=self.name,
            files=(File("index.js", "javascript", text),),
            steps=_STEPS,
            limits=(
                *allowed.limits,
                *limits_of(policy, "cors", ("preflight_status", "preflight_continue")),
            ),
            executed=self.executed,
        )


_HEAD = """\
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express from 'express';
import { resolvers, typeDefs } from './schema.js';

const server = new ApolloServer({ typeDefs, resolvers });
await server.start();

const app = express();

// First of all: what stands before it answers preflights and errors without CORS.
"""
_TAIL = """\
app.use('/graphql', express.json(), expressMiddleware(server));

// Sessions, login, body parsers and routes follow here.

app.listen(process.env.PORT ?? 4000);
"""
_STEPS = (
    "npm install cors express @as-integrations/express5",
    "startStandaloneServer() allows everyone and has no option for it: where that is too much, run in Express.",
    "Remove what else sets Access-Control-* headers: a proxy in front, too.",
    "Restart Node.js: a running process keeps the old options.",
)
