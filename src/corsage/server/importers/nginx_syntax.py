"""The syntax of nginx's configuration: directives, each with arguments and perhaps a block."""

from dataclasses import dataclass, field
from typing import Final

_LONGEST: Final = 1_000_000
_DEEPEST: Final = 40
_SPACE: Final = " \t\r\n"


class UnreadableError(ValueError):
    """The text is not what it should be; the message says where."""


@dataclass(slots=True)
class Directive:
    """A directive.

    Attributes:
        name: its first word.
        words: the others, without quotes.
        block: what stands in braces; ``None`` where it ends with a semicolon.
        line: where it begins, from 1.
    """

    name: str
    words: list[str]
    line: int
    block: "list[Directive] | None" = None


@dataclass(slots=True)
class _Level:
    found: list[Directive] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    line: int = 1


def parse_nginx(text: str) -> list[Directive]:
    """Read a configuration, or a piece of one.

    Raises:
        UnreadableError: quotes or braces do not match, or it is too long or too deep.
    """
    if len(text) > _LONGEST:
        raise UnreadableError(f"it is longer than {_LONGEST:,} characters")
    levels = [_Level()]
    position, line = 0, 1
    while position < len(text):
        char = text[position]
        if char == "\n":
            line += 1
        if char in _SPACE:
            position += 1
        elif char == "#":
            end = text.find("\n", position)
            position = len(text) if end < 0 else end
        elif char in ";{}":
            _mark(levels, char, line)
            position += 1
        else:
            word, end = _word(text, position, line)
            if not levels[-1].words:
                levels[-1].line = line
            levels[-1].words.append(word)
            line += text.count("\n", position, end)
            position = end
    if len(levels) > 1:
        raise UnreadableError("a brace is not closed")
    if levels[0].words:
        raise UnreadableError(f"line {levels[0].line}: no semicolon")
    return levels[0].found


def _mark(levels: list[_Level], char: str, line: int) -> None:
    level = levels[-1]
    if char == "}":
        if level.words:
            raise UnreadableError(f"line {line}: no semicolon before the brace")
        if len(levels) == 1:
            raise UnreadableError(f"line {line}: a brace too many")
        levels.pop()
        return
    if level.words:
        level.found.append(Directive(level.words[0], level.words[1:], level.line))
    elif char == "{":
        raise UnreadableError(f"line {line}: a block without a name")
    level.words = []
    if char == "{":
        if len(levels) >= _DEEPEST:
            raise UnreadableError(f"line {line}: too many blocks in one another")
        block: list[Directive] = []
        level.found[-1].block = block
        levels.append(_Level(found=block))


def _word(text: str, start: int, line: int) -> tuple[str, int]:
    if text[start] in "\"'":
        return _quoted(text, start, line)
    made: list[str] = []
    at = start
    while at < len(text) and text[at] not in _SPACE and text[at] != ";":
        if text[at] == "{" and not (made and made[-1] == "$"):
            break
        if text[at] == "{":
            end = text.find("}", at)
            if end < 0:
                raise UnreadableError(f"line {line}: a brace is not closed")
            made.append(text[at : end + 1])
            at = end + 1
        elif text[at] == "\\" and at + 1 < len(text):
            made.append(_escaped(text[at + 1]))
            at += 2
        else:
            made.append(text[at])
            at += 1
    return "".join(made), at


def _quoted(text: str, start: int, line: int) -> tuple[str, int]:
    quote = text[start]
    made: list[str] = []
    at = start + 1
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text):
            made.append(_escaped(text[at + 1]))
            at += 2
        elif text[at] == quote:
            return "".join(made), at + 1
        else:
            made.append(text[at])
            at += 1
    raise UnreadableError(f"line {line}: a quote is not closed")


def _escaped(char: str) -> str:
    """Return what a backslash before *char* makes of it: mostly nothing."""
    return {"t": "\t", "r": "\r", "n": "\n"}.get(char, char if char in "\"'\\" else f"\\{char}")
