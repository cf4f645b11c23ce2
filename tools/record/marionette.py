"""Firefox's Marionette protocol: length-prefixed JSON over TCP, one command after the other."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from record.errors import RecordError

Json = dict[str, Any]
_PATIENCE = 60.0


class Marionette:
    """One connection to a browser."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._numbers = itertools.count(1)

    async def call(self, command: str, **parameters: object) -> Any:  # noqa: ANN401 - whatever the command gives
        """Send a command and wait for its result.

        Raises:
            RecordError: The browser refused the command or did not answer.
        """
        message = json.dumps([0, next(self._numbers), command, parameters]).encode()
        try:
            self._writer.write(b"%d:%s" % (len(message), message))
            await self._writer.drain()
            _, _, error, result = await asyncio.wait_for(self.receive(), _PATIENCE)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            raise RecordError(f"Firefox did not answer {command}") from None
        if error:
            raise RecordError(f"Firefox refused {command}: {error.get('message')}")
        return result

    async def receive(self) -> Any:  # noqa: ANN401 - a greeting or an answer
        """The next message."""
        length = int((await self._reader.readuntil(b":"))[:-1])
        return json.loads(await self._reader.readexactly(length))


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Marionette]:
    """A connection to the browser that listens on this port of loopback."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    marionette = Marionette(reader, writer)
    try:
        await asyncio.wait_for(marionette.receive(), _PATIENCE)
        yield marionette
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
