"""The sample application in Falcon, before ASGI."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Unpack

import falcon
import falcon.asgi
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware.falcon import install

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from falcon.asgi import Request, Response, WebSocket

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("falcon", "uvicorn")
WEBSOCKETS = True
ADDS_VARY = frozenset({"accept"})  # to its errors


class Hello:
    async def on_get(self, _: Request, resp: Response) -> None:
        resp.text = "hello"
        resp.set_header("X-Rate", "7")


class Vary:
    async def on_get(self, _: Request, resp: Response) -> None:
        resp.set_header("Vary", "Accept-Encoding")


class Own:
    async def on_get(self, _: Request, resp: Response) -> None:
        resp.text = "own"
        resp.set_header("Access-Control-Allow-Origin", "*")
        resp.set_header("Access-Control-Allow-Credentials", "true")


class Error:
    async def on_get(self, _: Request, __: Response) -> None:
        raise RuntimeError("the sample application's own error")


class Put:
    async def on_put(self, _: Request, resp: Response) -> None:
        resp.text = "put"


class Redirect:
    async def on_get(self, _: Request, __: Response) -> None:
        raise falcon.HTTPFound("/hello")


class Stream:
    async def on_get(self, _: Request, resp: Response) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            for chunk in (b"a", b"b", b"c"):
                yield chunk

        resp.stream = chunks()


class Empty:
    async def on_get(self, _: Request, resp: Response) -> None:
        resp.status = falcon.HTTP_204


class Private:
    async def on_get(self, req: Request, resp: Response) -> None:
        if "sid" not in req.cookies:
            raise falcon.HTTPUnauthorized
        resp.text = "private"


class OwnOptions:
    async def on_options(self, _: Request, resp: Response) -> None:
        resp.text = "mine"


class Echo:
    async def on_post(self, req: Request, resp: Response) -> None:
        if (req.content_length or 0) > LARGEST_BODY:
            raise falcon.HTTPError(falcon.HTTP_413)  # Falcon has no limit of its own
        resp.data = await req.stream.read()


class Socket:
    async def on_websocket(self, _: Request, ws: WebSocket) -> None:
        await ws.accept()
        await ws.send_text(await ws.receive_text())


RESOURCES: dict[str, Any] = {
    "/hello": Hello(),
    "/vary": Vary(),
    "/own": Own(),
    "/error": Error(),
    "/put": Put(),
    "/redirect": Redirect(),
    "/stream": Stream(),
    "/empty": Empty(),
    "/private": Private(),
    "/options": OwnOptions(),
    "/echo": Echo(),
    "/ws": Socket(),
}


def sample() -> falcon.asgi.App[Request, Response]:
    app = falcon.asgi.App(media_type="text/plain")
    for path, resource in RESOURCES.items():
        app.add_route(path, resource)
    return app


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with asgi_server(app) as url:
        yield Served(url, cors.replace)
