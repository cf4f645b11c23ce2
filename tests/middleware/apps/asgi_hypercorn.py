"""The ASGI sample application before Hypercorn, which must see for itself that our callable is ASGI."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Unpack

from hypercorn.asyncio import serve as run
from hypercorn.config import Config
from tests.middleware.apps.asgi import app
from tests.middleware.serving import Options, Served, listening

from corsage.middleware import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.asgi import ASGIApplication
    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("hypercorn",)
WEBSOCKETS = True
LACKS = {"Vary on 500 for strangers": "the server answers exceptions that nobody may read about"}


@contextlib.contextmanager
def hypercorn_server(served: ASGIApplication) -> Iterator[str]:
    sock = listening()  # whoever connects before the server accepts is kept waiting by the kernel
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    config = Config()
    config.bind = [f"fd://{sock.detach()}"]
    config.errorlog = None
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def serve_until_stopped() -> None:
        loop.run_until_complete(run(served, config, shutdown_trigger=stop.wait))
        loop.close()

    thread = threading.Thread(target=serve_until_stopped)
    thread.start()
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    cors = CORS(policy, **options)
    with hypercorn_server(cors.asgi(app)) as url:
        yield Served(url, cors.replace)
