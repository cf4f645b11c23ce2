"""The sample application in Starlette."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Unpack

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware.starlette import install

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("starlette", "uvicorn")
WEBSOCKETS = True


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello", headers={"X-Rate": "7"})


async def vary(_: Request) -> Response:
    return PlainTextResponse("vary", headers={"Vary": "Accept-Encoding"})


async def own(_: Request) -> Response:
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
    return PlainTextResponse("own", headers=headers)


async def error(_: Request) -> Response:
    raise RuntimeError("the sample application's own error")


async def put(_: Request) -> Response:
    return PlainTextResponse("put")


async def redirect(_: Request) -> Response:
    return RedirectResponse("/hello", 302)


async def stream(_: Request) -> Response:
    async def chunks() -> AsyncIterator[str]:
        for chunk in "abc":
            yield chunk

    return StreamingResponse(chunks(), media_type="text/plain")


async def empty(_: Request) -> Response:
    return Response(status_code=204)


async def private(request: Request) -> Response:
    if "sid" in request.cookies:
        return PlainTextResponse("private")
    return PlainTextResponse("log in", 401)


async def options(_: Request) -> Response:
    return PlainTextResponse("mine")


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


async def echo_one(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


def sample() -> Starlette:
    simple = [hello, vary, own, error, redirect, stream, empty, private]
    return Starlette(
        routes=[
            *(Route(f"/{endpoint.__name__}", endpoint) for endpoint in simple),
            Route("/put", put, methods=["PUT"]),
            Route("/options", options, methods=["OPTIONS"]),
            Route("/echo", echo, methods=["POST"]),
            WebSocketRoute("/ws", echo_one),
        ],
        max_body_size=LARGEST_BODY,
    )


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with asgi_server(app) as url:
        yield Served(url, cors.replace)
