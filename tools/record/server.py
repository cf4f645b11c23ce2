"""The loopback server: one listening socket that is every host and every port of the scenarios."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from record import certificates, http1, socks
from record.scenarios import origins_of
from record.stage import Stage

Json = dict[str, Any]

_LEAVING = (OSError, EOFError, ssl.SSLError, ValueError, asyncio.IncompleteReadError)


class Server:
    """Accepts SOCKS connections on loopback and answers them itself.

    Attributes:
        port: of the proxy.
        attempts: how often Firefox may ask where a connection ends without an answer: once, for requests are counted.
    """

    attempts = 1

    def __init__(
        self, stage: Stage, certificate: certificates.Certificate, tls_ports: frozenset[int]
    ) -> None:
        self._stage = stage
        self.certificate = certificate
        self.port = 0
        self._tls_ports = tls_ports
        self._talks: set[asyncio.Task[None]] = set()

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection in a task of its own."""
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end, whatever the peer does."""
        try:
            with suppress(*_LEAVING):
                await self._serve(reader, writer)
        finally:
            writer.close()
            with suppress(*_LEAVING):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        endpoint = await socks.accept(reader, writer)
        if endpoint is None:
            return
        scheme = "https" if endpoint[1] in self._tls_ports else "http"
        if scheme == "https":
            await writer.start_tls(self.certificate.context)
        request = await http1.read_request(reader)
        answer = await self._stage.reply(request, scheme) if request else None
        if answer is not None:
            writer.write(answer)
            await writer.drain()

    async def hang_up(self) -> None:
        """End the connections that are still open."""
        talks = list(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


def tls_ports(scenarios: Iterable[Json]) -> frozenset[int]:
    """The ports that speak TLS: those of the https origins of the scenarios."""
    urls = (urlsplit(origin) for scenario in scenarios for origin in origins_of(scenario))
    return frozenset(url.port or 443 for url in urls if url.scheme == "https") | {443, 8443, 9443}


@asynccontextmanager
async def serving(stage: Stage, scenarios: list[Json]) -> AsyncIterator[Server]:
    """A server for these scenarios on a free port of loopback."""
    hosts = {urlsplit(origin).hostname or "" for scenario in scenarios for origin in origins_of(scenario)}
    server = Server(stage, certificates.make(hosts), tls_ports(scenarios))
    listener = await asyncio.start_server(server.connected, "127.0.0.1", 0, limit=http1.LIMIT)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        await server.hang_up()
        await listener.wait_closed()
