"""What comes back from the server."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

import pytest

from corsage.model import FailureKind, NetworkFailure, WireResponse

if TYPE_CHECKING:
    from tests.clients.conftest import Serve, Step, Transport, Wire

    from corsage.clients.live import Exchange


LENGTH = b"Content-Length: %d\r\n\r\n%b"
ZERO = LENGTH % (0, b"")
HEAD = b"HTTP/1.1 200 OK\r\n"


def answer(exchange: Exchange) -> WireResponse:
    assert isinstance(exchange.response, WireResponse), exchange.response
    return exchange.response


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            b"A: 1\r\nB: 2\r\na: 3\r\n", [("A", "1"), ("B", "2"), ("a", "3")], id="order, duplicates"
        ),
        pytest.param(b"A: \t x y\t \r\n", [("A", "x y")], id="outer whitespace goes"),
        pytest.param(b"A:\r\nB: \r\n", [("A", ""), ("B", "")], id="empty values"),
        pytest.param(b"A: \xe9\xff\r\n", [("A", "é\xff")], id="latin-1"),
        pytest.param("A: é\r\n".encode(), [("A", "Ã©")], id="UTF-8 is bytes, too"),
        pytest.param(b"A: \x1b[31m\x07\x7f\r\n", [("A", "\x1b[31m\x07\x7f")], id="controls stay"),
        pytest.param(b"A: b\r\n  c\r\n\td\r\nE: f\r\n", [("A", "b c d"), ("E", "f")], id="obs-fold"),
        pytest.param(b"A:\r\n b\r\n", [("A", "b")], id="obs-fold of nothing"),
        pytest.param(b"A : b\r\n", [("A", "b")], id="whitespace before the colon"),
        pytest.param(b"A: b: c\r\n", [("A", "b: c")], id="colon in the value"),
        pytest.param(b"A: b\n", [("A", "b")], id="bare line feed"),
        pytest.param(b"Set-Cookie: a=b\r\n" * 3, [("Set-Cookie", "a=b")] * 3, id="cookies apart"),
    ],
)
def test_headers_come_back_as_they_were(
    serve: Serve, transport: Transport, wire: Wire, lines: bytes, expected: list[tuple[str, str]]
) -> None:
    server = serve(HEAD + lines + ZERO)
    send = transport()
    send(wire(server.url()))
    assert list(answer(send.exchanges[0]).headers)[:-1] == expected


@pytest.mark.parametrize(
    ("line", "status", "reason", "version"),
    [
        pytest.param(b"HTTP/1.1 200 OK", 200, "OK", "HTTP/1.1", id="plain"),
        pytest.param(b"HTTP/1.0 404 Not  Here ", 404, "Not  Here", "HTTP/1.0", id="1.0, many words"),
        pytest.param(b"HTTP/1.1 299", 299, "", "HTTP/1.1", id="no reason"),
        pytest.param(b"HTTP/1.1 500 ", 500, "", "HTTP/1.1", id="empty reason"),
        pytest.param(b"HTTP/1.1 200 \xe9\x1b[0m", 200, "é\x1b[0m", "HTTP/1.1", id="raw reason"),
        pytest.param(b"HTTP/1.1 999 Odd", 999, "Odd", "HTTP/1.1", id="999"),
    ],
)
def test_status_line(
    serve: Serve, transport: Transport, wire: Wire, line: bytes, status: int, reason: str, version: str
) -> None:
    server = serve(line + b"\r\n" + ZERO)
    send = transport()
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert (answer(exchange).status, exchange.reason, exchange.http_version) == (status, reason, version)
    assert answer(exchange).address == exchange.address == "127.0.0.1"
    assert exchange.timing is not None
    assert 0 < exchange.timing.connect <= exchange.timing.first_byte <= exchange.timing.total < 20
    assert exchange.certificate is None


@pytest.mark.parametrize(
    ("response", "body"),
    [
        pytest.param(HEAD + LENGTH % (4, b"\0\xffab"), b"\0\xffab", id="length"),
        pytest.param(HEAD + b"\r\nuntil the end", b"until the end", id="until the end"),
        pytest.param(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
            b"abcde",
            id="chunked, with a trailer",
        ),
        pytest.param(
            HEAD + b"Content-Encoding: gzip\r\n" + LENGTH % (len(gzip.compress(b"hi")), gzip.compress(b"hi")),
            b"hi",
            id="gzip",
        ),
        pytest.param(
            HEAD
            + b"Content-Encoding: deflate\r\n"
            + LENGTH % (len(zlib.compress(b"hi")), zlib.compress(b"hi")),
            b"hi",
            id="deflate",
        ),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", b"", id="204"),
        pytest.param(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", b"", id="304"),
        pytest.param(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + HEAD + LENGTH % (1, b"x"), b"x", id="103"
        ),
        pytest.param(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\nA: b\r\n\r\n" + HEAD + LENGTH % (1, b"x"),
            b"x",
            id="100, 102",
        ),
    ],
)
def test_body(serve: Serve, transport: Transport, wire: Wire, response: bytes, body: bytes) -> None:
    server = serve(response)
    send = transport()
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert answer(exchange).body == body
    assert not exchange.truncated
    assert exchange.body_failure is None
    assert not {"link", "a", "x-trailer"} & set(answer(exchange).headers.names())


BOMB = gzip.compress(b"0" * 20_000_000)


@pytest.mark.parametrize(
    ("response", "limit", "size", "truncated"),
    [
        pytest.param(HEAD + LENGTH % (10, b"0" * 10), 10, 10, False, id="exactly the limit"),
        pytest.param(HEAD + LENGTH % (11, b"0" * 11), 10, 10, True, id="one more"),
        pytest.param(HEAD + LENGTH % (1, b"0"), 0, 0, True, id="nothing wanted"),
        pytest.param(HEAD + LENGTH % (0, b""), 0, 0, False, id="nothing wanted, nothing there"),
        pytest.param(
            HEAD + b"Content-Encoding: gzip\r\n" + LENGTH % (len(BOMB), BOMB),
            1000,
            1000,
            True,
            id="gzip bomb",
        ),
        pytest.param(HEAD + b"\r\n" + b"0" * 4_000_000, 1000, 1000, True, id="much, without length"),
    ],
)
def test_body_is_cut(
    serve: Serve, transport: Transport, wire: Wire, response: bytes, limit: int, size: int, *, truncated: bool
) -> None:
    server = serve(response)
    send = transport(max_body_bytes=limit)
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert answer(exchange).body == b"0" * size
    assert exchange.truncated is truncated
    assert exchange.body_failure is None


@pytest.mark.parametrize(
    ("response", "body", "kind"),
    [
        pytest.param(HEAD + LENGTH % (9, b"abc"), b"abc", FailureKind.CONNECTION_CLOSED, id="closed early"),
        pytest.param(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"",
            FailureKind.PROTOCOL_ERROR,
            id="bad chunk",
        ),
        pytest.param(
            HEAD + b"Content-Encoding: gzip\r\n" + LENGTH % (3, b"abc"),
            b"",
            FailureKind.PROTOCOL_ERROR,
            id="not gzip at all",
        ),
        pytest.param(
            HEAD + b"Content-Encoding: rot13\r\n" + LENGTH % (3, b"abc"),
            b"",
            FailureKind.PROTOCOL_ERROR,
            id="unknown coding",
        ),
    ],
)
def test_a_whole_head_is_a_response_whatever_comes_of_the_body(
    serve: Serve, transport: Transport, wire: Wire, response: bytes, body: bytes, kind: FailureKind
) -> None:
    server = serve(response)
    send = transport()
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert answer(exchange).body == body
    assert exchange.truncated
    assert exchange.body_failure is not None
    assert exchange.body_failure.kind is kind
    assert exchange.body_failure.detail


def test_a_timeout_after_the_head_is_a_response(
    serve: Serve, transport: Transport, wire: Wire, hold: Step
) -> None:
    server = serve([HEAD + LENGTH % (9, b"abc"), hold])
    send = transport(timeout=1.0)
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert answer(exchange).body == b"abc"
    assert exchange.body_failure is not None
    assert exchange.body_failure.kind is FailureKind.TIMED_OUT


def test_an_event_stream_is_not_waited_for(
    serve: Serve, transport: Transport, wire: Wire, hold: Step
) -> None:
    server = serve([HEAD + b"Content-Type: Text/Event-Stream; charset=utf-8\r\n\r\n", hold])
    send = transport(timeout=60)
    send(wire(server.url()))
    exchange = send.exchanges[0]
    assert answer(exchange).status == 200
    assert exchange.truncated
    assert exchange.body_failure is None
    assert exchange.timing is not None
    assert exchange.timing.total < 30


@pytest.mark.parametrize(
    ("lines", "limit"),
    [
        pytest.param(b"X: " + b"a" * 5000 + b"\r\n", 5000, id="one line"),
        pytest.param(b"X: a\r\n" * 1000, 5000, id="many lines"),
        pytest.param(b"X: " + b"a" * 150_000 + b"\r\n", 10**9, id="libcurl's own limit for a line"),
        pytest.param((b"X: " + b"a" * 5000 + b"\r\n") * 100, 10**9, id="libcurl's own limit for the head"),
        pytest.param(b"X: a\r\n" * 6000, 10**9, id="libcurl's own limit for their number"),
    ],
)
def test_head_too_large(serve: Serve, transport: Transport, wire: Wire, lines: bytes, limit: int) -> None:
    server = serve(HEAD + lines + ZERO)
    response = transport(max_header_bytes=limit)(wire(server.url()))
    assert isinstance(response, NetworkFailure)
    assert response.kind is FailureKind.TOO_LARGE
    assert response.detail


def test_interim_responses_count_towards_the_limit(serve: Serve, transport: Transport, wire: Wire) -> None:
    server = serve(b"HTTP/1.1 102 Processing\r\n\r\n" * 1000 + HEAD + ZERO)
    response = transport(max_header_bytes=5000)(wire(server.url()))
    assert isinstance(response, NetworkFailure)
    assert response.kind is FailureKind.TOO_LARGE
