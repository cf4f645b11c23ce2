"""What only Tornado has: its own protections, transforms, delegates, and handlers' own policies."""

from __future__ import annotations

import contextlib
import logging
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.rows import A, origin, preflight
from tests.middleware.wire import ask

from corsage.middleware import CORS
from corsage.server import Policy
from corsage.server.policy_set import PolicySet

pytest.importorskip("tornado")

from tests.middleware.loop_serving import loop_server
from tornado.httpserver import HTTPServer
from tornado.routing import HostMatches, Router, Rule, RuleRouter
from tornado.web import Application, FallbackHandler, RequestHandler, StaticFileHandler, stream_request_body
from tornado.websocket import WebSocketHandler
from tornado.wsgi import WSGIContainer
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from corsage.middleware.tornado import EXEMPT, OriginsOfPolicy, cross_origin, install

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path

B = "https://b.example"
ALLOW = "access-control-allow-origin"
FOR_A = Policy(origins=[A], methods=["PUT"])
FOR_B = Policy(origins=[B], methods=["DELETE"])


@pytest.fixture(autouse=True)
def quiet() -> None:
    logging.getLogger("tornado").setLevel(logging.CRITICAL)


def served(application: Router) -> contextlib.AbstractContextManager[str]:
    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(application)
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    return loop_server(serving)


class Hello(RequestHandler):
    def get(self) -> None:
        self.write("hello")

    def put(self) -> None:
        self.write("put")


def allowed(url: str, method: str, path: str, who: str) -> str | None:
    return ask(url, method, path, origin(who)).headers.get(ALLOW)


def granted(url: str, path: str, who: str, method: str) -> tuple[str | None, str | None]:
    headers = ask(url, "OPTIONS", path, preflight(who, method)).headers
    return headers.get(ALLOW), headers.get("access-control-allow-methods")


def test_handlers_of_their_own_policy_whole_and_by_method() -> None:
    @cross_origin(FOR_B)
    class Own(Hello):
        @cross_origin(origins=[A], methods=["PUT"])
        def put(self) -> None:
            self.write("own")

    application = Application([("/hello", Hello), ("/own", Own)])
    install(application, FOR_A)
    with served(application) as url:
        assert [allowed(url, "GET", "/hello", who) for who in (A, B)] == [A, None]
        assert [allowed(url, "GET", "/own", who) for who in (A, B)] == [None, B]
        assert [allowed(url, "PUT", "/own", who) for who in (A, B)] == [A, None]
        assert granted(url, "/own", B, "DELETE") == (B, "DELETE")
        assert granted(url, "/own", A, "PUT") == (A, "PUT")
        assert granted(url, "/missing", A, "P T") == (A, "PUT")


def test_an_exempt_handler_is_left_alone() -> None:
    @cross_origin(EXEMPT)
    class LeftAlone(RequestHandler):
        def get(self) -> None:
            self.set_header("Access-Control-Allow-Origin", "*")

    application = Application([("/", LeftAlone)])
    install(application, FOR_A)
    with served(application) as url:
        answer = ask(url, "GET", "/", origin(B))
        assert (answer.headers.get(ALLOW), answer.headers.get("vary")) == ("*", None)
        assert ask(url, "OPTIONS", "/", preflight(A, "GET")).status == 405


def test_a_preflight_passes_before_all_of_tornados_protections() -> None:
    application = Application([("/", Hello)], xsrf_cookies=True, cross_origin_protection=True)
    install(application, FOR_A)
    with served(application) as url:
        assert ask(url, "OPTIONS", "/", preflight()).status == 204
        refused = ask(url, "PUT", "/", origin(A))
        assert (refused.status, refused.headers.get(ALLOW)) == (403, A)


