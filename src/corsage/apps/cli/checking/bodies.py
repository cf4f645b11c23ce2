"""Reads the request's body and headers."""

import sys
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from corsage.apps.cli.checking.arguments import Arguments
from corsage.apps.cli.text import shown
from corsage.browser.body_types import FORM_BOUNDARY
from corsage.model import Body, BodyKind

MOST_BYTES: Final = 64 * 1024 * 1024


def read_body(arguments: Arguments, problems: list[str]) -> Body | None:
    """Return the body that ``--data`` describes, or ``None``."""
    if arguments.data is None:
        return None
    data = _read_data(arguments.data, problems)
    kind = BodyKind(arguments.body_type or "text")
    if kind is BodyKind.FORM_DATA:
        data = _multipart(data)
    return Body(kind, data, arguments.blob_type if kind is BodyKind.BLOB else None)


def _read_data(data: str, problems: list[str]) -> bytes:
    """Return the bytes of *data*: itself, or as curl has it, ``@file`` or ``@-``."""
    if not data.startswith("@"):
        return data.encode("utf-8", "surrogateescape")
    try:
        content = _read_file(data[1:])
    except OSError as error:
        problems.append(f"--data {shown(data)}: {error.strerror or error}; give a readable file after the @")
        return b""
    if len(content) > MOST_BYTES:
        problems.append(
            f"--data {shown(data)}: larger than {MOST_BYTES:,} bytes; a smaller body shows the same"
        )
    return content


def _read_file(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _multipart(data: bytes) -> bytes:
    """Encode ``name=value&…`` as a browser sends a FormData object."""
    text = data.decode("utf-8", "surrogateescape")
    parts = [
        f'--{FORM_BOUNDARY}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'
        for name, value in parse_qsl(text, keep_blank_values=True)
    ]
    return f"{''.join(parts)}--{FORM_BOUNDARY}--\r\n".encode("utf-8", "surrogateescape")


def _quoted(name: str) -> str:
    # https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    return name.replace("\n", "%0A").replace("\r", "%0D").replace('"', "%22")


def read_headers(lines: tuple[str, ...], problems: list[str]) -> tuple[tuple[str, str], ...]:
    """Split ``Name: value`` lines. Whether a page may set them is the engine's to say."""
    pairs = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            problems.append(f"--header {shown(line)!r}: write it as 'Name: value'")
        else:
            pairs.append((name.strip(), value.strip(" \t")))
    return tuple(pairs)
