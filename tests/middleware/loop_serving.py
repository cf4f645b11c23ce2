"""Servers that live in an event loop, in a thread of their own, ready when they say so."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeAlias

from tests.middleware.serving import listening

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    Serving: TypeAlias = Callable[[socket.socket], AbstractAsyncContextManager[None]]

_PATIENCE = 30


@contextlib.contextmanager
def loop_server(serving: Serving) -> Iterator[str]:
    """Serve on a listening socket for as long as *serving* is entered; yield the address."""
    end: Future[Callable[[], object]] = Future()

    async def serve(sock: socket.socket) -> None:
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with serving(sock):
            end.set_result(lambda: loop.call_soon_threadsafe(ended.set))
            await ended.wait()

    def run(sock: socket.socket) -> None:
        try:
            asyncio.run(serve(sock))
        except BaseException as failure:
            if end.done():
                raise
            end.set_exception(failure)

    with listening() as sock:
        thread = threading.Thread(target=run, args=(sock,))
        thread.start()
        stop = end.result(_PATIENCE)
        try:
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        finally:
            stop()
            thread.join(_PATIENCE)
