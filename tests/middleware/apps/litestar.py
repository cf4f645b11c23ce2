"""The sample application in Litestar."""

import contextlib
from collections.abc import Iterator
from typing import Any, Unpack

from litestar import Litestar, MediaType, Request, Response, WebSocket, get, post, put, route
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import websocket
from litestar.response import Redirect, Stream
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware.cors import Policies
from corsage.middleware.litestar import install
from corsage.server import Policy

NEEDS = ("litestar", "uvicorn")
WEBSOCKETS = True

AnyRequest = Request[Any, Any, Any]
AnySocket = WebSocket[Any, Any, Any]


@get("/hello", media_type=MediaType.TEXT)
async def hello() -> Response[str]:
    return Response("hello", headers={"X-Rate": "7"})


@get("/vary", media_type=MediaType.TEXT)
async def vary() -> Response[str]:
    return Response("vary", headers={"Vary": "Accept-Encoding"})


@get("/own", media_type=MediaType.TEXT)
async def own() -> Response[str]:
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}
    return Response("own", headers=headers)


@get("/error")
async def error() -> str:
    raise RuntimeError("the sample application's own error")


@put("/put", media_type=MediaType.TEXT)
async def put_() -> str:
    return "put"


@get("/redirect", status_code=302)
async def redirect() -> Redirect:
    return Redirect("/hello")


@get("/stream", media_type=MediaType.TEXT)
async def stream() -> Stream:
    return Stream(iter("abc"))


@get("/empty", status_code=204)
async def empty() -> None:
    pass


@get("/private", media_type=MediaType.TEXT)
async def private(request: AnyRequest) -> str:
    if "sid" not in request.cookies:
        raise NotAuthorizedException
    return "private"


@route("/options", http_method=["OPTIONS"], media_type=MediaType.TEXT, status_code=200)
async def options() -> str:
    return "mine"


@post("/echo", media_type=MediaType.TEXT, status_code=200)
async def echo(request: AnyRequest) -> bytes:
    return await request.body()


@websocket("/ws")
async def echo_one(socket: AnySocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


def sample() -> Litestar:
    plain = [hello, vary, own, error, put_, redirect, stream, empty, private, options, echo]
    return Litestar([*plain, echo_one], logging_config=None, request_max_body_size=LARGEST_BODY)


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with asgi_server(app) as url:
        yield Served(url, cors.replace)
