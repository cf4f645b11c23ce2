"""Chromium's DevTools protocol over a WebSocket: commands, and the events between them."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect

from record.errors import RecordError

Json = dict[str, Any]
_PATIENCE = 30.0


class Cdp:
    """One connection to a browser; `events` holds what arrived since it was last emptied."""

    def __init__(self, socket: ClientConnection) -> None:
        self.events: list[Json] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Json]] = {}

    async def call(self, method: str, session: str | None = None, **params: object) -> Json:
        """Send a command and wait for its answer.

        Raises:
            RecordError: The browser refused the command or did not answer.
        """
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        message = {"id": number, "method": method, "params": params} | (
            {"sessionId": session} if session else {}
        )
        try:
            await self._socket.send(json.dumps(message))
            reply = await asyncio.wait_for(answer, _PATIENCE)
        except (TimeoutError, websockets.ConnectionClosed):
            raise RecordError(f"Chromium did not answer {method}") from None
        if "error" in reply:
            raise RecordError(f"Chromium refused {method}: {reply['error'].get('message')}")
        result: Json = reply.get("result", {})
        return result

    async def listen(self) -> None:
        """Sort what arrives into answers and events until the connection ends."""
        with suppress(websockets.ConnectionClosed):
            async for text in self._socket:
                message = json.loads(text)
                if waiting := self._answers.pop(message.get("id", 0), None):
                    waiting.set_result(message)
                elif "method" in message:
                    self.events.append(message)


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[Cdp]:
    """A connection to the browser at this WebSocket address."""
    # No pings: the browser is here, and a random number drawn in this thread would disturb tests in another.
    async with connect(address, max_size=None, compression=None, proxy=None, ping_interval=None) as socket:
        cdp = Cdp(socket)
        listener = asyncio.create_task(cdp.listen())
        try:
            yield cdp
        finally:
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)
