"""Rows: every subdomain of example.com, in the two ways that people write it."""

from collections.abc import Callable
from typing import Final

from peers.browser import ask, bare
from peers.rows.base import CORS_CHECK, SERIALIZED, Cell, Row, no_unless, yes_if
from peers.setup import strict
from peers.wire import Send

_WILDCARD: Final = strict(origins=("https://*.example.com",))
# Neither anchored nor careless: what most guides say.
_REGEX: Final = strict(origins=(), regexes=(r"https://.*\.example\.com",))
_ANCHORED: Final = strict(origins=(), regexes=(r"^https://[a-z0-9-]+\.example\.com$",))


def _reads(origin: str) -> Callable[[Send], Cell]:
    return lambda send: yes_if(ask(send, origin).readable, "silently dead")


def _taken(origin: str) -> Callable[[Send], Cell]:
    def check(send: Send) -> Cell:
        granted = bare(send, headers=(("Origin", origin),)).headers.get("access-control-allow-origin")
        return no_unless(granted is not None)

    return check


PATTERNS: Final = (
    Row(
        "`https://*.example.com` in the list: `https://a.example.com` reads",
        "yes, or refused",
        CORS_CHECK,
        _reads("https://a.example.com"),
        _WILDCARD,
        refusing_is_right=True,
    ),
    Row(
        "… `https://xexample.com` is allowed",
        "no",
        CORS_CHECK,
        _taken("https://xexample.com"),
        _WILDCARD,
        refusing_is_right=True,
    ),
    Row(
        "… `https://evil.example/.example.com` is allowed",
        "no",
        SERIALIZED,
        _taken("https://evil.example/.example.com"),
        _WILDCARD,
        refusing_is_right=True,
    ),
    Row(
        r"Expression `^https://[a-z0-9-]+\.example\.com$`: `https://a.example.com` reads",
        "yes",
        CORS_CHECK,
        _reads("https://a.example.com"),
        _ANCHORED,
    ),
    Row(
        r"Expression `https://.*\.example\.com`: `https://a.example.com.evil.example` is allowed",
        "no",
        CORS_CHECK,
        _taken("https://a.example.com.evil.example"),
        _REGEX,
        refusing_is_right=True,
    ),
    Row(
        "… and `https://evil.example/.example.com`",
        "no",
        SERIALIZED,
        _taken("https://evil.example/.example.com"),
        _REGEX,
        refusing_is_right=True,
    ),
)
