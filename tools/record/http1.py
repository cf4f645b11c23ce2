"""HTTP/1.1 on a raw stream: requests are read and responses written byte for byte."""

import asyncio
import http
from collections.abc import Iterable
from dataclasses import dataclass

LIMIT = 1 << 20
_NO_BODY = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in: header names in lower case, values as latin-1 text."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header, or None."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request on a connection; None when the peer left without asking anything whole."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, headers = _parse_head(head)
        return Request(method, target, headers, await _read_body(reader, dict(headers)))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        return None


def _parse_head(head: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    method, target, _version = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return method, target, tuple((name.lower(), value.strip(" \t")) for name, _, value in pairs)


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return await _read_chunks(reader)
    length = int(headers.get("content-length", "0"))
    return await reader.readexactly(length)


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size = int((await reader.readuntil(b"\r\n")).split(b";")[0], 16)
        body += (await reader.readexactly(size + 2))[:size]
        if not size:
            return bytes(body)


def response(status: int, headers: Iterable[tuple[str, str]], body: bytes, *, head: bool = False) -> bytes:
    """The bytes of a response: the headers exactly as given, then the length, then the end of the connection.

    Args:
        status: Any three digits.
        headers: Names and values; characters are bytes (latin-1).
        body: Left out of answers to HEAD and of the statuses that have none, 204 and 304.
        head: Whether the request's method was HEAD.
    """
    lines = [f"HTTP/1.1 {status} {_reason(status)}", *(f"{name}: {value}" for name, value in headers)]
    if status not in _NO_BODY:
        lines.append(f"Content-Length: {len(body)}")
    lines += ["Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + (b"" if head or status in _NO_BODY else body)


def _reason(status: int) -> str:
    known = status in set(http.HTTPStatus) - {http.HTTPStatus.IM_A_TEAPOT}
    return http.HTTPStatus(status).phrase if known else "Status"
