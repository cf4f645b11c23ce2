"""Part a text into snippets, exchanges and the rest."""

import re
from dataclasses import dataclass, field
from typing import Final

from corsage.clients.exchanges.assemble import Exchange
from corsage.clients.exchanges.heads import Request
from corsage.clients.exchanges.reader import find_exchanges
from corsage.clients.pasted.result import Part, PartKind
from corsage.clients.snippets import find_snippets
from corsage.clients.snippets.found import Found

# What stands before a call in its statement, and after it.
_BEFORE_CALL: Final = re.compile(
    r"[ \t]*(?:(?:const|let|var|return|await|this\.)\b|[\w$.]{1,60}[ \t]*=|[})\]; \t])+[^\"'`]{0,80}$"
)
# Whose output may stand below.
_PROGRAMS: Final = ("curl", "HTTPie")
_PROMPT: Final = re.compile(r"[ \t]*(?:[\w.@~:/\\ -]{0,80}[$#%>])?[ \t]*$")
_FENCE: Final = re.compile(r"[ \t>]*(?:```+|~~~+)[ \t]*\w{0,20}[ \t]*$")


@dataclass(slots=True)
class Split:
    """A text in parts.

    Attributes:
        snippets: in order.
        exchanges: in order.
        parts: where they stand.
        rest: what is left, with its lines where they were.
    """

    snippets: list[Found]
    exchanges: list[Exchange]
    parts: list[Part] = field(default_factory=list)
    rest: str = ""


def split(text: str) -> Split:
    """Part *text*; lines of the rest keep their numbers."""
    snippets = list(find_snippets(text))
    parts: list[Part] = []
    pieces: list[str] = []
    at = 0
    line = 1
    for found in snippets:
        start, end = _statement(text, found)
        start, end = max(start, at), max(end, at)
        pieces.append(text[at:start])
        line += text.count("\n", at, start)
        inside = text.count("\n", start, end)
        parts.append(Part(PartKind.SNIPPET, found.kind, line, line + inside))
        pieces.append("\n" * inside)
        line += inside
        at = end
    pieces.append(text[at:])
    lines = "".join(pieces).split("\n")
    commands = zip(parts, snippets, strict=True)
    asked = [(part.last - 1, _request(found)) for part, found in commands if found.kind in _PROGRAMS]
    exchanges, used = find_exchanges(lines, asked)
    parts += _runs(sorted(used))
    rest = ["" if number in used or _FENCE.match(each) else each for number, each in enumerate(lines)]
    return Split(snippets, exchanges, parts, "\n".join(rest))


def _request(found: Found) -> Request:
    asked = found.asked
    return Request(asked.method, asked.url, list(asked.headers), shown=True, body=asked.body)


def _statement(text: str, found: Found) -> tuple[int, int]:
    """Return where the statement that holds a snippet begins and ends: prose before it in its line is not of it."""
    line_start = text.rfind("\n", 0, found.start) + 1
    before = text[line_start : found.start] if found.start - line_start <= 200 else "prose"  # noqa: PLR2004
    start = line_start if _BEFORE_CALL.match(before) or _PROMPT.match(before) else found.start
    if text[found.start - 1 : found.start] == "`":
        return found.start - 1, found.end + (text[found.end : found.end + 1] == "`")
    line_end = text.find("\n", found.end)
    return start, line_end if line_end >= 0 else len(text)


def _runs(numbers: list[int]) -> list[Part]:
    """Put lines that stand close together into parts."""
    parts: list[Part] = []
    for number in numbers:
        if parts and number - parts[-1].last <= 1:
            parts[-1] = Part(PartKind.EXCHANGE, "", parts[-1].first, number + 1)
        else:
            parts.append(Part(PartKind.EXCHANGE, "", number + 1, number + 1))
    return parts
