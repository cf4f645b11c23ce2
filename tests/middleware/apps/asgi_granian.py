"""The ASGI sample application before Granian, which awaits what our callable returns on a loop of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Unpack

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from tests.middleware.apps.asgi import app
from tests.middleware.serving import Options, Served

from corsage.middleware import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.asgi import ASGIApplication
    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("granian",)
WEBSOCKETS = True
LACKS = {"Vary on 500 for strangers": "the server answers exceptions that nobody may read about"}


def reserved() -> socket.socket:
    """Return a socket that keeps a port for a server which can be given nothing but a number."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind(("127.0.0.1", 0))
    return sock


def await_listening(port: int) -> None:
    """Return when something listens: the server does not say when."""
    pause = threading.Event()
    for _ in range(1_000):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 20):
            return
        pause.wait(0.01)
    raise AssertionError("the server did not start")


@contextlib.contextmanager
def granian_server(served: ASGIApplication) -> Iterator[str]:
    loop = asyncio.new_event_loop()
    servers: list[Server] = []

    async def run(port: int) -> None:
        server = Server(served, port=port, interface=Interfaces.ASGI, log_level=LogLevels.critical)
        servers.append(server)
        await server.serve()

    with reserved() as sock:
        port = sock.getsockname()[1]
        thread = threading.Thread(target=lambda: loop.run_until_complete(run(port)))
        thread.start()
        try:
            await_listening(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            loop.call_soon_threadsafe(servers[0].stop)
            thread.join(30)
            loop.close()


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    cors = CORS(policy, **options)
    with granian_server(cors.asgi(app)) as url:
        yield Served(url, cors.replace)
