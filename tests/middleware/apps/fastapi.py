"""The sample application in FastAPI."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Annotated, Unpack

from fastapi import Cookie, FastAPI, HTTPException, Request, Response, WebSocket
from fastapi.responses import PlainTextResponse, RedirectResponse, StreamingResponse
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware.fastapi import install

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("fastapi", "uvicorn")
WEBSOCKETS = True


def sample() -> FastAPI:
    app = FastAPI(default_response_class=PlainTextResponse, max_body_size=LARGEST_BODY)
    add_plain_routes(app)
    add_other_routes(app)
    return app


def add_plain_routes(app: FastAPI) -> None:
    @app.get("/hello")
    async def hello(response: Response) -> str:
        response.headers["X-Rate"] = "7"
        return "hello"

    @app.get("/vary")
    def vary(response: Response) -> str:
        response.headers["Vary"] = "Accept-Encoding"
        return "vary"

    @app.get("/own")
    def own(response: Response) -> str:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return "own"

    @app.get("/error")
    async def error() -> str:
        raise RuntimeError("the sample application's own error")

    @app.put("/put")
    def put() -> str:
        return "put"

    @app.get("/private")
    def private(sid: Annotated[str | None, Cookie()] = None) -> str:
        if sid is None:
            raise HTTPException(401)
        return "private"

    @app.options("/options")
    def options() -> str:
        return "mine"


def add_other_routes(app: FastAPI) -> None:
    @app.get("/redirect")
    def redirect() -> RedirectResponse:
        return RedirectResponse("/hello", 302)

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(iter("abc"), media_type="text/plain")

    @app.get("/empty", status_code=204, response_model=None)
    def empty() -> None:
        pass

    @app.post("/echo")
    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(await request.body())

    @app.websocket("/ws")
    async def echo_one(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.close()


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with asgi_server(app) as url:
        yield Served(url, cors.replace)
