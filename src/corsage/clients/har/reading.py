"""Read a HAR file: entry by entry, in bounded memory, whatever is wrong with it."""

from collections.abc import Iterator
from typing import Final

from corsage.clients.har.entry import HarEntry, parse_entry
from corsage.clients.har.json_text import JsonText, Unreadable
from corsage.clients.har.opening import ByteStream, Progress, pieces
from corsage.clients.har.pages import Pages
from corsage.clients.har.problems import Problems
from corsage.clients.har.recorder import Recorder, recorder_of

_NOT_HAR: Final = "Export it from the network panel of the developer tools, as HAR."
_CUT: Final = "What came before is used; export it once more for the rest."
_LEFT_OUT: Final = "It was left out."
_DEEPEST: Final = 2


class HarReader:
    """Reads one HAR file, once.

    Attributes:
        problems: what could not be read, so far.
        recorder: who wrote it, as soon as that was read.
        pages: what is known of pages, so far.
        count: how many entries were met, unreadable ones included.

    Args:
        stream: the file; plain, or packed with gzip or xz.
        progress: is told how many bytes have been read.
    """

    def __init__(self, stream: ByteStream, progress: Progress | None = None) -> None:
        self.problems = Problems()
        self.recorder = Recorder()
        self.pages = Pages()
        self.count = 0
        self._text = JsonText(pieces(stream, self.problems, progress))
        self._found_entries = False
        self._is_cut = False
        self._told: dict[str, object] = {}

    def __iter__(self) -> Iterator[HarEntry]:
        """Yield the entries.

        Raises:
            OSError: the stream cannot be read.
        """
        first = self._text.peek()
        if first == "[":
            yield from self._entries()
        elif first == "{":
            yield from self._members(1)
        if not self._found_entries:
            says = (
                "the file is empty"
                if not first
                else "there is no list log.entries in it: this is no HAR file"
            )
            self.problems.add("", says, _NOT_HAR)

    def _members(self, depth: int) -> Iterator[HarEntry]:
        """Go through an object: the file's own, or its ``log``."""
        self._text.take()
        while (character := self._text.peek(separators=True)) == '"':
            name = self._text.value()
            if self._text.peek() != ":":
                break
            self._text.take()
            opening = self._text.peek()
            if name == "log" and opening == "{" and depth < _DEEPEST:
                yield from self._members(depth + 1)
            elif name == "entries" and opening == "[":
                yield from self._entries()
            elif name in {"creator", "browser", "pages"}:
                self._tell(str(name), self._text.value())
            elif not self._text.skip():
                break
        else:
            if character == "}":
                self._text.take()
                return
        if not self._is_cut:
            self._is_cut = True
            where = f"near character {self._text.offset:,}"
            self.problems.add(where, "the file ends, or is no JSON any more, before it should", _CUT)

    def _tell(self, name: str, value: object) -> None:
        if isinstance(value, Unreadable):
            self.problems.add(
                f"log.{name}", value.why, "It was left out; origins are taken from the requests."
            )
        elif name == "pages":
            self.pages.add(value)
        else:
            self._told[name] = value
            self.recorder = recorder_of(self._told.get("creator"), self._told.get("browser"))

    def _entries(self) -> Iterator[HarEntry]:
        self._found_entries = True
        self._text.take()
        while (character := self._text.peek(separators=True)) not in {"]", "}", ""}:
            offset = self._text.offset
            value = self._text.value()
            number = self.count
            self.count += 1
            if isinstance(value, Unreadable):
                do = _CUT if value.at_end else _LEFT_OUT
                self._is_cut = self._is_cut or value.at_end
                self.problems.add(f"entry {number}, near character {offset:,}", value.why, do)
                continue
            entry = parse_entry(value, number, offset, self.problems)
            if entry is not None:
                self.pages.note(entry)
                yield entry
        if character == "]":
            self._text.take()


def read_har(stream: ByteStream, progress: Progress | None = None) -> HarReader:
    """Read the HAR file in *stream*: iterate over the result for the entries, then look at its ``problems``.

    Args:
        stream: the file, opened in binary mode; plain, or packed with gzip or xz.
        progress: is told how many bytes of *stream* have been read.
    """
    return HarReader(stream, progress)
