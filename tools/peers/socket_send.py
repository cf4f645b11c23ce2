"""Serve an aiohttp application on loopback and ask it there: it has no other door."""

import asyncio
import http.client
from threading import Thread
from typing import Any, Final

from corsage.model import HeaderList, WireRequest, WireResponse
from peers.wire import Send, module

_SECONDS: Final = 30
# An exception outside of the handlers ends the connection. To a page that is a failure like any without headers.
_DROPPED: Final = WireResponse(500)


def socket_send(app: Any) -> Send:  # noqa: ANN401 - aiohttp's
    """Start a server of *app* that ends with the process; return how to ask it."""
    web = module("aiohttp.web")
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, access_log=None)

    async def start() -> int:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return int(runner.addresses[0][1])

    port = loop.run_until_complete(start())
    Thread(target=loop.run_forever, daemon=True).start()

    def send(request: WireRequest) -> WireResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
        try:
            connection.putrequest(request.method, request.url.path, skip_accept_encoding=True)
            for name, value in request.headers:
                connection.putheader(name, value)
            body = request.body or b""
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return WireResponse(answer.status, HeaderList(answer.getheaders()), answer.read())
        except ConnectionError:
            return _DROPPED
        finally:
            connection.close()

    return send
