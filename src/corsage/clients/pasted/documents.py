"""Texts that are JSON from end to end: recordings, structured evidence, exports."""

import json
import re
from collections.abc import Mapping
from typing import Final

from corsage.clients.exchanges import read_exchange
from corsage.clients.pasted.result import Part, PartKind, Pasted
from corsage.clients.structured import Unread, read_evidence_lines, read_structured
from corsage.model.evidence import Evidence

_HAR: Final = re.compile(r'\s{0,200}\{\s{0,200}"log"\s{0,20}:\s{0,20}\{')
_OF_EVIDENCE: Final = frozenset(
    {"console_message", "input", "reporter_notes", "request", "server_response_facts", "client_origin"}
)
_MOST_PROBLEMS: Final = 20


def is_har(text: str) -> bool:
    """Tell by its beginning whether *text* is a HAR file."""
    return _HAR.match(text.removeprefix("\ufeff")) is not None


def read_json(text: str) -> Pasted | None:
    """Read a text that is JSON from end to end; ``None`` where it is not, or nothing that we know."""
    text = text.strip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return None
    if is_har(text):
        return Pasted(PartKind.HAR, Evidence(), (Part(PartKind.HAR, "", 1, text.count("\n") + 1),))
    whole = _decoded(text)
    if isinstance(whole, Mapping):
        return _of_object(whole, text)
    return _of_lines(text)


def _of_object(value: Mapping[str, object], text: str) -> Pasted | None:
    last = text.count("\n") + 1
    if _OF_EVIDENCE & value.keys() and "item" not in value:
        return Pasted(PartKind.EVIDENCE, read_structured(value), (Part(PartKind.EVIDENCE, "", 1, last),))
    exchange = read_exchange(text)
    return (
        Pasted(PartKind.EXCHANGE, exchange, (Part(PartKind.EXCHANGE, "", 1, last),))
        if exchange is not None
        else None
    )


def _of_lines(text: str) -> Pasted | None:
    lines = text.splitlines()
    first = _decoded(lines[0])
    if not (isinstance(first, Mapping) and _OF_EVIDENCE & first.keys()):
        return None
    found = list(read_evidence_lines(lines))
    read = [each for each in found if isinstance(each, Evidence)]
    problems = [f"line {each.line}: {each.reason}" for each in found if isinstance(each, Unread)]
    if len(read) > 1:
        problems.append(f"{len(read)} lines of evidence: only the first is answered here")
    parts = tuple(
        Part(PartKind.EVIDENCE, "", number, number) for number, line in enumerate(lines, 1) if line.strip()
    )
    return Pasted(PartKind.EVIDENCE, read[0], parts, tuple(problems[:_MOST_PROBLEMS]))


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
