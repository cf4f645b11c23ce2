"""The engine and a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.browser import CHROMIUM, STANDARD, Profile, drive, fetch, new_request
from corsage.model import Body, BodyKind, Cause, FailureKind, RequestInit, page

if TYPE_CHECKING:
    from tests.clients.conftest import Serve, Transport

CLIENT = page("http://127.0.0.1:1/")  # another port, another origin
ALLOWED = (
    b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: http://127.0.0.1:1\r\n"
    b"Access-Control-Allow-Methods: PUT\r\nAccess-Control-Allow-Headers: x-a, content-type\r\n\r\n"
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: http://127.0.0.1:1\r\nContent-Length: 5\r\n\r\nhello"
)


@pytest.mark.parametrize("profile", [STANDARD, CHROMIUM], ids=lambda profile: profile.name)
def test_preflighted_request(serve: Serve, transport: Transport, profile: Profile) -> None:
    server = serve([ALLOWED, ANSWER])
    send = transport()
    init = RequestInit(
        server.url("/api").href, "PUT", headers=(("X-A", "1"),), body=Body(BodyKind.TEXT, b"data")
    )
    outcome = drive(fetch(new_request(init, CLIENT, profile), profile=profile), send)
    assert outcome.response is not None
    assert outcome.response.body == b"hello"
    preflight, actual = server.requests
    assert preflight.startswith(b"OPTIONS /api HTTP/1.1\r\n")
    assert b"\r\nAccess-Control-Request-Method: PUT\r\n" in preflight
    assert b"\r\nOrigin: http://127.0.0.1:1\r\n" in preflight
    assert b"Content-Length" not in preflight
    assert actual.startswith(b"PUT /api HTTP/1.1\r\n")
    assert b"\r\nX-A: 1\r\n" in actual
    assert actual.endswith(b"\r\n\r\ndata")
    assert [exchange.request.method for exchange in send.exchanges] == ["OPTIONS", "PUT"]


def test_refused_preflight(serve: Serve, transport: Transport) -> None:
    server = serve([b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"])
    init = RequestInit(server.url().href, "PUT")
    outcome = drive(fetch(new_request(init, CLIENT)), transport())
    assert outcome.refusal is not None
    assert len(server.requests) == 1


def test_a_network_failure_is_not_called_cors(serve: Serve, transport: Transport) -> None:
    server = serve(b"")
    outcome = drive(fetch(new_request(RequestInit(server.url().href), CLIENT)), transport())
    assert outcome.refusal is not None
    assert outcome.refusal.cause is Cause.NETWORK_FAILURE
    assert outcome.refusal.failure is not None
    assert outcome.refusal.failure.kind is FailureKind.CONNECTION_CLOSED
