"""The applications that servers serve, made when they ask: a bare one and a framework's, behind each middleware."""

from typing import Any

from bench.cors.asgi_runner import bare_app
from bench.cors.cases import ALLOWED_ORIGIN, LISTED
from corsage.middleware.asgi import CORSMiddleware
from peers.adapters.corsage_asgi import policy
from peers.adapters.starlette import options
from peers.wire import module

# What an allowed page must be told, whoever tells it.
_BY_HAND = [
    (b"content-type", b"text/plain"),
    (b"content-length", b"5"),
    (b"access-control-allow-origin", ALLOWED_ORIGIN.encode()),
    (b"access-control-expose-headers", b"X-Rate"),
    (b"vary", b"Origin"),
]


async def _by_hand(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401, ARG001 - ASGI
    await send({"type": "http.response.start", "status": 200, "headers": _BY_HAND})
    await send({"type": "http.response.body", "body": b"hello"})


def _framework() -> Any:  # noqa: ANN401 - untyped here, see `module`
    text = module("starlette.responses").PlainTextResponse

    async def endpoint(_: object) -> Any:  # noqa: ANN401 - as the framework wants it
        return text("hello")

    route = module("starlette.routing").Route("/hello", endpoint, methods=["GET", "PUT"])
    return module("starlette.applications").Starlette(routes=[route])


def __getattr__(name: str) -> Any:  # noqa: ANN401 - applications
    if name == "by_hand":
        return _by_hand
    base, _, middleware = name.partition("_behind_")
    app: Any = bare_app if base == "bare" else _framework()
    if middleware == "corsage":
        return CORSMiddleware(app, policy(LISTED))
    if middleware == "starlette" and base == "bare":
        return module("starlette.middleware.cors").CORSMiddleware(app, **options(LISTED))
    if middleware == "starlette":
        app.add_middleware(module("starlette.middleware.cors").CORSMiddleware, **options(LISTED))
    return app
