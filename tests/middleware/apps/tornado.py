"""The sample application in Tornado."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Unpack

from tests.middleware.loop_serving import loop_server
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from corsage.middleware.tornado import install

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("tornado",)
WEBSOCKETS = True
LACKS: dict[str, str] = {}


class Text(RequestHandler):
    def set_default_headers(self) -> None:
        self.set_header("Content-Type", "text/plain")


class Hello(Text):
    def get(self) -> None:
        self.set_header("X-Rate", "7")
        self.write("hello")

    def head(self) -> None:
        self.get()


class Vary(Text):
    def get(self) -> None:
        self.set_header("Vary", "Accept-Encoding")
        self.write("vary")


class Own(Text):
    def get(self) -> None:
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Access-Control-Allow-Credentials", "true")
        self.write("own")


class Error(Text):
    def get(self) -> None:
        raise RuntimeError("the sample application's own error")


class Put(Text):
    def put(self) -> None:
        self.write("put")


class Redirect(Text):
    def get(self) -> None:
        self.redirect("/hello")


class Stream(Text):
    async def get(self) -> None:
        for chunk in ("a", "b", "c"):
            self.write(chunk)
            await self.flush()


class Empty(Text):
    def get(self) -> None:
        self.set_status(204)


class Private(Text):
    def prepare(self) -> None:
        if self.get_cookie("sid") is None:
            self.send_error(401)

    def get(self) -> None:
        self.write("private")


class OwnOptions(Text):
    def options(self) -> None:
        self.write("mine")


class Echo(Text):
    def post(self) -> None:
        self.write(self.request.body)


class Socket(WebSocketHandler):
    def check_origin(self, origin: str) -> bool:  # noqa: ARG002 - the policy says whether there is a guard
        return True

    async def on_message(self, message: str | bytes) -> None:
        await self.write_message(message)
        self.close()


ROUTES = [
    ("/hello", Hello),
    ("/vary", Vary),
    ("/own", Own),
    ("/error", Error),
    ("/put", Put),
    ("/redirect", Redirect),
    ("/stream", Stream),
    ("/empty", Empty),
    ("/private", Private),
    ("/options", OwnOptions),
    ("/echo", Echo),
    ("/ws", Socket),
]


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    for name in ("tornado.access", "tornado.application", "tornado.general"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    application = Application(ROUTES)
    cors = install(application, policy, **options)

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(application, max_body_size=LARGEST_BODY)
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    with loop_server(serving) as url:
        yield Served(url, cors.replace)
