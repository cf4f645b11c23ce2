"""Usual mistakes with @koa/cors."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint
from corsage.stacks.node.express_pitfalls import SINGLE_TEXT

# Those of @koa/cors 5.0.
KOA_OPTIONS: Final = (
    "origin",
    "allowMethods",
    "allowHeaders",
    "exposeHeaders",
    "credentials",
    "maxAge",
    "keepHeadersOnError",
    "secureContext",
    "privateNetworkAccess",
)
KOA_PITFALLS: Final = (
    *common.ORIGINS,
    SINGLE_TEXT,
    common.HEADERS_TOO,
    common.ROUTES_FIRST,
    common.LOGIN_FIRST,
    common.unknown_option("@koa/cors", *KOA_OPTIONS),
    Pitfall(
        "list-of-origins",
        "@koa/cors knows one text or a function: a list is sent as it is, a header line for each of its origins.",
        "origin: (ctx) => (allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '').",
        option_lint.has_list_of_origins,
    ),
    Pitfall(
        "reflects-with-credentials",
        "With credentials and origin '*', or none, @koa/cors sends every origin back: any site may read as the user.",
        "A function for origin that knows who may.",
        option_lint.star_with_credentials,
    ),
    Pitfall(
        "error-without-headers",
        "Koa drops the headers when it answers an error. @koa/cors keeps its own unless keepHeadersOnError is false.",
        "Leave keepHeadersOnError as it is, and let errors be thrown beneath cors().",
        option_lint.is_given("keepHeadersOnError", "false"),
    ),
)
