"""WebSocket routes with a policy of their own: an application that guards none, and one route that is guarded."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.serving import asgi_server
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

A, B = Origin("https://a.example"), Origin("https://b.example")
OPEN = Policy(origins=[A])
GUARDED = Policy(origins=[A], guard_websockets=True)


def of_starlette() -> Any:
    from starlette.applications import Starlette
    from starlette.routing import Route, WebSocketRoute

    from corsage.middleware.starlette import cross_origin, install

    async def echo(socket: Any) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())

    async def plain(_: Any) -> None:
        pass

    @cross_origin(GUARDED)
    async def guarded(socket: Any) -> None:
        await echo(socket)

    sockets = [WebSocketRoute("/open", echo), WebSocketRoute("/guarded", guarded)]
    app = Starlette(routes=[Route("/guarded", plain), *sockets])
    install(app, OPEN)
    return app


def of_litestar() -> Any:
    from litestar import Litestar, WebSocket
    from litestar.handlers import websocket

    from corsage.middleware.litestar import install

    async def echo(socket: WebSocket[Any, Any, Any]) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())

    echo.__annotations__["socket"] = WebSocket
    app = Litestar(
        [websocket("/open")(echo), websocket("/guarded", opt={"cors": GUARDED})(echo)], logging_config=None
    )
    install(app, OPEN)
    return app


def of_quart() -> Any:
    from quart import Quart, websocket

    from corsage.middleware.quart import cross_origin, install

    app = Quart(__name__)
    install(app, OPEN)

    @app.get("/guarded")
    async def plain() -> str:
        return "plain"

    @app.websocket("/open")
    async def echo() -> None:
        await websocket.send(await websocket.receive())

    @app.websocket("/guarded")
    @cross_origin(GUARDED)
    async def guarded() -> None:
        await echo()

    return app


def of_falcon() -> Any:
    import falcon.asgi

    from corsage.middleware.falcon import cross_origin, install

    class Echo:
        async def on_websocket(self, _: Any, ws: Any) -> None:
            await ws.accept()
            await ws.send_text(await ws.receive_text())

    class Guarded(Echo):
        async def on_get(self, _: Any, __: Any) -> None:
            pass

        @cross_origin(GUARDED)
        async def on_websocket(self, req: Any, ws: Any) -> None:
            await super().on_websocket(req, ws)

    app = falcon.asgi.App()
    app.add_route("/open", Echo())
    app.add_route("/guarded", Guarded())
    install(app, OPEN)
    return app


@pytest.mark.parametrize(
    "make", [of_starlette, of_litestar, of_quart, of_falcon], ids=lambda make: make.__name__
)
def test_a_socket_of_its_own_policy(make: Callable[[], Any]) -> None:
    framework = make.__name__.removeprefix("of_")
    if find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")
    with asgi_server(make()) as url:
        address = url.replace("http:", "ws:", 1)
        for path, page in (("/open", B), ("/guarded", A)):
            with connect(address + path, origin=page, proxy=None) as socket:
                socket.send("echo me")
                assert socket.recv() == "echo me"
        with pytest.raises(InvalidStatus) as caught:
            connect(address + "/guarded", origin=B, proxy=None)
        assert caught.value.response.status_code == 403
