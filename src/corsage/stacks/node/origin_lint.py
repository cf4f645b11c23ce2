"""Mistakes in origins: in the values of options, in lists of their own, and in code that compares them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from corsage.stacks.node.tokens import Token, tokens_of

_ABOUT_ORIGINS: Final = re.compile(r"origin|whitelist|allowlist|allowed(?:Domains|Hosts|Urls)", re.IGNORECASE)
# They hold a list, and do not name it.
_WRAPPERS: Final = frozenset({"Set", "Array", "RegExp", "String", "of", "from"})
_SLASHED: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}://[^/\s,]+/")
_WITH_PATH: Final = re.compile(r"https?://[^/\s,]+/[^/\s].*")
_SEVERAL: Final = re.compile(r"[a-z]+://[^,\s]+[,\s]+[a-z]+://.*", re.DOTALL)
_NO_SCHEME: Final = re.compile(r"(?:localhost(?::[0-9]{1,5})?|(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::[0-9]{1,5})?)")
_SEARCHES: Final = frozenset({"endsWith", "includes", "indexOf", "match", "search"})


@lru_cache(maxsize=8)
def origin_values(source: str) -> tuple[Token, ...]:
    """Return the texts and expressions that stand where origins are meant."""
    return tuple(_origin_values(tokens_of(source)))


def _origin_values(tokens: tuple[Token, ...]) -> Iterator[Token]:
    meant = False
    for at, token in enumerate(tokens):
        following = tokens[at + 1].value if at + 1 < len(tokens) else ""
        if token.kind == "word" and following in (":", "=", "(") and token.value not in _WRAPPERS:
            meant = _ABOUT_ORIGINS.search(token.value) is not None
        elif token.value == ";" and token.kind == "mark":
            meant = False
        elif meant and token.kind in ("text", "regex"):
            yield token


def has_trailing_slash(source: str) -> bool:
    """Tell whether an origin has a slash at its end."""
    return any(_SLASHED.fullmatch(each.value) is not None for each in _texts(source))


def has_path(source: str) -> bool:
    """Tell whether an origin has a path."""
    return any(_WITH_PATH.fullmatch(each.value) is not None for each in _texts(source))


def has_several_in_one(source: str) -> bool:
    """Tell whether one text has several origins."""
    return any(_SEVERAL.fullmatch(each.value) is not None for each in _texts(source))


def lacks_scheme(source: str) -> bool:
    """Tell whether an origin is a host alone."""
    return any(_NO_SCHEME.fullmatch(each.value) is not None for each in _texts(source))


def allows_null(source: str) -> bool:
    """Tell whether ``null`` is listed."""
    return any(each.value == "null" for each in _texts(source))


def has_wildcard_text(source: str) -> bool:
    """Tell whether a text has a wildcard, as in ``https://*.example.com``."""
    return any("://" in each.value and "*" in each.value for each in _texts(source))


def _texts(source: str) -> Iterator[Token]:
    return (each for each in origin_values(source) if each.kind == "text")


def has_open_expression(source: str) -> bool:
    """Tell whether an expression for origins finds what it means anywhere."""
    return any(each.kind == "regex" and not _is_anchored(each.value) for each in origin_values(source))


def _is_anchored(literal: str) -> bool:
    body = literal[1 : literal.rindex("/")]
    return body.startswith("^") and body.endswith("$") and not body.endswith(r"\$")


def searches_origins(source: str) -> bool:
    """Tell whether an origin is looked at in part: ``origin.endsWith('example.com')``, ``origin.includes(...)``."""
    tokens = tokens_of(source)
    for at in range(len(tokens) - 4):
        name, dot, called, bracket, text = tokens[at : at + 5]
        if (
            name.kind == "word"
            and name.value.lower().endswith("origin")
            and dot.value == "."
            and called.value in _SEARCHES
            and bracket.value == "("
            and text.kind in ("text", "regex")
            and not (text.kind == "regex" and _is_anchored(text.value))
            and not (called.value == "endsWith" and text.value.startswith("."))
        ):
            return True
    return False


def reflects_by_hand(source: str) -> bool:
    """Tell whether ``Access-Control-Allow-Origin`` is set to the request's own, and credentials are allowed."""
    tokens = tokens_of(source)
    texts = {each.value.lower() for each in tokens if each.kind == "text"}
    if "access-control-allow-credentials" not in texts:
        return False
    return any(
        token.kind == "text"
        and token.value.lower() == "access-control-allow-origin"
        and _is_the_request_s(tokens[at + 1 : at + 12])
        for at, token in enumerate(tokens)
    )


def _is_the_request_s(following: tuple[Token, ...]) -> bool:
    """Tell whether ``, req.headers.origin`` follows, or one of its like."""
    words = [each.value for each in following]
    if not words or words[0] not in (",", ":"):
        return False
    end = next((at for at, word in enumerate(words[1:], 1) if word in (";", "}")), len(words))
    value = words[1:end]
    return value[:1] in (["req"], ["request"], ["ctx"], ["c"]) and "origin" in [
        word.lower() for word in value
    ]
