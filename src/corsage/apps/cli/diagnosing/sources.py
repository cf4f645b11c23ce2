"""What was given on the command line: text, a file, standard input, the clipboard."""

import io
import os.path
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import click

from corsage.apps.cli.text import shown

if TYPE_CHECKING:
    from pathlib import Path

# A message, a snippet, an exchange: none is longer. Recordings are streamed.
LONGEST_TEXT: Final = 4_000_000
STANDARD_INPUT: Final = "-"
_HEAD: Final = 4096
_PACKED: Final = (b"\x1f\x8b", b"\xfd7zXZ")
_OF_RECORDINGS: Final = (".har", ".har.gz", ".har.xz")
_LONGEST_NAME: Final = 1024


@dataclass(frozen=True, slots=True)
class Source:
    """What there is to explain.

    Attributes:
        name: of the file; ``-`` for standard input, empty for text and clipboard.
        text: all of it; empty for recordings, which are streamed.
        is_har: whether it is a recording.
        stream: of a recording.
        size: of a recording's file in bytes; 0 where that is unknown.
    """

    name: str
    text: str = ""
    is_har: bool = False
    stream: io.BufferedReader | None = None
    size: int = 0


def read_source(what: tuple[str, ...], *, clipboard: bool) -> Source:
    """Read what the arguments *what* name: a file where there is one of that name, otherwise the words themselves.

    Raises:
        click.UsageError: it cannot be read, or there is nothing in it. Without arguments an empty standard input is
            no mistake: then there is nothing to explain.
    """
    if clipboard:
        return _checked(Source("", _clipboard()), "The clipboard")
    if not what:
        return _opened(_standard_input(), STANDARD_INPUT, 0)
    if what == (STANDARD_INPUT,):
        return _checked(_opened(_standard_input(), STANDARD_INPUT, 0), "Standard input")
    if len(what) == 1:
        name = what[0] if len(what[0]) < _LONGEST_NAME and "\n" not in what[0] else ""
        if _is_there(name):
            from pathlib import Path  # who pastes a message does not wait for it

            return _checked(_read_file(Path(name)), shown(name))
        if name.endswith((".har", ".txt", ".log", ".jsonl")):
            raise click.UsageError(f"There is no file {shown(what[0])}.")
    return _checked(Source("", " ".join(what)), "The text")


def read_stream(name: str) -> Source:
    """Open the file *name*, or standard input for ``-``, to be read piece by piece.

    Raises:
        click.UsageError: it cannot be opened.
    """
    from pathlib import Path

    try:
        stream = _standard_input() if name == STANDARD_INPUT else Path(name).open("rb")  # noqa: SIM115 - who reads it closes it
    except OSError as error:
        raise click.UsageError(f"{shown(name)} cannot be read: {error.strerror}.") from error
    is_har = _looks_like_har(stream.peek(_HEAD)[:_HEAD]) or name.lower().endswith(_OF_RECORDINGS)
    return Source(name, is_har=is_har, stream=stream)


def _is_there(name: str) -> bool:
    """Tell whether *name* can be read: a file, or a pipe, which is what a shell makes of ``<(…)``.

    A directory's name may be a word that somebody says.
    """
    try:
        return os.path.exists(name) and not os.path.isdir(name)  # noqa: PTH110, PTH112 - without pathlib, 5 ms sooner
    except (OSError, ValueError):
        return False


def _read_file(path: "Path") -> Source:
    """Read a text to its end; the stream of a recording is left open, for its reader to close."""
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(path.open("rb"))
            source = _opened(stream, str(path), path.stat().st_size)
            if source.is_har:
                stack.pop_all()
            return source
    except OSError as error:
        raise click.UsageError(f"{shown(str(path))} cannot be read: {error.strerror}.") from error


def _opened(stream: io.BufferedReader, name: str, size: int) -> Source:
    """Look at the beginning of *stream*, and read it if it is text."""
    head = stream.peek(_HEAD)[:_HEAD]
    if _looks_like_har(head) or name.lower().endswith(_OF_RECORDINGS):
        return Source(name, is_har=True, stream=stream, size=size)
    data = stream.read(LONGEST_TEXT + 1)
    if len(data) > LONGEST_TEXT:
        raise click.UsageError(
            f"{shown(name)} is longer than {LONGEST_TEXT:,} bytes and no HAR file. Give the part that fails."
        )
    return Source(name, data.decode(errors="replace"))


def _standard_input() -> io.BufferedReader:
    """Return standard input as bytes one can look ahead in, whatever it was replaced by."""
    stream = sys.stdin.buffer
    return (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    )


def _looks_like_har(head: bytes) -> bool:
    if head.startswith(_PACKED[0]):
        return True
    if head.startswith(_PACKED[1]):
        return True
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and b'"log"' in start[:200]


def _checked(source: Source, what: str) -> Source:
    if not source.is_har and not source.text.strip():
        raise click.UsageError(f"{what} is empty: there is nothing to explain.")
    return source


def _clipboard() -> str:
    import pyperclip

    try:
        return str(pyperclip.paste())
    except pyperclip.PyperclipException as error:
        raise click.UsageError(
            "The clipboard cannot be read here. Paste into the command instead: corsage explain -, then Ctrl-D."
        ) from error


__all__ = ["LONGEST_TEXT", "Source", "read_source"]
