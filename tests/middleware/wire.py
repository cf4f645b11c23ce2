"""Requests as bytes, so that nothing is tidied up on the way: doubled headers, strange methods, empty values."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import urlsplit

from corsage.model import HeaderList

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HeaderList
    body: bytes


def ask(url: str, method: str, path: str, headers: Pairs = (), body: bytes = b"") -> Answer:
    """Send one request to *path* on the server at *url*, and read all of the answer."""
    host = urlsplit(url).netloc
    length = [("Content-Length", str(len(body)))] if body or method in {"POST", "PUT"} else []
    pairs = [("Host", host), ("Connection", "close"), *length, *headers]
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in pairs), "", ""]
    name, _, port = host.rpartition(":")
    with socket.create_connection((name, int(port)), timeout=20) as sock:
        sock.sendall("\r\n".join(lines).encode("latin-1") + body)
        with HTTPResponse(sock, method=method) as response:
            response.begin()
            return Answer(response.status, HeaderList(response.getheaders()), response.read())
