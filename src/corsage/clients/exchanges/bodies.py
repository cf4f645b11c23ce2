"""The beginning of a body that follows headers, where it looks like one: prose of the writer may follow, too."""

from typing import Final

from corsage.clients.exchanges.lines import Kind, Line
from corsage.clients.written import LONGEST_VALUE

_OPENERS: Final = ("{", "[", "<", '"')
_GLUED: Final = "* Connection #"
_MOST_LINES: Final = 400
_MOST_SKIPPED: Final = 8
_SHORTEST: Final = 1


def read_body(texts: list[str], lines: list[Line], start: int, length: str) -> tuple[str, list[int]]:
    """Read the body that begins at line *start*, if there is one.

    Args:
        texts: the lines.
        lines: what they are.
        start: the line after the blank one.
        length: the ``Content-Length``, as written.

    Returns:
        Its beginning, and the numbers of its lines.
    """
    at = start
    while at < len(lines) and at - start < _MOST_SKIPPED and lines[at].kind in (Kind.NOISE, Kind.INFO):
        at += 1
    if at >= len(texts):
        return "", []
    first = texts[at].strip()
    if not first.startswith(_OPENERS) and not _fits(texts, at, length):
        return "", []
    taken: list[int] = []
    size = 0
    while at < len(texts) and len(taken) < _MOST_LINES and size < LONGEST_VALUE:
        if lines[at].kind is Kind.BLANK or (taken and _ends(lines[at])):
            break
        taken.append(at)
        size += len(texts[at]) + 1
        at += 1
    body = "\n".join(texts[number] for number in taken).partition(_GLUED)[0]
    return body[:LONGEST_VALUE].strip(), taken


def _ends(line: Line) -> bool:
    of_curl = line.kind is Kind.INFO and line.value.startswith(("Connection #", "Closing "))
    return of_curl or line.kind in (Kind.STATUS, Kind.REQUEST, Kind.URL)


def _fits(texts: list[str], at: int, length: str) -> bool:
    """Whether the line at *at*, with or without its line feed, is as long as was announced."""
    if not (length.isascii() and length.isdecimal() and len(length) <= len("999999")):
        return False
    given = len(texts[at].partition(_GLUED)[0].encode(errors="replace"))
    return given >= _SHORTEST and 0 <= int(length) - given <= len("\r\n")
