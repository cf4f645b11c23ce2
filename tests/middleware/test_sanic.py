"""What only Sanic has: response middleware of all kinds, views, blueprints, streams, handlers' own policies."""

from __future__ import annotations

import contextlib
import itertools
import logging
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.rows import A, origin, preflight
from tests.middleware.wire import ask

from corsage.middleware import CORS
from corsage.server import Policy
from corsage.server.policy_set import PolicySet

pytest.importorskip("sanic")

from sanic import Blueprint, Request, Sanic, Websocket
from sanic.exceptions import Unauthorized
from sanic.response import BaseHTTPResponse, HTTPResponse, empty, file_stream, text
from sanic.views import HTTPMethodView
from tests.middleware.loop_serving import loop_server
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from corsage.middleware.sanic import EXEMPT, cross_origin, install

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

B = "https://b.example"
ALLOW = "access-control-allow-origin"
FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["DELETE"])
NUMBERS = itertools.count(1)


@pytest.fixture
def app() -> Iterator[Sanic[Any, Any]]:
    made = Sanic(f"special{next(NUMBERS)}", configure_logging=False)
    made.config.AUTO_EXTEND = made.config.ACCESS_LOG = made.config.TOUCHUP = False
    logging.getLogger("sanic.error").setLevel(logging.CRITICAL)
    logging.getLogger("sanic.root").setLevel(logging.CRITICAL)
    yield made
    Sanic.unregister_app(made)


def served(app: Sanic[Any, Any]) -> contextlib.AbstractContextManager[str]:
    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server: Any = await app.create_server(sock=sock, return_asyncio_server=True)
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield
        await server.close()

    return loop_server(serving)


async def hello(_: Request) -> HTTPResponse:
    return text("hello")


def allowed(url: str, method: str, path: str, who: str) -> str | None:
    return ask(url, method, path, origin(who)).headers.get(ALLOW)


def granted(url: str, path: str, who: str, method: str) -> tuple[str | None, str | None]:
    headers = ask(url, "OPTIONS", path, preflight(who, method)).headers
    return headers.get(ALLOW), headers.get("access-control-allow-methods")


def test_a_handler_of_its_own_policy(app: Sanic[Any, Any]) -> None:
    @cross_origin(FOR_B)
    async def own(_: Request) -> HTTPResponse:
        return text("own")

    app.add_route(hello, "/path", methods=["GET"])
    app.add_route(own, "/path", methods=["DELETE"])
    install(app, FOR_A)
    with served(app) as url:
        assert [allowed(url, "GET", "/path", who) for who in (A, B)] == [A, None]
        assert [allowed(url, "DELETE", "/path", who) for who in (A, B)] == [None, B]
        assert granted(url, "/path", B, "DELETE") == (B, "DELETE")
        assert granted(url, "/path", A, "PUT") == (A, "PUT")
        assert granted(url, "/missing", A, "P T") == (A, "PUT")


def test_a_view_one_of_its_methods_and_a_blueprint(app: Sanic[Any, Any]) -> None:
    @cross_origin(origins=[B])
    class View(HTTPMethodView):
        async def get(self, _: Request) -> HTTPResponse:
            return text("get")

        @cross_origin(FOR_A)
        async def put(self, _: Request) -> HTTPResponse:
            return text("put")

    blueprint = Blueprint("api", url_prefix="/api")
    blueprint.add_route(View.as_view(), "/view")
    app.blueprint(blueprint)
    install(app, Policy())
    with served(app) as url:
        assert [allowed(url, "GET", "/api/view", who) for who in (A, B)] == [None, B]
        assert [allowed(url, "PUT", "/api/view", who) for who in (A, B)] == [A, None]
        assert granted(url, "/api/view", A, "PUT") == (A, "PUT")


def test_a_policy_stays_with_the_route_that_has_it(app: Sanic[Any, Any]) -> None:
    class View(HTTPMethodView):
        async def get(self, _: Request) -> HTTPResponse:
            return text("get")

    app.add_route(hello, "/private", name="private")
    app.add_route(cross_origin(FOR_B)(hello), "/public", name="public")
    app.add_route(View.as_view(), "/private/view", name="private_view")
    app.add_route(cross_origin(FOR_B)(View).as_view(), "/public/view", name="public_view")
    install(app, FOR_A)
    with served(app) as url:
        for path in ("/private", "/private/view"):
            assert [allowed(url, "GET", path, who) for who in (A, B)] == [A, None]
        for path in ("/public", "/public/view"):
            assert [allowed(url, "GET", path, who) for who in (A, B)] == [None, B]


def test_a_method_that_no_handler_has_is_for_the_handlers_of_the_path(app: Sanic[Any, Any]) -> None:
    app.add_route(hello, "/plain", methods=["GET"])
    app.add_route(cross_origin(FOR_B)(hello), "/own", methods=["DELETE"], name="own")
    install(app, FOR_A)
    with served(app) as url:
        assert ask(url, "PUT", "/own", origin(B)).status == 405
        assert [allowed(url, "PUT", path, who) for path in ("/plain", "/own") for who in (A, B)] == [
            A,
            None,
            None,
            B,
        ]


@pytest.mark.parametrize("given", [Blueprint("api"), HTTPMethodView()])
def test_what_is_no_handler_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match="below the route's decorator"):
        cross_origin(FOR_B)(given)


