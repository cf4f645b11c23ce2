"""Real browsers on two pages of different origins, and the way from there to the sample applications.

The browser sends all its traffic through one SOCKS proxy on loopback, which serves the pages itself, connects to the
applications that are open, and refuses all else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from record import certificates, http1, socks
from record.server import Server
from record.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Iterator

    from record.browser import Browser

Json = dict[str, Any]
Result = TypeVar("Result")

# The application's host, so that cookies of the one are sent to the other; and another host.
PAGE = "http://127.0.0.1:3000"
STRANGER = "http://localhost:3000"

_PAGES = Path(__file__).parent / "pages"
_KINDS = {"/page.html": "text/html;charset=utf-8", "/page.js": "text/javascript;charset=utf-8"}
_PATIENCE = 60.0


class Page:
    """A page that plays rows, and the queues between it and us."""

    def __init__(self) -> None:
        self._rows: asyncio.Queue[list[Json]] = asyncio.Queue()
        self._results: asyncio.Queue[list[Json] | None] = asyncio.Queue()

    async def turn(self, results: list[Json] | None) -> list[Json]:
        """Take what came of the last rows, and give the next."""
        self._results.put_nowait(results)
        return await self._rows.get()

    async def arrival(self) -> None:
        """Wait until the page asks for its first rows."""
        await asyncio.wait_for(self._results.get(), _PATIENCE)

    async def play(self, rows: list[Json]) -> list[Json]:
        """Have the page play *rows*; what came of each."""
        self._rows.put_nowait(rows)
        return await asyncio.wait_for(self._results.get(), _PATIENCE) or []


class Relay(Server):
    """What the browser takes for the network.

    Attributes:
        pages: by origin.
        port: of the proxy.
        attempts: as many as Firefox makes by itself: servers hang up after an unhandled error.
    """

    attempts = 10

    def __init__(self) -> None:
        super().__init__(Stage(), certificates.make(()), frozenset())
        self.pages = {PAGE: Page(), STRANGER: Page()}

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        endpoint = await socks.accept(reader, writer)
        if endpoint is None:
            return
        host, port = endpoint
        page = self.pages.get(f"http://{host}:{port}")
        if page is not None:
            await _serve_page(page, reader, writer)
        elif host == "127.0.0.1":
            await _connect(port, reader, writer)


async def _serve_page(page: Page, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    request = await http1.read_request(reader)
    if request is None:
        return
    if request.path == "/turn":
        rows = await page.turn(json.loads(request.body))
        answer = http1.response(200, [("Content-Type", "application/json")], json.dumps(rows).encode())
    elif request.path in _KINDS:
        headers = [("Content-Type", _KINDS[request.path]), ("Cache-Control", "no-store")]
        answer = http1.response(200, headers, (_PAGES / request.path[1:]).read_bytes())
    else:
        answer = http1.response(404, [], b"")
    writer.write(answer)
    await writer.drain()


async def _connect(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Carry bytes between the browser and an application, until either has ended."""
    there, back = await asyncio.open_connection("127.0.0.1", port)
    ways = {asyncio.create_task(_carry(*way)) for way in ((reader, back), (there, writer))}
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        back.close()
        with contextlib.suppress(OSError):
            await back.wait_closed()


async def _carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(1 << 16):
        sink.write(data)
        await sink.drain()


@contextlib.asynccontextmanager
async def _visiting(browser: Browser, program: str) -> AsyncIterator[Relay]:
    relay = Relay()
    listener = await asyncio.start_server(relay.connected, "127.0.0.1", 0)
    relay.port = listener.sockets[0].getsockname()[1]
    try:
        async with browser.open(program, relay, f"{PAGE}/page.html"):
            for page in relay.pages.values():
                await page.arrival()
            yield relay
    finally:
        listener.close()
        await relay.hang_up()
        await listener.wait_closed()


class Visit:
    """A running browser on both pages, for tests that are not asynchronous."""

    def __init__(self, loop: asyncio.AbstractEventLoop, relay: Relay) -> None:
        self._loop = loop
        self._relay = relay

    def play(self, origin: str, rows: list[Json]) -> list[Json]:
        """Have the page of *origin* play *rows*."""
        return in_loop(self._loop, self._relay.pages[origin].play(rows))


def in_loop(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Result]) -> Result:
    """Do *work* in the loop of another thread."""
    return asyncio.run_coroutine_threadsafe(work, loop).result(2 * _PATIENCE)


@contextlib.contextmanager
def visit(browser: Browser, program: str) -> Iterator[Visit]:
    """Start a browser and open both pages; it is gone afterwards."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    visiting = _visiting(browser, program)
    try:
        relay = in_loop(loop, visiting.__aenter__())
        try:
            yield Visit(loop, relay)
        finally:
            in_loop(loop, visiting.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
