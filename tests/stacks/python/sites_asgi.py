"""ASGI applications of rendered configurations, with the routes of the matrix, under uvicorn."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from tests.middleware.serving import asgi_server
from tests.stacks.python.rendering import METHODS, flask_routes, module_of, needs, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator


def starlette_routes(app: Any) -> None:
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.responses import PlainTextResponse, RedirectResponse

    async def ok(_: Any) -> Any:
        return PlainTextResponse("ok", headers={"X-Total": "1"})

    async def boom(_: Any) -> Any:
        raise RuntimeError("the sample application's own error")

    async def moved(_: Any) -> Any:
        return RedirectResponse("/ok", 302)

    class Login(BaseHTTPMiddleware):
        async def dispatch(self, request: Any, call_next: Any) -> Any:
            if request.url.path == "/private":
                return PlainTextResponse("log in", 401)
            return await call_next(request)

    app.add_middleware(Login)
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


@contextlib.contextmanager
def quart(text: str) -> Iterator[str]:
    needs("quart", "quart_cors", "uvicorn")
    from quart import redirect, request

    app = module_of(text)["app"]
    flask_routes(app, redirect)

    async def login() -> Any:
        return ("log in", 401) if request.path == "/private" else None

    app.before_request(login)
    with asgi_server(app) as url:
        yield url


@contextlib.contextmanager
def litestar(text: str) -> Iterator[str]:
    needs("litestar", "uvicorn")
    from litestar import MediaType, Response, get, route
    from litestar.exceptions import NotAuthorizedException
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

    def login(*_: Any) -> None:
        raise NotAuthorizedException

    @get("/private", guards=[login], sync_to_thread=False)
    def private() -> str:
        return "private"

    for handler in (ok, boom, moved, private):
        handler.fn.__globals__.setdefault("Redirect", Redirect)
        handler.fn.__globals__.setdefault("Response", Response)
    app = module_of(text)["app"]
    app.logging_config = LoggingConfig(log_exceptions="never")
    for handler in (ok, boom, moved, private):
        app.register(handler)
    with asgi_server(app) as url:
        yield url


@contextlib.contextmanager
def falcon_asgi(text: str) -> Iterator[str]:
    needs("falcon", "uvicorn")
    import falcon.asgi as library
    from falcon import HTTPUnauthorized

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

    class Login:
        async def process_request(self, req: Any, _: Any) -> None:
            if req.path == "/private":
                raise HTTPUnauthorized

    app = library.App(middleware=[module_of(text)["Cors"](), Login()])
    for path, resource in {"/ok": Ok(), "/boom": Boom(), "/moved": Moved()}.items():
        app.add_route(path, resource)
    with quiet("falcon"), asgi_server(app) as url:
        yield url
