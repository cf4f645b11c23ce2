"""Usual mistakes with Apollo Server."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import option_lint
from corsage.stacks.node.express_pitfalls import EXPRESS_PITFALLS

APOLLO_PITFALLS: Final = (
    *EXPRESS_PITFALLS,
    Pitfall(
        "cors-of-version-3",
        "Since version 4 Apollo Server does not read cors: neither in new ApolloServer() nor in applyMiddleware().",
        "app.use(cors({ ... })) in Express, before expressMiddleware().",
        option_lint.has_cors_of_apollo_3,
    ),
    Pitfall(
        "standalone",
        "startStandaloneServer() sends Access-Control-Allow-Origin: * and knows no other: no request with cookies.",
        "Run it in Express with expressMiddleware(), after cors().",
        option_lint.is_standalone_apollo,
    ),
    Pitfall(
        "csrf-prevention",
        "Queries by GET, and uploads, need a header that asks for a preflight, or Apollo Server answers 400.",
        "Send Apollo-Require-Preflight: true, and allow that header.",
    ),
)
