"""Find out by itself what a pasted text is, and read all of it."""

import re
from dataclasses import replace
from typing import Final

from corsage.clients.pasted.result import Part, PartKind, Pasted
from corsage.clients.said import read_said
from corsage.clients.written import LONGEST_TEXT, is_address, text_of
from corsage.model.evidence import Evidence, Message

LONGEST: Final = 2 * 1024 * 1024
_URL: Final = re.compile(
    r"(?:https?|wss?|file|blob|capacitor|ionic|app|chrome-extension|moz-extension):/{1,3}\S+$", re.IGNORECASE
)
_LONGEST_URL: Final = 8192
_NO_MESSAGE: Final = ("{", "[{", "$ ", "> ", "< ", "HTTP/")
_OF_CODE: Final = ("curl ", "fetch(", "axios", "Invoke-", "ajax(", "=>", "http ")
_AROUND: Final = "<>\"'`()[] \t\r\n.,;"


def read_pasted(text: str) -> Pasted:
    """Read whatever somebody pasted: messages, snippets, exchanges, JSON, an address, prose, or several of these.

    What no reader understood becomes the evidence's notes. Never raises.
    """
    problems = () if len(text) <= LONGEST else (f"only the first {LONGEST} characters were read",)
    text = text_of(text, LONGEST).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\r\n"):
        return Pasted(PartKind.EMPTY, Evidence())
    short = _message_alone(text)
    if short is not None:
        return short
    from corsage.clients.pasted.documents import read_json

    document = read_json(text)
    if document is not None:
        return replace(document, problems=(*document.problems, *problems))
    return _mixed(text, problems)


def _message_alone(text: str) -> Pasted | None:
    """Read what most people paste: one message. The readers of all else are loaded only where there is more."""
    line = text.strip("\ufeff \t\n")
    if "\n" in line or line.startswith(_NO_MESSAGE) or any(mark in line for mark in _OF_CODE):
        return None
    messages, left_over = read_said(line)
    if not messages or any(char.isalnum() for char in left_over):
        return None
    parts = tuple(_messages(messages))
    return Pasted(_kind(list(parts)), Evidence(messages=messages), parts)


def _mixed(text: str, problems: tuple[str, ...]) -> Pasted:
    from corsage.clients.pasted.merge import merged
    from corsage.clients.pasted.split import split

    found = split(text)
    messages, left_over = read_said(found.rest)
    evidence = merged(messages, found.snippets, found.exchanges)
    lines = [line for line in left_over.splitlines() if any(char.isalpha() for char in line)]
    url = _bare_url(lines)
    if url and not evidence.url and not any(message.url for message in messages):
        evidence = replace(evidence, url=url)
        lines = [line for line in lines if line.strip(_AROUND) != url]
    else:
        url = ""
    notes = "\n".join([*lines, evidence.notes]).strip()[:LONGEST_TEXT]
    parts = sorted(found.parts + _messages(messages), key=lambda part: part.first)
    if url:
        parts.append(Part(PartKind.URL))
    if lines:
        parts.append(Part(PartKind.TEXT))
    return Pasted(_kind(parts), replace(evidence, notes=notes), tuple(parts), problems)


def _kind(parts: list[Part]) -> PartKind:
    # Prose around something else does not make it another thing.
    kinds = {part.kind for part in parts} - {PartKind.TEXT}
    if not kinds:
        return PartKind.TEXT
    return next(iter(kinds)) if len(kinds) == 1 else PartKind.MIXED


def _messages(messages: tuple[Message, ...]) -> list[Part]:
    return [Part(PartKind.MESSAGE, message.stack or message.speaker.value) for message in messages]


def _is_url(word: str) -> bool:
    return len(word) <= _LONGEST_URL and '"' not in word and is_address(word)


def _bare_url(lines: list[str]) -> str:
    """Return the first line that is nothing but an address."""
    if len(lines) == 1 and len(lines[0].split()) == 1 and _is_url(lines[0].strip(_AROUND)):
        return lines[0].strip(_AROUND)
    short = (line.strip(_AROUND) for line in lines if len(line) <= _LONGEST_URL)
    return next((line for line in short if _URL.match(line)), "")
