"""The syntax of Apache's configuration: directives, a line each, and sections."""

import re
from dataclasses import dataclass, field
from typing import Final

_LONGEST: Final = 1_000_000
_DEEPEST: Final = 40
_WORD: Final = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|(\S+)", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\([\\\"'])")
_OPENED: Final = re.compile(r"<\s*+([A-Za-z]++)\s*+(.*)>$", re.DOTALL)
_CLOSED: Final = re.compile(r"</\s*([A-Za-z]+)\s*>$")


class UnreadableError(ValueError):
    """The text is not what it should be; the message says where."""


@dataclass(slots=True)
class Line:
    """A directive, or a section.

    Attributes:
        name: lower-case.
        words: its arguments, without quotes; of a section all in one text, and its name as it is written.
        line: where it begins, from 1.
        block: what stands in a section; ``None`` for a directive.
    """

    name: str
    words: list[str]
    line: int
    block: "list[Line] | None" = field(default=None)


def parse_apache(text: str) -> list[Line]:
    """Read a configuration, or a piece of one.

    Raises:
        UnreadableError: sections do not match, or it is too long or too deep.
    """
    if len(text) > _LONGEST:
        raise UnreadableError(f"it is longer than {_LONGEST:,} characters")
    root: list[Line] = []
    levels: list[tuple[str, list[Line]]] = [("", root)]
    for number, line in _logical(text):
        closed, opened = _CLOSED.match(line), _OPENED.match(line)
        if closed is not None:
            name = closed[1].lower()
            if len(levels) == 1 or levels[-1][0] != name:
                raise UnreadableError(f"line {number}: </{closed[1]}> closes nothing")
            levels.pop()
        elif opened is not None:
            if len(levels) >= _DEEPEST:
                raise UnreadableError(f"line {number}: too many sections in one another")
            block: list[Line] = []
            levels[-1][1].append(Line(opened[1].lower(), [opened[2].rstrip(), opened[1]], number, block))
            levels.append((opened[1].lower(), block))
        else:
            name, *words = _words(line)
            levels[-1][1].append(Line(name.lower(), words, number))
    if len(levels) > 1:
        raise UnreadableError(f"<{levels[-1][0]}> is not closed")
    return root


def _logical(text: str) -> list[tuple[int, str]]:
    """Return the lines that say something, continued ones joined."""
    found: list[tuple[int, str]] = []
    joined, start = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        start = start or number
        joined += raw
        if joined.endswith("\\") and not joined.endswith("\\\\"):
            joined = joined[:-1]
            continue
        line = joined.strip()
        if line and not line.startswith("#"):
            found.append((start, line))
        joined, start = "", 0
    if joined.strip():
        found.append((start, joined.strip()))
    return found


def _words(line: str) -> list[str]:
    words = []
    for found in _WORD.finditer(line):
        quoted = found[1] if found[1] is not None else found[2]
        words.append(found[3] if quoted is None else _ESCAPE.sub(r"\1", quoted))
    return words
