"""PowerShell's command lines as words: strings with backticks, ``$([char]39)``, and hashtables."""

import re
from dataclasses import dataclass, field
from typing import Final, TypeAlias

MOST_WORDS: Final = 500
_MOST_PAIRS: Final = 500
_DEEPEST: Final = 5

_BLANK: Final = re.compile(r"(?:[ \t]|`[ \t]*\r?\n)+")
_DOUBLE: Final = re.compile(r'"((?:[^"`]++|`.|"")*+)"', re.DOTALL)
_SINGLE: Final = re.compile(r"'((?:[^']++|'')*+)'", re.DOTALL)
_BARE: Final = re.compile(r"[^\s;|&(){}\"'`,=@]+=?[^\s;|&(){}\"'`,@]*|@")
_GROUP: Final = re.compile(r"\((?:[^()\"']++|\"(?:[^\"`]++|`.)*+\"|'[^']*+'|\([^()]*+\))*+\)", re.DOTALL)
_INSIDE: Final = re.compile(r'`(.)|""|\$\(\[char\](\d{1,6})\)', re.DOTALL)
_NAMED: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_BETWEEN: Final = re.compile(r"[\s;]+")
_EQUALS: Final = re.compile(r"\s*=\s*")


@dataclass(slots=True)
class Hash:
    """A hashtable: ``@{"a"="b"; c = 'd'}``."""

    pairs: list[tuple[str, str]] = field(default_factory=list)


Word: TypeAlias = str | Hash


def words(text: str, start: int, most: int = MOST_WORDS) -> tuple[list[Word], int]:
    """Read one command from *start* on: up to its line's end, ``;`` or ``|``. Returns its words and where it ends."""
    found: list[Word] = []
    at = start
    while at < len(text) and len(found) < most:
        blank = _BLANK.match(text, at)
        if blank is not None:
            at = blank.end()
            continue
        if text[at] in "\r\n;|)}":
            break
        word, at = _word(text, at)
        found.append(word)
    return found, at


def _word(text: str, at: int, depth: int = 0) -> tuple[Word, int]:
    if text.startswith("@{", at):
        return _hash(text, at + 2, depth + 1) if depth < _DEEPEST else ("", at + 2)
    for pattern in (_DOUBLE, _SINGLE, _GROUP):
        match = pattern.match(text, at)
        if match is not None:
            return _string(match), match.end()
    if text[at] in "\"'(":
        # Never closed: the rest is lost, or it would be sought again and again.
        return "", len(text)
    match = _BARE.match(text, at)
    return (match.group(), match.end()) if match else (text[at], at + 1)


def _string(match: re.Match[str]) -> str:
    if match.re is _DOUBLE:
        return _INSIDE.sub(_resolved, match.group(1))
    if match.re is _SINGLE:
        return match.group(1).replace("''", "'")
    return f"${{{match.group()[:100]}}}"


def _resolved(escape: re.Match[str]) -> str:
    char, code = escape.groups()
    if code is not None:
        number = int(code)
        return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"  # noqa: PLR2004
    return '"' if char is None else _NAMED.get(char, char)


def _hash(text: str, at: int, depth: int) -> tuple[Hash, int]:
    made = Hash()
    while at < len(text) and len(made.pairs) < _MOST_PAIRS:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if at >= len(text) or text[at] == "}":
            return made, at + 1
        key, at = _word(text, at, depth)
        equals = _EQUALS.match(text, at)
        if equals is None:
            if isinstance(key, str) and key.endswith("="):
                key = key[:-1]
            else:
                return made, at
        else:
            at = equals.end()
        value, at = _value(text, at, depth)
        if isinstance(key, str):
            made.pairs.append((key.partition("=")[0] if equals is None else key, value))
    return made, at


def _value(text: str, at: int, depth: int) -> tuple[str, int]:
    if at >= len(text):
        return "", at
    word, at = _word(text, at, depth)
    return (word if isinstance(word, str) else ""), at