def test_compression_and_its_vary(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("data" * 1_000)
    application = Application(
        [("/static/(.*)", StaticFileHandler, {"path": tmp_path}), ("/", Hello)], compress_response=True
    )
    install(application, FOR_A)
    with served(application) as url:
        answer = ask(url, "GET", "/static/data.txt", origin(A, ("Accept-Encoding", "gzip")))
        assert answer.headers.get("content-encoding") == "gzip"
        assert answer.headers.lines("vary") == ["Accept-Encoding, Origin"]
        etag = answer.headers.get("etag") or ""
        unchanged = ask(url, "GET", "/static/data.txt", origin(A, ("If-None-Match", etag)))
        assert (unchanged.status, unchanged.headers.get(ALLOW)) == (304, A)
        assert allowed(url, "GET", "/static/missing", A) == A


def test_cookies_and_doubled_headers_stay() -> None:
    class Many(RequestHandler):
        def get(self) -> None:
            self.set_cookie("a", "1")
            self.set_cookie("b", "2")
            for name in ("Cookie", "Accept"):
                self.add_header("Vary", name)

    application = Application([("/", Many)])
    install(application, FOR_A)
    with served(application) as url:
        headers = ask(url, "GET", "/", origin(A)).headers
        assert len(headers.lines("set-cookie")) == 2
        assert headers.lines("vary") == ["Cookie, Accept, Origin"]


async def is_tenant(who: str) -> bool:
    return who.startswith("https://tenant-")


@pytest.mark.parametrize("streamed", [False, True])
def test_a_lookup_is_awaited_before_the_body_is_read(streamed: bool) -> None:  # noqa: FBT001 - both ways
    class Echo(RequestHandler):
        def prepare(self) -> None:
            self.received = b""

        def data_received(self, chunk: bytes) -> None:
            self.received += chunk

        def post(self) -> None:
            self.write(self.received if streamed else self.request.body)

    application = Application([("/", stream_request_body(Echo) if streamed else Echo)])
    install(application, Policy(origins=[A], origin_lookup=is_tenant))
    with served(application) as url:
        for who, expected in (("https://tenant-1.example", "https://tenant-1.example"), (B, None)):
            answer = ask(url, "POST", "/", origin(who), b"x" * 200_000)
            assert (answer.headers.get(ALLOW), len(answer.body)) == (expected, 200_000)


class OnPolicy(OriginsOfPolicy):
    async def on_message(self, message: str | bytes) -> None:
        await self.write_message(message)


class OnTornado(WebSocketHandler):
    async def on_message(self, message: str | bytes) -> None:
        await self.write_message(message)


@pytest.mark.parametrize(
    ("handler", "who", "opens"),
    [(OnPolicy, A, True), (OnPolicy, B, False), (OnPolicy, None, True), (OnTornado, A, False)],
)
def test_which_websockets_open(handler: type[WebSocketHandler], who: str | None, opens: bool) -> None:  # noqa: FBT001 - a table
    application = Application([("/ws", handler)])
    install(application, FOR_A)
    with served(application) as url:
        address, page = url.replace("http", "ws") + "/ws", None if who is None else Origin(who)
        if opens:
            with connect(address, origin=page, proxy=None) as ws:
                ws.send("me")
                assert ws.recv() == "me"
        else:
            with pytest.raises(InvalidStatus, match="403"):
                connect(address, origin=page, proxy=None)


def test_an_application_within_a_router() -> None:
    application = Application([("/", Hello)])
    install(application, PolicySet(None, {"/": FOR_A}))
    with served(RuleRouter([Rule(HostMatches("127.0.0.1"), application)])) as url:
        assert allowed(url, "GET", "/", A) == A
        assert granted(url, "/", A, "PUT") == (A, "PUT")


def wsgi(_: object, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Vary", "Cookie"), ("Access-Control-Allow-Origin", "*")])
    return [b"wsgi"]


def with_others_within() -> Application:
    """Make an application, in whose rules stand others: one with a policy of its own, and one of WSGI."""

    class Fails(RequestHandler):
        def get(self) -> None:
            raise RuntimeError("the sample application's own error")

    own = Application([("/own/", Hello)])
    install(own, Policy(origin_lookup=is_tenant, methods=["PUT"]))
    fallback = {"fallback": WSGIContainer(wsgi)}
    return Application(
        [
            ("/nested/.*", Application([("/nested/", Hello), ("/nested/fails", Fails)])),
            ("/own/.*", own),
            ("/wsgi", FallbackHandler, fallback),
            ("/callable", WSGIContainer(wsgi)),
        ]
    )


def test_applications_within_another_have_its_policy() -> None:
    application = with_others_within()
    install(application, FOR_A)
    with served(application) as url:
        for path, status in (("/nested/", 200), ("/nested/fails", 500), ("/nested/missing", 404)):
            answer = ask(url, "GET", path, origin(A))
            assert (answer.status, answer.headers.lines(ALLOW)) == (status, [A])
            assert answer.headers.lines("vary") == ["Origin"]
            assert allowed(url, "GET", path, B) is None
            assert granted(url, path, A, "PUT") == (A, "PUT")


@pytest.mark.parametrize("path", ["/wsgi", "/callable"])
def test_wsgi_applications_within_have_the_policy(path: str) -> None:
    application = with_others_within()
    install(application, FOR_A)
    with served(application) as url:
        answer = ask(url, "GET", path, origin(A))
        assert (answer.body, answer.headers.lines(ALLOW)) == (b"wsgi", [A])
        assert answer.headers.lines("vary") == ["Cookie, Origin"]
        assert allowed(url, "GET", path, B) is None
        assert granted(url, path, A, "PUT") == (A, "PUT")


def test_an_application_within_keeps_a_policy_of_its_own() -> None:
    application = with_others_within()
    install(application, FOR_A)
    tenant = "https://tenant-1.example"
    with served(application) as url:
        assert [allowed(url, "GET", "/own/", who) for who in (A, tenant)] == [None, tenant]
        assert [granted(url, "/own/", who, "PUT")[0] for who in (A, tenant)] == [None, tenant]


def test_one_connection_carries_many_answers() -> None:
    application = Application([("/", Hello)])
    install(application, FOR_A)
    with served(application) as url:
        connection = HTTPConnection(url.removeprefix("http://"))
        for who in (A, B, A):
            connection.request("GET", "/", headers={"Origin": who})
            answer = connection.getresponse()
            assert (answer.read(), answer.getheader(ALLOW)) == (b"hello", A if who == A else None)
        connection.close()


def test_a_default_handler_and_handlers_that_are_added_later() -> None:
    application = Application(default_handler_class=Hello)
    install(application, FOR_A)
    application.add_handlers(".*", [("/later", Hello)])
    with served(application) as url:
        assert [allowed(url, "GET", path, A) for path in ("/later", "/any")] == [A, A]


def test_what_install_refuses() -> None:
    application = Application()
    cors = CORS(FOR_A)
    options: dict[str, Any] = {"on_denied": print}
    with pytest.raises(TypeError, match="made already"):
        install(application, cors, **options)
    assert install(application, cors) is cors
    with pytest.raises(RuntimeError, match="stands before"):
        install(application, FOR_A)
