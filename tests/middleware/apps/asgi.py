"""The sample application, in ASGI and nothing else."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Unpack

from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.asgi_rest import Receive, Scope, Send
    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("uvicorn",)
WEBSOCKETS = True
LACKS = {"Vary on 500 for strangers": "the server answers exceptions that nobody may read about"}
TEXT = (b"content-type", b"text/plain")


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "websocket":
        await echo_one(receive, send)
    else:
        await answer(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    for step in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{step}.complete"})


async def echo_one(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    message = await receive()
    await send({"type": "websocket.send", "text": message.get("text")})
    await send({"type": "websocket.close"})


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    status, headers, chunks = route(scope["method"], scope["path"], dict(scope["headers"]))
    if (scope["method"], scope["path"]) == ("POST", "/echo"):
        body = await body_from(receive)
        status, chunks = (200, [body]) if len(body) <= LARGEST_BODY else (413, [b"too large"])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    for chunk in chunks:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def body_from(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def route(  # noqa: C901, PLR0912 - one line for each route
    method: str, path: str, asked: dict[bytes, bytes]
) -> tuple[int, list[tuple[bytes, bytes]], list[bytes]]:
    match method, path:
        case ("GET", "/hello"):
            return 200, [TEXT, (b"x-rate", b"7")], [b"hello"]
        case ("HEAD", "/hello"):
            return 200, [TEXT, (b"x-rate", b"7")], []
        case ("GET", "/vary"):
            return 200, [TEXT, (b"vary", b"Accept-Encoding")], [b"vary"]
        case ("GET", "/own"):
            own = [(b"access-control-allow-origin", b"*"), (b"access-control-allow-credentials", b"true")]
            return 200, [TEXT, *own], [b"own"]
        case ("GET", "/error"):
            raise RuntimeError("the sample application's own error")
        case ("PUT", "/put"):
            return 200, [TEXT], [b"put"]
        case (_, "/put"):
            return 405, [TEXT, (b"allow", b"PUT")], [b"not allowed"]
        case ("GET", "/redirect"):
            return 302, [(b"location", b"/hello")], []
        case ("GET", "/stream"):
            return 200, [TEXT], [b"a", b"b", b"c"]
        case ("GET", "/empty"):
            return 204, [], []
        case ("GET", "/private"):
            known = b"sid" in asked.get(b"cookie", b"")
            return (200, [TEXT], [b"private"]) if known else (401, [TEXT], [b"log in"])
        case ("OPTIONS", "/options"):
            return 200, [TEXT], [b"mine"]
        case ("POST", "/echo"):
            return 200, [TEXT], []
    return 404, [TEXT], [b"not found"]


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    cors = CORS(policy, **options)
    with asgi_server(cors.asgi(app)) as url:
        yield Served(url, cors.replace)
