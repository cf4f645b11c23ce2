"""Mistakes that several Go libraries share."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

SLASH: Final = Pitfall(
    "trailing-slash",
    "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
    "Write scheme, host and port alone: https://app.example.",
    re.compile(
        r"(?:AllowedOrigins|AllowOrigins|Origins):\s{0,20}\[\]string\{[^}]{0,2000}?://[^\"`/}]{1,255}/[\"`]"
    ),
)
STAR_WITH_CREDENTIALS: Final = Pitfall(
    "star-with-credentials",
    "Everybody is allowed, with credentials. Browsers refuse the star then; libraries that send back the origin "
    "instead let every site read as the user.",
    "List the origins that need cookies.",
    lambda text: has_star(text) and re.search(r"AllowCredentials:\s{0,20}true", text) is not None,
)
GORILLA_USE: Final = Pitfall(
    "router-middleware",
    "gorilla/mux runs Use only for routes that match: a preflight's OPTIONS matches none, and is answered 405 or 404.",
    "Wrap the router: http.ListenAndServe(addr, withCORS(router)).",
    lambda text: (
        "gorilla/mux" in text and re.search(r"\.Use\([^\n]{0,200}cors", text, re.IGNORECASE) is not None
    ),
)
WEBSOCKET_OPEN: Final = Pitfall(
    "websocket-open",
    "CheckOrigin says yes to everybody: any site can open a WebSocket as the user who visits it.",
    "Compare the request's Origin with your own list, or leave CheckOrigin out: then the host's own pages are allowed.",
    re.compile(
        r"CheckOrigin:?\s{0,5}=?\s{0,5}func\([^)]{0,80}\)\s{0,5}bool\s{0,5}\{\s{0,20}return\s{1,5}true"
    ),
)
_STAR: Final = re.compile(r"(?:AllowedOrigins|AllowOrigins):\s{0,20}\[\]string\{[^}]{0,2000}?[\"`]\*[\"`]")


def has_star(text: str) -> bool:
    """Tell whether a configuration allows everybody by a star in its list, or by gin's option."""
    return _STAR.search(text) is not None or re.search(r"AllowAllOrigins:\s{0,20}true", text) is not None
