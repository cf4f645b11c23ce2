"""Usual mistakes with @fastify/cors."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint
from corsage.stacks.node.express_pitfalls import SINGLE_TEXT, WILDCARD

# Those of @fastify/cors 11.4.
FASTIFY_OPTIONS: Final = (
    "origin",
    "methods",
    "allowedHeaders",
    "exposedHeaders",
    "credentials",
    "maxAge",
    "cacheControl",
    "hook",
    "preflight",
    "preflightContinue",
    "strictPreflight",
    "optionsSuccessStatus",
    "hideOptionsRoute",
    "logLevel",
    "delegator",
)
FASTIFY_PITFALLS: Final = (
    *common.ORIGINS,
    SINGLE_TEXT,
    WILDCARD,
    common.STAR_WITH_CREDENTIALS,
    common.ERRORS,
    common.HEADERS_TOO,
    common.LOGIN_FIRST,
    common.unknown_option("@fastify/cors", *FASTIFY_OPTIONS),
    Pitfall(
        "star-in-list",
        "With '*' anywhere in its list, everyone is allowed: the other entries count for nothing.",
        "List the origins alone.",
        option_lint.has_star_in_list,
    ),
    Pitfall(
        "default-methods",
        "Since version 11 only GET, HEAD and POST are allowed: PUT, PATCH and DELETE fail after the upgrade.",
        "methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], or those that the pages need.",
        option_lint.lacks_option("methods"),
    ),
    Pitfall(
        "strict-preflight",
        "OPTIONS without Origin and Access-Control-Request-Method is answered 400: health checks may stumble over it.",
        "strictPreflight: false, if the application has OPTIONS of its own.",
    ),
)
