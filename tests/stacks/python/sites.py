"""Rendered configurations at work: each is executed as a module, given the routes of the matrix, and served."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.middleware.loop_serving import loop_server
from tests.middleware.serving import asgi_server, wsgi_server
from tests.stacks.serving import running

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Iterator

METHODS: Final = ("GET", "POST", "PUT", "DELETE", "PATCH")
_numbers = itertools.count(1)


def module_of(text: str) -> dict[str, Any]:
    """Execute a rendered file, as Python does when it is imported."""
    namespace: dict[str, Any] = {"__name__": f"rendered{next(_numbers)}"}
    exec(compile(text, "rendered", "exec"), namespace)  # noqa: S102 - it is what our renderer wrote
    return namespace


def needs(*modules: str) -> None:
    """Skip where one of *modules* is not installed."""
    for name in modules:
        pytest.importorskip(name)


def starlette_routes(app: Any) -> None:
    from starlette.responses import PlainTextResponse, RedirectResponse

    async def ok(_: Any) -> Any:
        return PlainTextResponse("ok", headers={"X-Total": "1"})

    async def boom(_: Any) -> Any:
        raise RuntimeError("the sample application's own error")

    async def moved(_: Any) -> Any:
        return RedirectResponse("/ok", 302)

    app.router.add_route("/ok", ok, methods=list(METHODS))
    app.router.add_route("/boom", boom)
    app.router.add_route("/moved", moved)


@contextlib.contextmanager
def starlette(text: str, inner: str = "site") -> Iterator[str]:
    needs("starlette", "uvicorn")
    rendered = module_of(text)
    starlette_routes(rendered[inner])
    with asgi_server(rendered["app"]) as url:
        yield url


@contextlib.contextmanager
def fastapi(text: str) -> Iterator[str]:
    needs("fastapi")
    with starlette(text, "api") as url:
        yield url


def _boom() -> str:
    raise RuntimeError("the sample application's own error")


def _flask_routes(app: Any, redirect: Callable[[str], Any]) -> None:
    app.add_url_rule("/ok", "ok", lambda: ("ok", 200, {"X-Total": "1"}), methods=METHODS)
    app.add_url_rule("/boom", "boom", _boom)
    app.add_url_rule("/moved", "moved", lambda: redirect("/ok"))
    app.logger.setLevel(logging.CRITICAL)


@contextlib.contextmanager
def flask(text: str) -> Iterator[str]:
    needs("flask", "flask_cors")
    from flask import redirect

    app = module_of(text)["app"]
    _flask_routes(app, redirect)
    with wsgi_server(app) as url:
        yield url


@contextlib.contextmanager
def quart(text: str) -> Iterator[str]:
    needs("quart", "quart_cors", "uvicorn")
    from quart import redirect

    app = module_of(text)["app"]
    _flask_routes(app, redirect)
    with asgi_server(app) as url:
        yield url


@contextlib.contextmanager
def litestar(text: str) -> Iterator[str]:
    needs("litestar", "uvicorn")
    from litestar import MediaType, Response, get, route
    from litestar.logging import LoggingConfig
    from litestar.response import Redirect

    @route("/ok", http_method=list(METHODS), media_type=MediaType.TEXT, status_code=200, sync_to_thread=False)
    def ok() -> Response[str]:
        return Response("ok", headers={"X-Total": "1"})

    @get("/boom", sync_to_thread=False)
    def boom() -> str:
        raise RuntimeError("the sample application's own error")

    @get("/moved", status_code=302, sync_to_thread=False)
    def moved() -> Redirect:
        return Redirect("/ok")

    for handler in (ok, boom, moved):
        handler.fn.__globals__.setdefault("Redirect", Redirect)
        handler.fn.__globals__.setdefault("Response", Response)
    app = module_of(text)["app"]
    app.logging_config = LoggingConfig(log_exceptions="never")
    for handler in (ok, boom, moved):
        app.register(handler)
    with asgi_server(app) as url:
        yield url


@contextlib.contextmanager
def falcon(text: str) -> Iterator[str]:
    needs("falcon")
    import falcon as library

    class Ok:
        def on_get(self, _: Any, resp: Any) -> None:
            resp.text = "ok"
            resp.set_header("X-Total", "1")

        on_post = on_put = on_delete = on_patch = on_get

    class Boom:
        def on_get(self, _: Any, __: Any) -> None:
            raise RuntimeError("the sample application's own error")

    class Moved:
        def on_get(self, _: Any, __: Any) -> None:
            raise library.HTTPFound("/ok")

    app = module_of(text)["app"]
    for path, resource in {"/ok": Ok(), "/boom": Boom(), "/moved": Moved()}.items():
        app.add_route(path, resource)

    def quiet(environ: dict[str, Any], start_response: Any) -> Any:
        return app({**environ, "wsgi.errors": io.StringIO()}, start_response)

    with wsgi_server(quiet) as url:
        yield url


@contextlib.contextmanager
def falcon_asgi(text: str) -> Iterator[str]:
    needs("falcon", "uvicorn")
    import falcon.asgi as library

    class Ok:
        async def on_get(self, _: Any, resp: Any) -> None:
            resp.text = "ok"
            resp.set_header("X-Total", "1")

        on_post = on_put = on_delete = on_patch = on_get

    class Boom:
        async def on_get(self, _: Any, __: Any) -> None:
            raise RuntimeError("the sample application's own error")

    class Moved:
        async def on_get(self, _: Any, resp: Any) -> None:
            resp.status = 302
            resp.location = "/ok"

    app = library.App(middleware=[module_of(text)["Cors"]()])
    for path, resource in {"/ok": Ok(), "/boom": Boom(), "/moved": Moved()}.items():
        app.add_route(path, resource)
    with _quiet("falcon"), asgi_server(app) as url:
        yield url


_DJANGO_BASE: Final = """
ALLOWED_HOSTS = ["*"]
LOGGING_CONFIG = None
ROOT_URLCONF = "urls"
SECRET_KEY = "of tests"
INSTALLED_APPS += ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
"""
_DJANGO_URLS: Final = """
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


