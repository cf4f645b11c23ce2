"""Mistakes in headers that a program sets by hand: ``res.setHeader('Access-Control-…', …)``, ``{ key, value }``."""

from collections.abc import Iterator
from typing import Final

from corsage.stacks.node.tokens import Token, tokens_of

_ORIGIN: Final = "access-control-allow-origin"
_CREDENTIALS: Final = "access-control-allow-credentials"
_BETWEEN: Final = frozenset({",", ":", "value"})


def header_texts(source: str) -> Iterator[tuple[str, str]]:
    """Return the CORS headers that are set to a text: lower-case name and value."""
    tokens = tokens_of(source)
    for at, token in enumerate(tokens):
        if token.kind == "text" and token.value.lower().startswith("access-control-"):
            value = _value(tokens[at + 1 : at + 6])
            if value is not None:
                yield token.value.lower(), value


def _value(following: tuple[Token, ...]) -> str | None:
    for token in following:
        if token.kind == "text" or token.value in ("true", "false"):
            return token.value
        if token.value not in _BETWEEN:
            return None
    return None


def has_several_origins(source: str) -> bool:
    """Tell whether ``Access-Control-Allow-Origin`` is set to several origins."""
    return any(
        name == _ORIGIN and ("," in value or "://" in value.partition(" ")[2])
        for name, value in header_texts(source)
    )


def has_star_and_credentials(source: str) -> bool:
    """Tell whether ``*`` is sent, and credentials are allowed."""
    headers = set(header_texts(source))
    return {(_ORIGIN, "*"), (_CREDENTIALS, "true")} <= headers


def sets_headers_without_options(source: str) -> bool:
    """Tell whether a route handler sets the header and has no answer for OPTIONS of its own."""
    words = [token.value for token in tokens_of(source)]
    handler = any(
        words[at] == "export" and {"GET", "POST", "PUT", "PATCH", "DELETE"} & set(words[at + 1 : at + 4])
        for at in range(len(words) - 1)
    )
    return handler and "OPTIONS" not in words and any(word.lower() == _ORIGIN for word in words)


def sets_headers_without_naming_options(source: str) -> bool:
    """Tell whether the header is set, and nothing in the program is about ``OPTIONS``."""
    words = {token.value.lower() for token in tokens_of(source)}
    return _ORIGIN in words and "options" not in words and "cors" not in words
