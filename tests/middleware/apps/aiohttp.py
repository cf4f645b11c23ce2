"""The sample application in aiohttp."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Unpack

from aiohttp import web
from tests.middleware.loop_serving import loop_server
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served

from corsage.middleware.aiohttp import setup

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("aiohttp",)
WEBSOCKETS = True
LACKS: dict[str, str] = {}

routes = web.RouteTableDef()


@routes.get("/hello")
async def hello(_: web.Request) -> web.Response:
    return web.Response(text="hello", headers={"X-Rate": "7"})


@routes.get("/vary")
async def vary(_: web.Request) -> web.Response:
    return web.Response(text="vary", headers={"Vary": "Accept-Encoding"})


@routes.get("/own")
async def own(_: web.Request) -> web.Response:
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
    return web.Response(text="own", headers=headers)


@routes.get("/error")
async def error(_: web.Request) -> web.Response:
    raise RuntimeError("the sample application's own error")


@routes.put("/put")
async def put(_: web.Request) -> web.Response:
    return web.Response(text="put")


@routes.get("/redirect")
async def redirect(_: web.Request) -> web.Response:
    raise web.HTTPFound("/hello")


@routes.get("/stream")
async def stream(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    for chunk in (b"a", b"b", b"c"):
        await response.write(chunk)
    await response.write_eof()
    return response


@routes.get("/empty")
async def empty(_: web.Request) -> web.Response:
    return web.Response(status=204)


@routes.get("/private")
async def private(request: web.Request) -> web.Response:
    if "sid" not in request.cookies:
        raise web.HTTPUnauthorized
    return web.Response(text="private")


@routes.options("/options")
async def options(_: web.Request) -> web.Response:
    return web.Response(text="mine")


@routes.post("/echo")
async def echo(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


@routes.get("/ws")
async def ws(request: web.Request) -> web.WebSocketResponse:
    response = web.WebSocketResponse()
    await response.prepare(request)
    await response.send_str(await response.receive_str())
    await response.close()
    return response


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    logging.getLogger("aiohttp").setLevel(logging.CRITICAL)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(routes)
    cors = setup(app, policy, **options)

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        yield
        await runner.cleanup()

    with loop_server(serving) as url:
        yield Served(url, cors.replace)
