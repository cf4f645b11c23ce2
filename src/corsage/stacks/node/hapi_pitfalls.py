"""Usual mistakes with hapi."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint

# Those of @hapi/hapi 21.4.
HAPI_OPTIONS: Final = (
    "origin",
    "maxAge",
    "headers",
    "additionalHeaders",
    "exposedHeaders",
    "additionalExposedHeaders",
    "credentials",
    "preflightStatusCode",
)
HAPI_PITFALLS: Final = (
    *common.ORIGINS,
    Pitfall(
        "unknown-option",
        "hapi does not start with options that it does not know: methods, allowedHeaders, origins.",
        f"Its options: {', '.join(HAPI_OPTIONS)}.",
        option_lint.unknown_options(*HAPI_OPTIONS),
    ),
    Pitfall(
        "text-origin",
        "hapi takes a list of origins: it does not start with a text, but for 'ignore'.",
        "origin: ['https://app.example.com'].",
        option_lint.has_text_other_than_ignore,
    ),
    Pitfall(
        "reflects-with-credentials",
        "With credentials and no origin, or ['*'], hapi sends every origin back: any site may read as the user.",
        "List the origins that need credentials.",
        option_lint.is_everyone_s_in_hapi,
    ),
    Pitfall(
        "headers-not-listed",
        "hapi grants Accept, Authorization, Content-Type and If-None-Match. One more that a page sets, and the answer "
        "to the preflight has no CORS header at all.",
        "additionalHeaders: ['X-Token'].",
    ),
    Pitfall(
        "no-route-for-method",
        "A preflight for a method or path without a route is answered 404.",
        "Register the route with that method; OPTIONS itself needs no route.",
    ),
)
