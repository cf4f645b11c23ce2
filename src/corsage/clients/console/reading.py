"""Read the messages of consoles, programs and servers in pasted text."""

from dataclasses import replace
from typing import Final

from corsage.clients.console import blocked, firefox
from corsage.clients.console.companions import without_echoes
from corsage.clients.console.cores import Statement, statements
from corsage.clients.console.page import Page
from corsage.model.evidence import Message, Speaker

_CORES: Final = firefox.CORES + blocked.CORES
MOST_MESSAGES: Final = 500
_LONGEST_TEXT: Final = 1000


def read_messages(text: str) -> tuple[Message, ...]:
    """Find every message in *text*, in its order. Text that nobody wrote gives none, and nothing raises.

    Args:
        text: as it was pasted: wrapped, quoted, cut off, several messages at once. Beyond 4 MB nothing is read.
    """
    page = Page.of(text)
    found: list[Message] = []
    for statement in statements(page, _CORES):
        reader = firefox if statement.marks[0].core.speaker is Speaker.FIREFOX else blocked
        message = reader.read(page, statement)
        if message is not None:
            found.append(replace(message, text=_shown(page, statement)))
        if len(found) == MOST_MESSAGES:
            break
    return without_echoes(tuple(found))


def _shown(page: Page, statement: Statement) -> str:
    """Return the lines of the statement as one."""
    start, end = page.at(statement.start), page.after(statement.end)
    floor = page.after(statement.floor)
    begin = max(page.text.rfind("\n", floor, start) + 1, floor, start - _LONGEST_TEXT)
    stop = page.text.find("\n", end)
    stop = min(stop if stop >= 0 else len(page.text), page.at(statement.ceiling), end + _LONGEST_TEXT)
    return " ".join(page.text[begin : max(stop, end)].split())[: 2 * _LONGEST_TEXT]
