"""HTTPS, HTTP/2, proxies and name overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corsage.clients.live import HttpVersion
from corsage.clients.live.certificates import read_certificate
from corsage.model import FailureKind, HeaderList, NetworkFailure, WireResponse

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    import trustme
    from tests.clients.conftest import RawServer, Serve, Step, ToHost, Transport, Wire


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CONNECTED = b"HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n"


def test_https_brings_the_certificate(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    certificate: trustme.LeafCert,
    start_tls: Callable[..., Step],
    to_host: ToHost,
) -> None:
    server = serve([start_tls(certificate), OK, OK])
    send = transport(**to_host(server))
    for _ in range(2):
        assert isinstance(send(wire(server.url(scheme="https", host="good.test"))), WireResponse)
    first, second = send.exchanges
    assert first.certificate is not None
    assert first.certificate.alternative_names == ("good.test", "*.wild.test", "192.0.2.1")
    assert "trustme" in first.certificate.issuer
    assert first.certificate.not_before.endswith("GMT")
    assert first.certificate.not_after.endswith("GMT")
    assert first.timing is not None
    assert 0 < first.timing.connect < first.timing.tls < first.timing.total
    # The second request went over the same connection.
    assert server.connections == 1
    assert second.certificate == first.certificate
    assert b"Accept-Encoding: gzip, deflate, br" in server.requests[0]


def test_no_chain_is_no_certificate() -> None:
    assert read_certificate([]) is None


def h2_frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def h2_field(name: bytes, value: bytes) -> bytes:
    return bytes([0, len(name)]) + name + bytes([len(value)]) + value


def speak_h2(_: RawServer, sock: socket.socket) -> None:
    """Answer one request on stream 1 (RFC 9113): 103 first, then 200 with two lines of one name."""
    with sock.makefile("rb") as stream:
        stream.read(len(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        while True:
            head = stream.read(9)
            stream.read(int.from_bytes(head[:3], "big"))
            if head[3] == 1:  # HEADERS
                break
    fields = h2_field(b"vary", b"Origin") + h2_field(b"vary", b"\xe9") + h2_field(b"x-empty", b"")
    settings, acknowledgement = h2_frame(4, 0, 0, b""), h2_frame(4, 1, 0, b"")
    early = h2_frame(1, 4, 1, b"\x08\x03103" + h2_field(b"link", b"</a>"))
    sock.sendall(settings + acknowledgement + early)
    sock.sendall(h2_frame(1, 4, 1, b"\x88" + fields) + h2_frame(0, 1, 1, b"body"))


def test_http_2_is_negotiated(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    certificate: trustme.LeafCert,
    start_tls: Callable[..., Step],
    to_host: ToHost,
) -> None:
    server = serve([start_tls(certificate, "h2", "http/1.1"), speak_h2])
    send = transport(**to_host(server))
    response = send(wire(server.url(scheme="https", host="good.test"), headers=[("X-A", "1"), ("X-A", "")]))
    assert response == WireResponse(
        200, HeaderList([("vary", "Origin"), ("vary", "é"), ("x-empty", "")]), b"body", "127.0.0.1"
    )
    exchange = send.exchanges[0]
    assert (exchange.http_version, exchange.reason) == ("HTTP/2", "")
    assert [pair for pair in exchange.sent_headers if pair[0] == "X-A"] == [("X-A", "1"), ("X-A", "")]


def test_http_1_can_be_asked_for(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    certificate: trustme.LeafCert,
    start_tls: Callable[..., Step],
    to_host: ToHost,
) -> None:
    server = serve([start_tls(certificate, "h2", "http/1.1"), OK])
    send = transport(http_version=HttpVersion.HTTP_1_1, **to_host(server))
    assert isinstance(send(wire(server.url(scheme="https", host="good.test"))), WireResponse)
    assert send.exchanges[0].http_version == "HTTP/1.1"


def test_resolve_replaces_the_name_server(serve: Serve, transport: Transport, wire: Wire) -> None:
    server = serve(OK)
    send = transport(resolve=(f"somewhere.invalid:{server.port}:127.0.0.1",))
    assert isinstance(send(wire(server.url(host="somewhere.invalid"))), WireResponse)
    assert b"Host: somewhere.invalid:%d\r\n" % server.port in server.requests[0]


@pytest.mark.parametrize("no_proxy", ["", "*"])
def test_http_proxy(
    serve: Serve, transport: Transport, wire: Wire, monkeypatch: pytest.MonkeyPatch, no_proxy: str
) -> None:
    monkeypatch.setenv("no_proxy", no_proxy)
    proxy = serve(OK)
    send = transport(proxy=f"http://127.0.0.1:{proxy.port}")
    response = send(wire(proxy.url("/%2f?#fragment", host="site.invalid")))
    assert isinstance(response, WireResponse)
    assert proxy.requests[0].startswith(b"GET http://site.invalid:%d/%%2f? HTTP/1.1\r\n" % proxy.port)
    # The proxy's address says nothing about the server's address space.
    assert response.address is None
    assert send.exchanges[0].address is None


def test_socks_proxy(serve: Serve, transport: Transport, wire: Wire) -> None:
    asked: list[bytes] = []

    def accept(_: RawServer, sock: socket.socket) -> None:
        """Play the server's part of SOCKS5 with a name as address (RFC 1928)."""
        with sock.makefile("rb") as stream:
            methods = stream.read(2)[1]
            stream.read(methods)
            sock.sendall(b"\5\0")
            asked.append(stream.read(stream.read(5)[4]))
            stream.read(2)
        sock.sendall(b"\5\0\0\1\0\0\0\0\0\0")

    proxy = serve([accept, OK])
    send = transport(proxy=f"socks5h://127.0.0.1:{proxy.port}")
    assert isinstance(send(wire(proxy.url("/path", host="site.invalid"))), WireResponse)
    assert asked == [b"site.invalid"]
    assert proxy.requests[0].startswith(b"GET /path HTTP/1.1\r\n")


def test_tunnel_through_a_proxy(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    certificate: trustme.LeafCert,
    start_tls: Callable[..., Step],
    to_host: ToHost,
) -> None:
    proxy = serve([CONNECTED, start_tls(certificate), OK])
    send = transport(**to_host(proxy), proxy=f"http://127.0.0.1:{proxy.port}")
    response = send(wire(proxy.url("/path", scheme="https", host="good.test"), headers=[("X-A", "1")]))
    assert isinstance(response, WireResponse)
    assert list(response.headers) == [("Content-Length", "2")]
    assert send.exchanges[0].reason == "OK"
    assert ("X-A", "1") in send.exchanges[0].sent_headers
    assert proxy.requests[0].startswith(b"CONNECT good.test:%d HTTP/1.1\r\n" % proxy.port)
    assert b"X-A" not in proxy.requests[0]
    assert proxy.requests[1].startswith(b"GET /path HTTP/1.1\r\n")


@pytest.mark.parametrize(
    "status", [b"403 Forbidden", b"407 Proxy Authentication Required", b"502 Bad Gateway"]
)
def test_a_refused_tunnel_is_no_response(
    serve: Serve, transport: Transport, wire: Wire, status: bytes
) -> None:
    reply = b"HTTP/1.1 " + status + b"\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n"
    proxy = serve(reply)
    send = transport(proxy=f"http://127.0.0.1:{proxy.port}")
    response = send(wire(proxy.url(scheme="https", host="good.test")))
    assert isinstance(response, NetworkFailure)
    assert response.kind is FailureKind.UNREACHABLE
    assert status[:3].decode() in response.detail
