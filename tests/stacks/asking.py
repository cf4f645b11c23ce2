"""One request of a test, as it is written."""

from __future__ import annotations

import contextlib
import http.client
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def ask(
    base: str,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, http.client.HTTPMessage]:
    """Ask the server at *base*, ``http://127.0.0.1:PORT``; return the status and the headers."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
