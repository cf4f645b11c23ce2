"""From a stream of bytes to pieces of text: gzip and xz unpacked, UTF-16 understood, invalid bytes replaced.

Nothing is held but one piece, whatever the size of the file, and however far a small file unpacks.
"""

import codecs
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from corsage.clients.har.problems import Problems

PIECE: Final = 256 * 1024
# More than any browser can export, and what an hour of unpacking would not end.
MOST_BYTES: Final = 2 * 1024**3
_XZ_MEMORY: Final = 128 * 1024**2
_AGAIN: Final = "Export it once more; what came before this place is used."
_ARCHIVES: Final = {b"PK\x03\x04": "a ZIP archive", b"\x28\xb5\x2f\xfd": "compressed with Zstandard"}
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

Progress = Callable[[int], object]


class ByteStream(Protocol):
    """What is read: a binary file, a pipe, a `io.BytesIO`."""

    def read(self, size: int, /) -> bytes:
        """Return at most *size* bytes; none at the end."""


class _Unpacker(Protocol):
    """What `zlib` and `lzma` have in common."""

    @property
    def eof(self) -> bool:
        """Whether a compressed member ended."""

    @property
    def unused_data(self) -> bytes:
        """What follows that member."""


def pieces(stream: ByteStream, problems: Problems, progress: Progress | None = None) -> Iterator[str]:
    """Yield the text of *stream* piece by piece.

    Args:
        stream: the file, plain or compressed with gzip or xz.
        problems: where to say what was wrong.
        progress: is told how many bytes of *stream* have been read so far.

    Raises:
        OSError: *stream* itself cannot be read.
    """
    raw = _counted(stream, progress)
    head = next(raw, b"")
    decoder: codecs.IncrementalDecoder | None = None
    invalid = False
    for data in _bounded(_unpacked(head, raw, problems), problems):
        decoder = decoder or codecs.getincrementaldecoder(_encoding(data))("replace")
        text = decoder.decode(data)
        if not invalid and _REPLACEMENT in text and _REPLACEMENT.encode() not in data:
            invalid = True
            problems.add(
                "", "some bytes are no UTF-8", "They were replaced; header values may lack characters."
            )
        yield text
    if decoder is not None:
        yield decoder.decode(b"", final=True)


def _counted(stream: ByteStream, progress: Progress | None) -> Iterator[bytes]:
    count = 0
    while data := stream.read(PIECE):
        count += len(data)
        if progress is not None:
            progress(count)
        yield data


def _bounded(data: Iterator[bytes], problems: Problems) -> Iterator[bytes]:
    total = 0
    for piece in data:
        total += len(piece)
        if total > MOST_BYTES:
            problems.add(
                "", "there are more than 2 GiB of text", "The rest was not read: record less at a time."
            )
            return
        yield piece


def _encoding(head: bytes) -> str:
    # What PowerShell redirects to a file is UTF-16.
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def _unpacked(head: bytes, rest: Iterator[bytes], problems: Problems) -> Iterator[bytes]:
    for magic, kind in _ARCHIVES.items():
        if head.startswith(magic):
            problems.add("", f"the file is {kind}", "Unpack it, and give the .har file that is inside.")
            return
    if head.startswith(b"\x1f\x8b"):
        yield from _inflated(head, rest, problems)
    elif head.startswith(b"\xfd7zXZ\x00"):
        yield from _unxzed(head, rest, problems)
    else:
        yield head
        yield from rest


def _inflated(head: bytes, rest: Iterator[bytes], problems: Problems) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    data = head
    try:
        while data or (data := next(rest, b"")):
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(data, PIECE)
            data = _left(unpacker) or unpacker.unconsumed_tail
    except zlib.error as error:
        problems.add("", f"the gzip data is damaged ({error})", _AGAIN)
        return
    _check_end(unpacker, problems)


def _unxzed(head: bytes, rest: Iterator[bytes], problems: Problems) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
    data = head
    try:
        while data or not unpacker.needs_input or (data := next(rest, b"")):
            if unpacker.eof:
                unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            yield unpacker.decompress(data, PIECE)
            data = _left(unpacker)
            if unpacker.eof and not data and not (data := next(rest, b"")):
                break
    except lzma.LZMAError as error:
        problems.add("", f"the xz data is damaged ({error})", _AGAIN)
        return
    _check_end(unpacker, problems)


def _left(unpacker: _Unpacker) -> bytes:
    return unpacker.unused_data if unpacker.eof else b""


def _check_end(unpacker: _Unpacker, problems: Problems) -> None:
    if not unpacker.eof:
        problems.add("", "the compressed data is cut off", _AGAIN)
