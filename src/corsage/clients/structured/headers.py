"""Headers, in whichever way JSON writes them: an object, a list of pairs or of objects, lines of text."""

from collections.abc import Iterator, Mapping
from typing import Final

from corsage.clients.written import LONGEST_VALUE, MOST_HEADERS, says_nothing, text_of, without_remark
from corsage.model.headers import HeaderList

_PAIR: Final = 2
# Only of these is a remark cut off. Others have brackets of their own: Server: Apache/2.4 (Debian).
_BARE_VALUES: Final = ("access-control-", "content-type", "location", "origin", "set-cookie", "vary")


def read_headers(value: object, notes: list[str]) -> HeaderList:
    """Read the headers in *value*; what is not a header, or says of one that it was missing, goes to *notes*."""
    pairs: list[tuple[str, str]] = []
    for name, written in _pairs(value, notes):
        if len(pairs) >= MOST_HEADERS:
            break
        if says_nothing(written):
            notes.append(f"{name}: {written}")
            continue
        kept, remark = without_remark(written) if name.lower().startswith(_BARE_VALUES) else (written, "")
        if remark and kept:
            notes.append(f"{name}: {written}")
        pairs.append((name, kept or written))
    return HeaderList(pairs)


def _pairs(value: object, notes: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, written in value.items():
            yield from _of_name(_name(name), written)
    elif isinstance(value, (list, tuple)):
        for each in value[:MOST_HEADERS]:
            yield from _of_entry(each, notes)
    elif isinstance(value, str):
        for line in value.splitlines()[:MOST_HEADERS]:
            yield from _of_line(line, notes)


def _of_entry(entry: object, notes: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(entry, str):
        yield from _of_line(entry, notes)
    elif isinstance(entry, Mapping) and isinstance(entry.get("name", entry.get("key")), str):
        yield from _of_name(_name(entry.get("name", entry.get("key"))), entry.get("value"))
    elif isinstance(entry, Mapping):
        yield from _pairs(entry, notes)
    elif isinstance(entry, (list, tuple)) and len(entry) == _PAIR:
        yield from _of_name(_name(entry[0]), entry[1])


def _of_name(name: str, written: object) -> Iterator[tuple[str, str]]:
    values = written if isinstance(written, (list, tuple)) else [written]
    for value in values[:MOST_HEADERS]:
        if name:
            # JSON's null says that there was none.
            yield name, "(none)" if value is None else text_of(value, LONGEST_VALUE).strip()


def _of_line(line: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    name, colon, written = line.partition(":")
    if colon and name.strip() and not any(char.isspace() for char in name.strip()):
        yield _name(name), text_of(written, LONGEST_VALUE).strip()
    elif line.strip():
        notes.append(text_of(line, LONGEST_VALUE).strip())


def _name(name: object) -> str:
    return text_of(name, 200).strip().rstrip(":")