def test_an_exempt_handler_is_left_alone(app: Sanic[Any, Any]) -> None:
    @cross_origin(EXEMPT)
    async def left_alone(_: Request) -> HTTPResponse:
        return text("", headers={"Access-Control-Allow-Origin": "*"})

    app.add_route(left_alone, "/")
    install(app, FOR_A)
    with served(app) as url:
        answer = ask(url, "GET", "/", origin(B))
        assert (answer.headers.get(ALLOW), answer.headers.get("vary")) == ("*", None)
        assert ask(url, "OPTIONS", "/", preflight(A, "GET")).status == 405


def test_a_websocket_of_its_own_policy(app: Sanic[Any, Any]) -> None:
    @cross_origin(origins=[B], guard_websockets=True)
    async def echo(_: Request, ws: Websocket) -> None:
        await ws.send(await ws.recv() or "")

    app.add_websocket_route(echo, "/ws")
    install(app, FOR_A)
    with served(app) as url:
        address = url.replace("http", "ws") + "/ws"
        with connect(address, origin=Origin(B), proxy=None) as ws:
            ws.send("me")
            assert ws.recv() == "me"
        with pytest.raises(InvalidStatus, match="403"):
            connect(address, origin=Origin(A), proxy=None)


async def raising(_request: Request, _response: BaseHTTPResponse) -> None:
    raise RuntimeError("a response middleware's own error")


async def replacing(_request: Request, _response: BaseHTTPResponse) -> HTTPResponse:
    return text("replaced", headers={"Vary": "Cookie"})


async def saying_more(_request: Request, response: BaseHTTPResponse) -> None:
    response.headers.add("Access-Control-Allow-Origin", "*")


@pytest.mark.parametrize("middleware", [raising, replacing, saying_more], ids=lambda each: each.__name__)
@pytest.mark.parametrize("priority", [-1, 0, 999])
def test_other_response_middleware_changes_nothing(
    app: Sanic[Any, Any], middleware: Any, priority: int
) -> None:
    async def stream(request: Request) -> None:
        response = await request.respond(content_type="text/plain")
        await response.send("a")
        await response.eof()

    app.add_route(hello, "/")
    app.add_route(stream, "/stream")
    app.register_middleware(middleware, "response", priority=priority)
    install(app, FOR_A)
    with served(app) as url:
        for path in ("/", "/missing") if middleware is replacing else ("/", "/missing", "/stream"):
            headers = ask(url, "GET", path, origin(A)).headers
            assert headers.lines(ALLOW) == [A]
            assert "Origin" in (headers.get("vary") or "")


def test_files_whole_and_streamed(app: Sanic[Any, Any], tmp_path: Path) -> None:
    path = tmp_path / "data.txt"
    path.write_text("data")

    async def streamed(_: Request) -> Any:
        return await file_stream(path)

    app.add_route(streamed, "/streamed")
    app.static("/static", tmp_path)
    install(app, FOR_A)
    with served(app) as url:
        for each in ("/streamed", "/static/data.txt", "/static/missing"):
            assert ask(url, "GET", each, origin(A)).headers.lines(ALLOW) == [A]


def test_a_preflight_needs_no_login_and_refusals_are_readable(app: Sanic[Any, Any]) -> None:
    async def login(request: Request) -> None:
        if request.path != "/open":
            raise Unauthorized("log in")

    app.config.REQUEST_MAX_SIZE = 1_000  # of head and body
    app.register_middleware(login, "request", priority=999)
    app.add_route(hello, "/", methods=["GET", "PUT"])
    app.add_route(hello, "/open", methods=["PUT"], name="open")
    install(app, FOR_A)
    with served(app) as url:
        assert ask(url, "OPTIONS", "/", preflight()).status == 204
        assert ask(url, "OPTIONS", "/missing", preflight()).status == 204
        unauthorized = ask(url, "PUT", "/", origin(A))
        assert (unauthorized.status, unauthorized.headers.get(ALLOW)) == (401, A)
        large = ask(url, "PUT", "/open", origin(A), b"x" * 2_000)
        assert (large.status, large.headers.get(ALLOW)) == (413, A)


def test_an_answer_that_is_none_and_an_error_within_an_error_are_readable(app: Sanic[Any, Any]) -> None:
    async def nonsense(_: Request) -> Any:
        return 7

    async def failing(_: Request, _exception: Exception) -> HTTPResponse:
        raise RuntimeError("an error handler's own error")

    async def raises(_: Request) -> HTTPResponse:
        raise LookupError

    app.add_route(nonsense, "/nonsense")
    app.add_route(raises, "/raises")
    app.error_handler.add(LookupError, failing)
    install(app, FOR_A)
    with served(app) as url:
        for path in ("/nonsense", "/raises"):
            answer = ask(url, "GET", path, origin(A))
            assert (answer.status, answer.headers.lines(ALLOW)) == (500, [A])


def test_paths_are_decoded_before_they_choose_a_policy(app: Sanic[Any, Any]) -> None:
    async def nothing(_: Request) -> HTTPResponse:
        return empty()

    app.add_route(nothing, "/café", unquote=True)
    install(app, PolicySet(None, {"/café": FOR_A}))
    with served(app) as url:
        assert allowed(url, "GET", "/caf%C3%A9", A) == A


def test_what_install_refuses(app: Sanic[Any, Any]) -> None:
    cors = CORS(FOR_A)
    with pytest.raises(TypeError, match="made already"):
        install(app, cors, log=False)
    assert install(app, cors) is cors
    with pytest.raises(RuntimeError, match="stands before"):
        install(app, FOR_A)
