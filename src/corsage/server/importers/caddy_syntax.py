"""The syntax of Caddyfiles: directives, a line each, with blocks in braces.

Source: https://caddyserver.com/docs/caddyfile/concepts
"""

from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 1_000_000
_DEEPEST: Final = 40


class UnreadableError(ValueError):
    """The text is not what it should be; the message says where."""


@dataclass(slots=True)
class Entry:
    """A directive, a matcher, a site or a snippet.

    Attributes:
        words: its first word and the others, without quotes.
        line: where it begins, from 1.
        block: what stands in braces; ``None`` where there are none.
    """

    words: list[str]
    line: int
    block: "list[Entry] | None" = None


def parse_caddy(text: str) -> list[Entry]:
    """Read a Caddyfile, or a piece of one.

    Raises:
        UnreadableError: quotes or braces do not match, or it is too long or too deep.
    """
    if len(text) > _LONGEST:
        raise UnreadableError(f"it is longer than {_LONGEST:,} characters")
    root: list[Entry] = []
    levels = [root]
    for number, words in _lines(text):
        opens = words[-1:] == ["\0{"]
        if words == ["\0}"]:
            if len(levels) == 1:
                raise UnreadableError(f"line {number}: a brace too many")
            levels.pop()
            continue
        plain = [word.removeprefix("\0") for word in (words[:-1] if opens else words)]
        entry = Entry(plain, number, [] if opens else None)
        levels[-1].append(entry)
        if entry.block is not None:
            if len(levels) >= _DEEPEST:
                raise UnreadableError(f"line {number}: too many blocks in one another")
            levels.append(entry.block)
    if len(levels) > 1:
        raise UnreadableError("a brace is not closed")
    return root


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Split into lines of words. Braces that open and close blocks have a zero byte before them."""
    found: list[tuple[int, list[str]]] = []
    words: list[str] = []
    at, line, start = 0, 1, 1
    while at < len(text):
        char = text[at]
        if char == "\n":
            if words:
                found.append((start, words))
            words, line, at = [], line + 1, at + 1
        elif char in " \t\r":
            at += 1
        elif char == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif char == "\\" and text[at + 1 : at + 2] == "\n":
            at, line = at + 2, line + 1
        else:
            start = line if not words else start
            word, end = _word(text, at, line)
            words.append(word)
            line += text.count("\n", at, end)
            at = end
    if words:
        found.append((start, words))
    return found


def _word(text: str, start: int, line: int) -> tuple[str, int]:
    quote = text[start]
    if quote in '"`':
        at = start + 1
        while at < len(text) and text[at] != quote:
            at += 2 if quote == '"' and text[at] == "\\" else 1
        if at >= len(text):
            raise UnreadableError(f"line {line}: a quote is not closed")
        word = text[start + 1 : at]
        return (word.replace('\\"', '"') if quote == '"' else word), at + 1
    at = start
    while at < len(text) and text[at] not in " \t\r\n":
        at += 1
    word = text[start:at]
    return (f"\0{word}" if word in "{}" else word), at
