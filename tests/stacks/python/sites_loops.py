"""Applications that bring their own server, with the routes of the matrix."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from tests.middleware.loop_serving import loop_server
from tests.stacks.python.rendering import METHODS, module_of, needs, quiet

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator


@contextlib.contextmanager
def aiohttp(text: str) -> Iterator[str]:
    needs("aiohttp")
    from aiohttp import web

    async def ok(_: web.Request) -> web.Response:
        return web.Response(text="ok", headers={"X-Total": "1"})

    async def boom(_: web.Request) -> web.Response:
        raise RuntimeError("the sample application's own error")

    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("/ok")

    @web.middleware
    async def login(request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path == "/private":
            raise web.HTTPUnauthorized
        response: web.StreamResponse = await handler(request)
        return response

    app = module_of(text)["app"]
    app.middlewares.append(login)
    for method in METHODS:
        app.router.add_route(method, "/ok", ok)
    app.add_routes([web.get("/boom", boom), web.get("/moved", moved)])

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        yield
        await runner.cleanup()

    with quiet("aiohttp"), loop_server(serving) as url:
        yield url


@contextlib.contextmanager
def sanic(text: str) -> Iterator[str]:
    needs("sanic")
    from sanic import Sanic, response

    async def ok(_: Any) -> Any:
        return response.text("ok", headers={"X-Total": "1"})

    async def boom(_: Any) -> Any:
        raise RuntimeError("the sample application's own error")

    async def moved(_: Any) -> Any:
        return response.redirect("/ok")

    app = module_of(text)["app"]
    app.config.ACCESS_LOG = app.config.TOUCHUP = False

    async def login(request: Any) -> Any:
        return response.text("log in", 401) if request.path == "/private" else None

    app.register_middleware(login, "request", priority=50)
    app.add_route(ok, "/ok", methods=METHODS)
    app.add_route(boom, "/boom")
    app.add_route(moved, "/moved")

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server: Any = await app.create_server(sock=sock, return_asyncio_server=True)
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield
        await server.before_stop()
        await server.close()

    try:
        with quiet("sanic.root", "sanic.error", "sanic.server"), loop_server(serving) as url:
            yield url
    finally:
        Sanic.unregister_app(app)


@contextlib.contextmanager
def tornado(text: str) -> Iterator[str]:
    needs("tornado")
    from tornado.httpserver import HTTPServer
    from tornado.web import HTTPError

    rendered = module_of(text)
    base: Any = rendered["CorsHandler"]

    class Ok(base):  # type: ignore[misc]  # of the rendered module
        def get(self) -> None:
            self.set_header("X-Total", "1")
            self.write("ok")

        post = put = delete = patch = get

    class Boom(base):  # type: ignore[misc]  # likewise
        def get(self) -> None:
            raise RuntimeError("the sample application's own error")

    class Moved(base):  # type: ignore[misc]  # likewise
        def get(self) -> None:
            self.redirect("/ok")

    class Private(base):  # type: ignore[misc]  # likewise
        def prepare(self) -> None:
            raise HTTPError(401)

    app = rendered["app"]
    app.add_handlers(".*", [("/private", Private), ("/ok", Ok), ("/boom", Boom), ("/moved", Moved)])

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(app)
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    with quiet("tornado.access", "tornado.application", "tornado.general"), loop_server(serving) as url:
        yield url
