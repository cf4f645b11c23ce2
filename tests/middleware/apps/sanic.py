"""The sample application in Sanic, in one process."""

from __future__ import annotations

import contextlib
import itertools
import logging
from typing import TYPE_CHECKING, Any, Unpack

from sanic import Request, Sanic, Websocket
from sanic.exceptions import Unauthorized
from sanic.response import HTTPResponse, empty, raw, redirect, text
from tests.middleware.loop_serving import loop_server
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served

from corsage.middleware.sanic import install

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("sanic",)
WEBSOCKETS = True
LACKS: dict[str, str] = {}

_NUMBERS = itertools.count(1)  # Sanic wants each application of a process to have a name of its own


def sample() -> Sanic[Any, Any]:
    # Sanic's extensions, where installed, would join by themselves.
    app = Sanic(f"sample{next(_NUMBERS)}", configure_logging=False)
    app.config.AUTO_EXTEND = False
    app.config.ACCESS_LOG = False
    app.config.REQUEST_MAX_SIZE = LARGEST_BODY
    app.config.update(WEBSOCKET_PING_INTERVAL=None)
    # It rewrites Sanic's classes for one application, and fails at the second of a process.
    app.config.TOUCHUP = False
    add_plain_routes(app)
    add_other_routes(app)
    return app


def add_plain_routes(app: Sanic[Any, Any]) -> None:
    @app.get("/hello")
    async def hello(_: Request) -> HTTPResponse:
        return text("hello", headers={"X-Rate": "7"})

    @app.get("/vary")
    async def vary(_: Request) -> HTTPResponse:
        return text("vary", headers={"Vary": "Accept-Encoding"})

    @app.get("/own")
    async def own(_: Request) -> HTTPResponse:
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
        return text("own", headers=headers)

    @app.put("/put")
    async def put(_: Request) -> HTTPResponse:
        return text("put")

    @app.get("/private")
    async def private(request: Request) -> HTTPResponse:
        if "sid" not in request.cookies:
            raise Unauthorized("log in")
        return text("private")

    @app.options("/options")
    async def options(_: Request) -> HTTPResponse:
        return text("mine")

    @app.post("/echo")
    async def echo(request: Request) -> HTTPResponse:
        return raw(request.body)


def add_other_routes(app: Sanic[Any, Any]) -> None:
    @app.get("/error")
    async def error(_: Request) -> HTTPResponse:
        raise RuntimeError("the sample application's own error")

    @app.get("/redirect")
    async def redirected(_: Request) -> HTTPResponse:
        return redirect("/hello")

    @app.get("/stream")
    async def stream(request: Request) -> None:
        response = await request.respond(content_type="text/plain")
        for chunk in ("a", "b", "c"):
            await response.send(chunk)
        await response.eof()

    @app.get("/empty")
    async def nothing(_: Request) -> HTTPResponse:
        return empty()

    async def ws(_: Request, socket: Websocket) -> None:
        await socket.send(await socket.recv() or "")

    app.add_websocket_route(ws, "/ws")


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    for name in ("sanic.root", "sanic.error", "sanic.server", "sanic.websockets"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app = sample()
    cors = install(app, policy, **options)

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server: Any = await app.create_server(sock=sock, return_asyncio_server=True)
        await server.startup()
        await server.before_start()
        await server.start_serving()
        await server.after_start()
        yield
        await server.before_stop()
        await server.close()
        await server.after_stop()

    try:
        with loop_server(serving) as url:
            yield Served(url, cors.replace)
    finally:
        Sanic.unregister_app(app)