def boom(request):
    raise RuntimeError("the sample application's own error")


urlpatterns = [
    path("ok", csrf_exempt(lambda request: HttpResponse("ok", headers={"X-Total": "1"}))),
    path("boom", boom),
    path("moved", lambda request: HttpResponseRedirect("/ok")),
]
"""


_DJANGO_SERVER: Final = """
import sys
from wsgiref.simple_server import make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

django.setup()
call_command("check")
make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
"""


@contextlib.contextmanager
def django(text: str) -> Iterator[str]:
    """Let Django check the settings and serve with them, in a process of its own: it has settings but once."""
    needs("django", "corsheaders")
    with tempfile.TemporaryDirectory() as made:
        Path(made, "settings.py").write_text(text + _DJANGO_BASE, encoding="utf-8")
        Path(made, "urls.py").write_text(_DJANGO_URLS, encoding="utf-8")
        Path(made, "server.py").write_text(_DJANGO_SERVER, encoding="utf-8")
        env = {"DJANGO_SETTINGS_MODULE": "settings"}
        with running(lambda port: [sys.executable, "server.py", str(port)], cwd=Path(made), env=env) as url:
            yield url


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

    app = module_of(text)["app"]
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

    with _quiet("aiohttp"), loop_server(serving) as url:
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
        with _quiet("sanic.root", "sanic.error", "sanic.server"), loop_server(serving) as url:
            yield url
    finally:
        Sanic.unregister_app(app)


@contextlib.contextmanager
def tornado(text: str) -> Iterator[str]:
    needs("tornado")
    from tornado.httpserver import HTTPServer

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

    app = rendered["app"]
    app.add_handlers(".*", [("/ok", Ok), ("/boom", Boom), ("/moved", Moved)])

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(app)
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    with _quiet("tornado.access", "tornado.application", "tornado.general"), loop_server(serving) as url:
        yield url


@contextlib.contextmanager
def _quiet(*loggers: str) -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in loggers}
    for name in loggers:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
