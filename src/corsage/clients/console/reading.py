"""Read the messages of consoles, programs and servers in pasted text."""

from dataclasses import replace
from typing import Final

from corsage.clients.console import (
    access_log,
    alone,
    blocked,
    firefox,
    libraries,
    network,
    panels,
    policies,
    security_policy,
    servers,
)
from corsage.clients.console.companions import without_echoes
from corsage.clients.console.cores import Part, Statement, statements
from corsage.clients.console.page import Page
from corsage.model.evidence import Message, Speaker

MOST_MESSAGES: Final = 500
_LONGEST_TEXT: Final = 1000
_CORES: Final = (
    firefox.CORES
    + blocked.CORES
    + security_policy.CORES
    + policies.CORES
    + network.CORES
    + libraries.CORES
    + servers.CORES
    + panels.CORES
)
_SECURITY_POLICY: Final = frozenset(core.words for core in security_policy.CORES)


def read_messages(text: str) -> tuple[Message, ...]:
    """Find every message in *text*, in its order. Text that nobody wrote gives none, and nothing raises.

    Args:
        text: as it was pasted: wrapped, quoted, cut off, several messages at once. Beyond 4 MB nothing is read.
    """
    page = Page.of(text)
    found = access_log.read(page)
    for statement in statements(page, _CORES):
        message = _read(page, statement)
        if message is not None:
            found.append((page.at(statement.start), replace(message, text=_shown(page, statement))))
        if len(found) >= MOST_MESSAGES:
            break
    found.sort(key=lambda each: each[0])
    return without_echoes(tuple(message for _, message in found))


def _read(page: Page, statement: Statement) -> Message | None:
    core = statement.marks[0].core
    if core.words.startswith(servers.DISALLOWED):
        return servers.read_disallowed(page, statement)
    if core.words == libraries.ANGULAR:
        return libraries.read_angular(page, statement)
    if core.words in _SECURITY_POLICY:
        return security_policy.read(page, statement)
    if core.part is Part.ALONE:
        return alone.read(page, statement)
    if core.speaker is Speaker.FIREFOX:
        return firefox.read(page, statement)
    return blocked.read(page, statement)


def _shown(page: Page, statement: Statement) -> str:
    """Return the lines of the statement as one."""
    start, end = page.at(statement.start), page.after(statement.end)
    floor = page.after(statement.floor)
    begin = max(page.text.rfind("\n", floor, start) + 1, floor, start - _LONGEST_TEXT)
    stop = page.text.find("\n", end)
    stop = min(stop if stop >= 0 else len(page.text), page.at(statement.ceiling), end + _LONGEST_TEXT)
    return " ".join(page.text[begin : max(stop, end)].split())[: 2 * _LONGEST_TEXT]
