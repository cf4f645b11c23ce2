"""One request to an ASGI application, without a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corsage.model import HeaderList

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from tests.middleware.wire import Pairs

A = "https://a.example"
B = "https://b.example"


@dataclass(frozen=True)
class Called:
    status: int
    headers: HeaderList

    @property
    def allows(self) -> str | None:
        return self.headers.get("access-control-allow-origin")


def call(app: Callable[..., Any], method: str, path: str, headers: Pairs = (), **scope: object) -> Called:
    """Ask *app*; what it raises after its answer is left to the server, which is not there."""
    sent: list[MutableMapping[str, Any]] = []

    requests: list[dict[str, object]] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, object]:
        if not requests:
            await asyncio.Event().wait()  # the client stays
        return requests.pop()

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    pairs = [(b"host", b"api.example"), *((name.lower().encode(), value.encode()) for name, value in headers)]
    asked = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": pairs,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        **scope,
    }

    async def run() -> None:
        await app(asked, receive, send)

    try:
        asyncio.run(run())
    except RuntimeError:
        assert sent, "raised, and nothing was answered"
    start = next(message for message in sent if message["type"] == "http.response.start")
    shown = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    return Called(start["status"], HeaderList(shown))


def get(app: Callable[..., Any], path: str, origin: str, **scope: object) -> Called:
    return call(app, "GET", path, (("Origin", origin),), **scope)


def preflight(
    app: Callable[..., Any], path: str, origin: str, method: str = "PUT", **scope: object
) -> Called:
    asked = (("Origin", origin), ("Access-Control-Request-Method", method))
    return call(app, "OPTIONS", path, asked, **scope)
