"""Bodies over the limit of Tornado's server, which it answers itself, below the application, without any header."""

from __future__ import annotations

import contextlib
import logging
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from tests.middleware.rows import A, origin
from tests.middleware.wire import ask

from corsage.server import Policy
from corsage.server.policy_set import PolicySet

pytest.importorskip("tornado")

from tests.middleware.loop_serving import loop_server
from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler, stream_request_body

from corsage.middleware.tornado import install

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from corsage.middleware.cors import Policies

B = "https://b.example"
ALLOW = "access-control-allow-origin"
LIMIT = 1_000
TOO_LARGE = b"x" * (LIMIT + 1)
FOR_A = Policy(origins=[A])


class Echo(RequestHandler):
    def post(self) -> None:
        self.write(self.request.body)


@stream_request_body
class Streamed(RequestHandler):
    def prepare(self) -> None:
        connection = self.request.connection
        assert isinstance(connection, HTTP1Connection)
        connection.set_max_body_size(2 * LIMIT)
        self.received = b""

    def data_received(self, chunk: bytes) -> None:
        self.received += chunk

    def post(self) -> None:
        self.write(self.received)


@contextlib.contextmanager
def served(policy: Policy | Policies) -> Iterator[str]:
    logging.getLogger("tornado").setLevel(logging.CRITICAL)
    application = Application([("/echo", Echo), ("/streamed", Streamed)])
    install(application, policy)

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(application, max_body_size=LIMIT)
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    with loop_server(serving) as url:
        yield url


def all_after(url: str, head: bytes) -> bytes:
    """Send *head* and nothing else; return what comes until the server ends the connection."""
    found = urlsplit(url)
    with socket.create_connection((found.hostname, found.port), timeout=20) as sock:
        sock.sendall(
            b"POST /echo HTTP/1.1\r\nHost: a\r\nOrigin: " + A.encode() + b"\r\n" + head + b"\r\n\r\n"
        )
        received = b""
        while chunk := sock.recv(1 << 16):
            received += chunk
        return received


@pytest.mark.parametrize("head", [b"", b"Expect: 100-continue\r\n", b"Connection: close\r\n"])
def test_one_answer_is_given_without_waiting_for_the_body(head: bytes) -> None:
    with served(FOR_A) as url:
        received = all_after(url, head + b"Content-Length: 1001")
    assert received.startswith(b"HTTP/1.1 413 ")
    assert received.count(b"HTTP/1.1 ") == 1
    assert b"Access-Control-Allow-Origin: " + A.encode() in received
    assert b"Connection: close" in received


@pytest.mark.parametrize("length", [b"x", b"-1", b"5, 6", b"9" * 21])
def test_lengths_that_are_none_are_left_to_tornado(length: bytes) -> None:
    with served(FOR_A) as url:
        assert all_after(url, b"Content-Length: " + length) == b"HTTP/1.1 400 Bad Request\r\n\r\n"


def test_a_handler_that_reads_the_body_itself_may_raise_the_limit() -> None:
    with served(FOR_A) as url:
        answer = ask(url, "POST", "/streamed", origin(A), TOO_LARGE)
        assert (answer.status, answer.body, answer.headers.get(ALLOW)) == (200, TOO_LARGE, A)


def test_where_there_is_no_policy_tornado_answers() -> None:
    with served(PolicySet(None, {"/other": FOR_A})) as url:
        assert ask(url, "POST", "/echo", origin(A), TOO_LARGE).status == 400


async def is_a(who: str) -> bool:
    return who == A


def test_a_lookup_is_awaited_first() -> None:
    with served(Policy(origin_lookup=is_a)) as url:
        for who, expected in ((A, A), (B, None)):
            answer = ask(url, "POST", "/echo", origin(who), TOO_LARGE)
            assert (answer.status, answer.headers.get(ALLOW)) == (413, expected)
            assert answer.headers.get("vary") == "Origin"
