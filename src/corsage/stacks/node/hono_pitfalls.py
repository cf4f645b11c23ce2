"""Usual mistakes with hono/cors."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint
from corsage.stacks.node.express_pitfalls import STAR_IN_LIST, WILDCARD

# Those of hono 4.13.
HONO_OPTIONS: Final = (
    "origin",
    "allowMethods",
    "allowHeaders",
    "exposeHeaders",
    "credentials",
    "maxAge",
)
HONO_PITFALLS: Final = (
    *common.ORIGINS,
    STAR_IN_LIST,
    WILDCARD,
    common.STAR_WITH_CREDENTIALS,
    common.HEADERS_TOO,
    common.ROUTES_FIRST,
    common.LOGIN_FIRST,
    common.unknown_option("hono/cors", *HONO_OPTIONS),
    Pitfall(
        "list-of-expressions",
        "hono/cors compares a list's entries as texts: an expression in it is equal to no origin.",
        "origin: (origin) => (pattern.test(origin) ? origin : null).",
        option_lint.has_expression_in_list,
    ),
)
