"""Mistakes that are the same in every framework of Node.js."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import option_lint, order_lint, origin_lint

TRAILING_SLASH: Final = Pitfall(
    "trailing-slash",
    "Browsers send origins without a slash at the end: 'https://app.example.com/' is equal to none of them.",
    "Write scheme, host and port alone: 'https://app.example.com'.",
    origin_lint.has_trailing_slash,
)
PATH: Final = Pitfall(
    "origin-with-path",
    "An origin is scheme, host and port. One with a path is equal to none that browsers send.",
    "Leave out the path: 'https://app.example.com'.",
    origin_lint.has_path,
)
SEVERAL_IN_ONE: Final = Pitfall(
    "several-in-one-text",
    "Several origins in one text are no origin: browsers refuse it, and no list finds it.",
    "Write a list of texts: ['https://a.example', 'https://b.example'].",
    origin_lint.has_several_in_one,
)
NO_SCHEME: Final = Pitfall(
    "no-scheme",
    "Browsers send 'https://app.example.com', never the host alone.",
    "Write the scheme, and the port unless it is the scheme's own.",
    origin_lint.lacks_scheme,
)
NULL: Final = Pitfall(
    "null-origin",
    "'null' is the origin of every sandboxed frame and local file there is: whoever wants to sends it.",
    "Give the page a real origin: serve it from http://localhost in development.",
    origin_lint.allows_null,
)
OPEN_EXPRESSION: Final = Pitfall(
    "open-expression",
    "An expression without ^ and $ is found anywhere in the origin: https://app.example.com.evil.example has it, too.",
    r"Anchor it, with its dots escaped: /^https:\/\/[a-z0-9-]+\.example\.com$/.",
    origin_lint.has_open_expression,
)
PART_OF_ORIGIN: Final = Pitfall(
    "part-of-origin",
    "Part of an origin is compared: anyone may register a name that ends with it, or has it somewhere.",
    "Compare whole origins: allowedOrigins.includes(origin), or an anchored expression.",
    origin_lint.searches_origins,
)
REFLECTED_BY_HAND: Final = Pitfall(
    "reflected-with-credentials",
    "Every origin is sent back, with credentials: any site that a user visits may read the answers as that user.",
    "Compare Origin with a list first, and send it back only if it is there.",
    lambda text: origin_lint.reflects_by_hand(text) or option_lint.reflects_everyone(text),
)
STAR_WITH_CREDENTIALS: Final = Pitfall(
    "star-with-credentials",
    "Browsers refuse '*' for requests with credentials.",
    "List the origins that need credentials.",
    option_lint.star_with_credentials,
)
ROUTES_FIRST: Final = Pitfall(
    "cors-after-routes",
    "What is registered before CORS answers without it: the routes above have no CORS headers.",
    "Register CORS first.",
    order_lint.routes_before_cors,
)
LOGIN_FIRST: Final = Pitfall(
    "cors-after-login",
    "Preflights carry no cookies and no Authorization: a login that comes first answers them 401.",
    "Register CORS before sessions, login and limits.",
    order_lint.login_before_cors,
)
HEADERS_TOO: Final = Pitfall(
    "headers-by-hand-too",
    "Access-Control-Allow-Origin is set by hand beside the library: the one overwrites the other, or there are two.",
    "Leave it to the library alone, also in a proxy in front.",
    order_lint.sets_headers_too,
)
ERRORS: Final = Pitfall(
    "error-for-strangers",
    "callback(new Error(...)) answers strangers 500: also health checks, and whoever opens the address in a browser.",
    "callback(null, false): without the header the browser refuses.",
    option_lint.refuses_with_error,
)
HELMET: Final = Pitfall(
    "helmet-resource-policy",
    "helmet() sends Cross-Origin-Resource-Policy: same-origin: pages of other sites cannot embed images and files.",
    "helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }) for what others may embed.",
    order_lint.helmet_without_resource_policy,
)

ORIGINS: Final = (
    TRAILING_SLASH,
    PATH,
    SEVERAL_IN_ONE,
    NO_SCHEME,
    NULL,
    OPEN_EXPRESSION,
    PART_OF_ORIGIN,
    REFLECTED_BY_HAND,
)


def unknown_option(library: str, *known: str) -> Pitfall:
    """Return the mistake of giving *library* an option that is not among *known*."""
    return Pitfall(
        "unknown-option",
        f"{library} does not read options of other names, and does not say so: origins, allowHeaders, max_age.",
        f"Its options: {', '.join(known)}.",
        option_lint.unknown_options(*known),
    )
