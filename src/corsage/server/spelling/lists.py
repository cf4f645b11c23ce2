"""Several origins in one text, quotes around one, and expressions in the place of one."""

import re
from typing import Final

# Spaces that nobody sees among them: they come with what is copied from documents.
_EDGES: Final = " \t\r\n\v\f\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb<>\u00a0\u200b\u200c\u200d\u2060\ufeff"
_SEPARATORS: Final = re.compile(r"[\s,;|]+")
_BLANK: Final = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]")
_REGEX_SIGN: Final = re.compile(r"[\\^$(){}]|s\?:|://\.[*+]|\[[^\]:]*\][*+.]")
_MOST: Final = 50


def unquoted(text: str) -> str:
    """Return *text* without quotes and blanks around it."""
    return text.strip(_EDGES)


def without_blanks(text: str) -> str:
    """Return *text* without any white space."""
    return _BLANK.sub("", text)


def has_blanks(text: str) -> bool:
    """Tell whether there is white space in *text*, visible or not."""
    return _BLANK.search(text) is not None


def split_origins(text: str) -> tuple[str, ...]:
    """Return the origins that *text* joins with commas, semicolons, bars or blanks; one where it joins none."""
    inner = text
    if text[:1] == "[" and text[-1:] == "]" and re.search(r"[\"',/]", text):
        inner = text[1:-1]  # a list of JSON or Python that nobody has parsed
    pieces = tuple(
        piece for part in _SEPARATORS.split(inner, maxsplit=_MOST) if (piece := part.strip(_EDGES))
    )
    if inner != text:
        return pieces or (text,)
    if len(pieces) > 1 and (all(map(_has_scheme, pieces)) or all(map(_has_host, pieces))):
        return pieces
    return (text,)


def _has_scheme(text: str) -> bool:
    return "://" in text


def _has_host(text: str) -> bool:
    return "." in text or text in {"*", "null"} or "localhost" in text


def looks_like_a_regex(text: str) -> bool:
    """Tell whether *text* has signs that expressions have and origins do not."""
    return _REGEX_SIGN.search(text) is not None
