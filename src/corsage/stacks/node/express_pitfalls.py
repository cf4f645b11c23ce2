"""Usual mistakes with Express and the npm package ``cors``, which NestJS uses, too."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint, order_lint, origin_lint

# Those of cors 2.8.6; `headers` is an old name of allowedHeaders, which it still reads.
CORS_OPTIONS: Final = (
    "origin",
    "methods",
    "allowedHeaders",
    "headers",
    "exposedHeaders",
    "credentials",
    "maxAge",
    "preflightContinue",
    "optionsSuccessStatus",
)
SINGLE_TEXT: Final = Pitfall(
    "single-text-origin",
    "A single text is sent to everybody, whoever asks: pages of all other origins get a header that does not fit.",
    "Write a list, even of one: origin: ['https://app.example.com'].",
    option_lint.has_single_text,
)
STAR_IN_LIST: Final = Pitfall(
    "star-in-list",
    "In a list '*' is a text like any other: no origin is equal to it.",
    "origin: '*' allows everyone, without credentials.",
    option_lint.has_star_in_list,
)
WILDCARD: Final = Pitfall(
    "wildcard-text",
    "Texts are compared as they are: no origin is equal to 'https://*.example.com'.",
    r"Write an expression: /^https:\/\/[a-z0-9-]+\.example\.com$/.",
    origin_lint.has_wildcard_text,
)
STARRED_ROUTE: Final = Pitfall(
    "starred-route",
    "Express 5 does not read '*' as a path: it stops with Missing parameter name.",
    "app.use(cors(...)) answers preflights of every path; where a route is needed, write '/{*any}'.",
    order_lint.has_starred_route,
)

CORS_PITFALLS: Final = (
    *common.ORIGINS,
    SINGLE_TEXT,
    STAR_IN_LIST,
    WILDCARD,
    common.STAR_WITH_CREDENTIALS,
    common.ERRORS,
    common.HEADERS_TOO,
    common.HELMET,
    common.unknown_option("cors", *CORS_OPTIONS),
)
EXPRESS_PITFALLS: Final = (*CORS_PITFALLS, common.ROUTES_FIRST, common.LOGIN_FIRST, STARRED_ROUTE)
