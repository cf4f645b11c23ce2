"""What every sample application gives to the suite, and servers in threads, ready when they say so."""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any, TypedDict
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corsage.middleware import Denial
    from corsage.middleware.cors import Policies
    from corsage.server import Policy


class Options(TypedDict, total=False):
    """What the suite gives along with the policy, for whoever makes the `CORS`."""

    on_denied: Callable[[Denial], object]
    debug: bool
    log: bool


@dataclass(frozen=True)
class Served:
    """A sample application, served.

    Attributes:
        url: ``http://127.0.0.1:PORT``, without a slash.
        replace: lets another policy hold from the next request on: `CORS.replace`.
    """

    url: str
    replace: Callable[[Policy | Policies], None]


class _Uvicorn(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()

    def run_settling(self, sockets: list[socket.socket]) -> None:
        try:
            self.run(sockets)
        finally:
            self.settled.set()


@contextlib.contextmanager
def asgi_server(app: Callable[..., Any], **config: Any) -> Iterator[str]:
    """Serve *app* with uvicorn; yield its address."""
    # No pings: a random number drawn in a thread disturbs Hypothesis in another.
    settings: dict[str, Any] = {
        "ws": "websockets-sansio",
        "ws_ping_interval": None,
        "log_level": "critical",
        "loop": "asyncio",
        **config,
    }
    server = _Uvicorn(uvicorn.Config(app, **settings))
    with listening() as sock:
        thread = threading.Thread(target=server.run_settling, args=([sock],))
        thread.start()
        try:
            assert server.settled.wait(30)
            assert server.started, "the server did not start"
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


class _Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    # A socket that is closed while the kernel holds what nobody has read resets the connection, and the answer is lost.
    rbufsize = 1 << 16

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        pass


@contextlib.contextmanager
def wsgi_server(app: Callable[..., Any]) -> Iterator[str]:
    """Serve *app* with the standard library's server; yield its address."""
    with make_server("127.0.0.1", 0, app, _Threading, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(30)


def listening() -> socket.socket:
    """Return a socket that listens on loopback, on a port that nobody else has."""
    # Only where the protocol is named does asyncio turn Nagle's algorithm off, which costs 40 ms an answer.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    sock.listen(64)
    return sock
