"""JavaScript as tokens, as far as calls of web APIs need them. Nothing is run."""

import re
from enum import Enum
from typing import Final, NamedTuple

MOST_TOKENS: Final = 5000


class Kind(Enum):
    """What a token is."""

    STRING = "string"
    TEMPLATE = "template"
    NUMBER = "number"
    NAME = "name"
    MARK = "mark"
    REGEX = "regex"


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: what it is.
        text: of strings and templates what they hold, escapes resolved; of all else what is written.
        end: the place behind it in the text.
    """

    kind: Kind
    text: str
    end: int


_TOKEN: Final = re.compile(
    r"""(?P<blank>\s++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)
    |(?P<string>"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|\u201c[^\u201d\n]*+\u201d|\u2018[^\u2019\n]*+\u2019)
    |(?P<template>`(?:[^`\\]++|\\.)*+`)
    |(?P<number>\d[\w.]*+)
    |(?P<name>[\w$\u00a1-\uffff]++)
    |(?P<open>["'`]|/\*)
    |(?P<mark>=>|\.\.\.|\?\.|&&|\|\||\?\?|[=!]==?|.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/(?:[^/\\\n\[]++|\\.|\[(?:[^\]\\\n]++|\\.)*+\])++/[a-z]*+")
_ESCAPE: Final = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL
)
_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LONGEST_REGEX: Final = 500
_BEFORE_REGEX: Final = frozenset("(,=:[!&|?{};") | {"&&", "||", "=>", "return"}


def tokens(text: str, start: int, *, most: int = MOST_TOKENS) -> list[Token]:
    """Return the tokens from the bracket at *start* to the one that closes it, both included.

    Where it is never closed, everything is returned up to *most* tokens.
    """
    found: list[Token] = []
    depth = 0
    at = start
    while at < len(text) and len(found) < most:
        match = _TOKEN.match(text, at)
        if match is None:
            break
        at = match.end()
        if match.lastgroup == "blank":
            continue
        if match.lastgroup == "open":
            # Never closed: the rest of the line is lost, or of the text. To look again would take too long.
            at = text.find("\n", at) if match.group() in "\"'" else -1
            if at < 0:
                break
            continue
        token = _token(text, match, found)
        found.append(token)
        at = token.end
        if token.kind is Kind.MARK:
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth <= 0:
                break
    return found


def _token(text: str, match: re.Match[str], before: list[Token]) -> Token:
    kind, written, start = Kind(match.lastgroup), match.group(), match.start()
    if written == "/" and (not before or before[-1].text in _BEFORE_REGEX):
        regex = _REGEX.match(text, start, start + _LONGEST_REGEX)
        if regex is not None:
            return Token(Kind.REGEX, regex.group(), regex.end())
    if kind in (Kind.STRING, Kind.TEMPLATE):
        written = _ESCAPE.sub(_unescaped, written[1:-1])
    return Token(kind, written, match.end())


def _unescaped(escape: re.Match[str]) -> str:
    braced, four, two, line, char = escape.groups()
    digits = braced or four or two
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"  # noqa: PLR2004
    return "" if line else _NAMED.get(char, char)
