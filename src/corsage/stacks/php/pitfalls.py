"""Mistakes in headers that PHP code sends itself."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_HEADER: Final = r"header\(\s{0,10}['\"]Access-Control-Allow-Origin:\s{0,10}"
_REFLECTED: Final = re.compile(
    _HEADER + r"(?:['\"]\s{0,10}\.\s{0,10}|\{?)\$_SERVER\[\s{0,5}['\"]HTTP_ORIGIN", re.IGNORECASE
)
_LIST: Final = re.compile(_HEADER + r"[a-z]{1,20}://[^'\"\s,]{1,255}\s{0,5},", re.IGNORECASE)
_SLASH: Final = re.compile(_HEADER + r"[a-z]{1,20}://[^'\"\s/]{1,255}/['\"]", re.IGNORECASE)
_STAR: Final = re.compile(_HEADER + r"\*", re.IGNORECASE)
_CREDENTIALS: Final = re.compile(r"Access-Control-Allow-Credentials['\"]?:\s{0,10}true", re.IGNORECASE)


def _reflects(text: str) -> bool:
    checked = any(word in text for word in ("in_array", "preg_match", "=== $origin", "match ("))
    return _REFLECTED.search(text) is not None and not checked


def _no_preflight(text: str) -> bool:
    return "header('Access-Control-Allow-Methods" in text.replace('"', "'") and "REQUEST_METHOD" not in text


PITFALLS: Final = (
    Pitfall(
        "reflected",
        "Whatever origin asks is allowed: with credentials every site can read as the user.",
        "Compare the origin with a list before it is sent back.",
        _reflects,
    ),
    Pitfall(
        "several-origins",
        "The header has several origins. Browsers take one, or the star.",
        "Send back the one that asked, where it is in the list, with Vary: Origin.",
        _LIST,
    ),
    Pitfall(
        "trailing-slash",
        "The allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        "Write scheme, host and port alone.",
        _SLASH,
    ),
    Pitfall(
        "star-with-credentials",
        "Browsers refuse the star where credentials are sent.",
        "Send back the origin, where it is in a list.",
        lambda text: _STAR.search(text) is not None and _CREDENTIALS.search(text) is not None,
    ),
    Pitfall(
        "preflight-not-answered",
        "Headers are sent, but OPTIONS runs into the application, which may refuse it or ask for a login.",
        "End the request of a preflight with 204 before anything else.",
        _no_preflight,
    ),
)
