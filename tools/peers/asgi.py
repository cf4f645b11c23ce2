"""Call an ASGI application as a server does."""

import asyncio
import atexit
from functools import lru_cache
from typing import Any

from corsage.model import HeaderList, WireRequest, WireResponse
from peers.wire import Send, latin

_SECONDS = 30


def asgi_send(app: Any, *, lifespan: bool = False) -> Send:  # noqa: ANN401 - applications of many frameworks
    """Return how to ask *app*; with *lifespan*, it is told first that the server has started."""
    loop = _loop()
    if lifespan:
        loop.run_until_complete(asyncio.wait_for(_start(app), _SECONDS))

    def send(request: WireRequest) -> WireResponse:
        return loop.run_until_complete(asyncio.wait_for(_ask(app, request), _SECONDS))

    return send


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The loop of this process, which lives as long."""
    loop = asyncio.new_event_loop()
    atexit.register(loop.close)
    return loop


async def _start(app: Any) -> None:  # noqa: ANN401 - see above
    started: asyncio.Queue[str] = asyncio.Queue()
    waiting = iter([{"type": "lifespan.startup"}])

    async def receive() -> dict[str, Any]:
        for message in waiting:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        await started.put(message["type"])

    task = asyncio.create_task(
        app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    )
    _RUNNING.add(task)
    if await started.get() != "lifespan.startup.complete":
        raise RuntimeError("the application could not start")


_RUNNING: set[asyncio.Task[None]] = set()


async def _ask(app: Any, request: WireRequest) -> WireResponse:  # noqa: ANN401 - see above
    sent: list[dict[str, Any]] = []
    complete = asyncio.Event()
    waiting = iter([{"type": "http.request", "body": request.body or b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        for message in waiting:
            return message
        await complete.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            complete.set()

    try:
        await app(_scope(request), receive, send)
    except Exception:  # noqa: BLE001 - servers catch whatever an application lets through
        if not sent:
            return WireResponse(500, HeaderList([("content-type", "text/plain")]), b"Internal Server Error")
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return WireResponse(start["status"], HeaderList(latin(start.get("headers", ()))), body)


def _scope(request: WireRequest) -> dict[str, Any]:
    path = request.url.path
    headers = [(b"host", b"api.example")]
    headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 443),
        "state": {},
        "extensions": {},
    }
