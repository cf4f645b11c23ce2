"""Usual mistakes of programs that set the headers themselves."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import header_lint

LIST_IN_HEADER: Final = Pitfall(
    "list-in-header",
    "Access-Control-Allow-Origin takes one origin: with several in it browsers refuse the answer.",
    "Compare the request's Origin with a list, and send that one back, with Vary: Origin.",
    header_lint.has_several_origins,
)
STAR_WITH_CREDENTIALS: Final = Pitfall(
    "star-with-credentials",
    "Browsers refuse '*' for requests with credentials.",
    "Send the request's own origin after comparing it with a list.",
    header_lint.has_star_and_credentials,
)
HEADER_PITFALLS: Final = (
    LIST_IN_HEADER,
    STAR_WITH_CREDENTIALS,
    Pitfall(
        "no-preflight",
        "Headers alone do not answer OPTIONS: a router without a route for it answers 404, and the browser refuses.",
        "Answer OPTIONS with Access-Control-Request-Method by 204 and the headers, before login and routes.",
        header_lint.sets_headers_without_naming_options,
    ),
)
