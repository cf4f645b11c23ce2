"""Single questions to servers, asked plainly."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corsage.model import HeaderList, WireResponse

if TYPE_CHECKING:
    from corsage.model.evidence import Answer


def ask(url: str, method: str = "GET", **headers: str) -> WireResponse:
    """Ask once; names of *headers* have underscores for hyphens."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(
            method, path, headers={name.replace("_", "-"): each for name, each in headers.items()}
        )
        response = connection.getresponse()
        return WireResponse(response.status, HeaderList(response.getheaders()), response.read())
    finally:
        connection.close()


def answer_of(response: WireResponse) -> Answer:
    """Return *response* as evidence."""
    from corsage.model.evidence import Answer

    body = response.body or b""
    return Answer(response.status, response.headers, whole=True, body=body.decode(errors="replace"))
