"""The sample application in Quart."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Unpack

from quart import Quart, Response, redirect, request, websocket
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, asgi_server

from corsage.middleware.quart import install

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("quart", "uvicorn")
WEBSOCKETS = True
Answer = tuple[str, int, dict[str, str]]


def sample() -> Quart:
    app = Quart(__name__)
    app.logger.disabled = True
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    add_plain_routes(app)
    add_other_routes(app)
    return app


def add_plain_routes(app: Quart) -> None:
    @app.get("/hello")
    async def hello() -> Answer:
        return "hello", 200, {"X-Rate": "7"}

    @app.get("/vary")
    async def vary() -> Answer:
        return "vary", 200, {"Vary": "Accept-Encoding"}

    @app.get("/own")
    async def own() -> Answer:
        return "own", 200, {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true"}

    @app.get("/error")
    async def error() -> str:
        raise RuntimeError("the sample application's own error")

    @app.put("/put")
    async def put() -> str:
        return "put"

    @app.get("/private")
    async def private() -> Answer:
        return ("private", 200, {}) if "sid" in request.cookies else ("log in", 401, {})

    @app.route("/options", methods=["OPTIONS"], provide_automatic_options=False)
    async def options() -> str:
        return "mine"


def add_other_routes(app: Quart) -> None:
    @app.get("/redirect")
    async def redirect_() -> Response:
        return redirect("/hello", 302)  # type: ignore[return-value]  # of Werkzeug, says the annotation

    @app.get("/stream")
    async def stream() -> tuple[AsyncIterator[bytes], int]:
        async def chunks() -> AsyncIterator[bytes]:
            for chunk in (b"a", b"b", b"c"):
                yield chunk

        return chunks(), 200

    @app.get("/empty")
    async def empty() -> Answer:
        return "", 204, {}

    @app.post("/echo")
    async def echo() -> Response:
        return Response(await request.get_data(), content_type="text/plain")

    @app.websocket("/ws")
    async def echo_one() -> None:
        await websocket.send(await websocket.receive())


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with asgi_server(app) as url:
        yield Served(url, cors.replace)
