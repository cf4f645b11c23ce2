"""How the network fails."""

from __future__ import annotations

import signal
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pycurl
import pytest
import trustme

from corsage.clients.live.failures import CurlError, network_failure
from corsage.model import FailureKind, NetworkFailure, WireRequest, parse_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.clients.conftest import RawServer, Serve, Step, ToHost, Transport, Wire

    from corsage.clients.live import LiveTransport


NOW = datetime.now(tz=UTC)
LONG_AGO = NOW - timedelta(days=400)


def failure(send: LiveTransport, request: WireRequest) -> NetworkFailure:
    response = send(request)
    assert isinstance(response, NetworkFailure), response
    assert send.exchanges[-1].response is response
    assert response.detail
    return response


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        pytest.param(b"", FailureKind.CONNECTION_CLOSED, id="closed without a word"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: y", FailureKind.CONNECTION_CLOSED, id="closed inside the head"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n", FailureKind.CONNECTION_CLOSED, id="interim alone"),
        pytest.param(b"\xff\xfe garbage\r\n\r\n", FailureKind.PROTOCOL_ERROR, id="garbage"),
        pytest.param(b"<html>no head</html>", FailureKind.PROTOCOL_ERROR, id="HTTP/0.9"),
        pytest.param(b"HTTP/1.1 2000 OK\r\n\r\n", FailureKind.PROTOCOL_ERROR, id="bad status"),
        pytest.param(b"HTTP/9.9 200 OK\r\n\r\n", FailureKind.PROTOCOL_ERROR, id="unknown version"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", FailureKind.PROTOCOL_ERROR, id="NUL in a header"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            FailureKind.PROTOCOL_ERROR,
            id="two lengths",
        ),
        pytest.param(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", FailureKind.PROTOCOL_ERROR, id="101"),
    ],
)
def test_bad_answers(
    serve: Serve, transport: Transport, wire: Wire, response: bytes, kind: FailureKind
) -> None:
    server = serve(response)
    send = transport()
    assert failure(send, wire(server.url())).kind is kind
    exchange = send.exchanges[0]
    assert (exchange.http_version, exchange.reason, exchange.truncated) == ("", "", False)
    assert exchange.sent_headers
    assert exchange.address == "127.0.0.1"


def test_reset(serve: Serve, transport: Transport, wire: Wire) -> None:
    def reset(server: RawServer, sock: socket.socket) -> None:
        server.read_request(sock)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    server = serve([reset])
    assert failure(transport(), wire(server.url())).kind is FailureKind.CONNECTION_CLOSED


def test_refused(transport: Transport, wire: Wire) -> None:
    with socket.socket() as bound:  # bound, not listening: nobody else gets the port
        bound.bind(("127.0.0.1", 0))
        url = parse_url(f"http://127.0.0.1:{bound.getsockname()[1]}/")
        send = transport()
        assert failure(send, wire(url)).kind is FailureKind.CONNECTION_REFUSED
    assert send.exchanges[0].timing is not None


def test_timeout(serve: Serve, transport: Transport, wire: Wire, hold: Step) -> None:
    server = serve([hold])
    assert failure(transport(timeout=0.2), wire(server.url())).kind is FailureKind.TIMED_OUT


def test_timeout_in_the_handshake(serve: Serve, transport: Transport, wire: Wire, hold: Step) -> None:
    server = serve([hold])
    send = transport(connect_timeout=0.2)
    assert failure(send, wire(server.url(scheme="https"))).kind is FailureKind.TIMED_OUT


@pytest.mark.parametrize("host", ["nowhere.invalid", "a!$&'()*+,;=b.invalid"])
def test_unknown_name(transport: Transport, wire: Wire, host: str) -> None:
    url = parse_url(f"http://{host}/")
    send = transport(timeout=5)
    # A resolver that does not answer at all is a timeout.
    assert failure(send, wire(url)).kind in {FailureKind.NAME_NOT_RESOLVED, FailureKind.TIMED_OUT}
    assert send.exchanges[0].address is None


def test_name_lookup_failure_is_told_from_a_refusal(transport: Transport, wire: Wire) -> None:
    url = parse_url("http://x.localhost:1/")
    assert failure(transport(), wire(url)).kind is FailureKind.CONNECTION_REFUSED


def test_other_schemes_are_refused(transport: Transport, wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    url = parse_url((tmp_path / "secret").as_uri())
    failed = failure(transport(), wire(url))
    assert failed.kind is FailureKind.PROTOCOL_ERROR
    assert "file" in failed.detail


@pytest.mark.parametrize(
    ("host", "dates", "known", "kind"),
    [
        pytest.param(
            "good.test",
            {"not_before": LONG_AGO, "not_after": NOW - timedelta(days=1)},
            True,
            FailureKind.TLS_EXPIRED,
            id="expired",
        ),
        pytest.param(
            "good.test",
            {"not_before": NOW + timedelta(days=1), "not_after": NOW + timedelta(days=9)},
            True,
            FailureKind.TLS_EXPIRED,
            id="not yet valid",
        ),
        pytest.param("other.test", {}, True, FailureKind.TLS_WRONG_NAME, id="wrong name"),
        pytest.param("192.0.2.7", {}, True, FailureKind.TLS_WRONG_NAME, id="an address is no name"),
        pytest.param("good.test", {}, False, FailureKind.TLS_UNKNOWN_ISSUER, id="unknown issuer"),
    ],
)
def test_certificates(  # noqa: PLR0913, PLR0917 - fixtures and a table
    serve: Serve,
    transport: Transport,
    wire: Wire,
    authority: trustme.CA,
    start_tls: Callable[..., Step],
    to_host: ToHost,
    host: str,
    dates: dict[str, Any],
    known: bool,  # noqa: FBT001 - a column of the table
    kind: FailureKind,
) -> None:
    issuer = authority if known else trustme.CA()
    certificate = issuer.issue_cert(host, **dates)
    response = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    server = serve([start_tls(certificate), response], [start_tls(certificate), response])
    url = server.url(scheme="https", host="good.test")
    send = transport(**to_host(server))
    assert failure(send, wire(url)).kind is kind
    assert server.requests == []
    # What was refused is there to be shown.
    refused = send.exchanges[0].certificate
    assert refused is not None
    assert refused.alternative_names == (host,)

    # The same server, by a client that accepts any certificate.
    careless = transport(insecure=True, **to_host(server))
    assert not isinstance(careless(wire(url)), NetworkFailure)


def test_self_signed(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    start_tls: Callable[..., Step],
) -> None:
    server = serve([start_tls(trustme.CA().issue_cert("127.0.0.1"))])
    failed = failure(transport(), wire(server.url(scheme="https")))
    assert failed.kind is FailureKind.TLS_UNKNOWN_ISSUER


def test_plain_http_on_a_tls_port(serve: Serve, transport: Transport, wire: Wire) -> None:
    def speak_http(_: RawServer, sock: socket.socket) -> None:
        sock.recv(65536)
        sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    server = serve([speak_http])
    assert failure(transport(), wire(server.url(scheme="https"))).kind is FailureKind.TLS


def test_closed_in_the_handshake(serve: Serve, transport: Transport, wire: Wire) -> None:
    def hang_up(_: RawServer, sock: socket.socket) -> None:
        sock.recv(65536)

    server = serve([hang_up])
    failed = failure(transport(), wire(server.url(scheme="https")))
    assert failed.kind is FailureKind.CONNECTION_CLOSED


def test_missing_client_certificate(
    serve: Serve,
    transport: Transport,
    wire: Wire,
    authority: trustme.CA,
    certificate: trustme.LeafCert,
    start_tls: Callable[..., Step],
    to_host: ToHost,
) -> None:
    server = serve([start_tls(certificate, client_authority=authority), b"never"])
    url = server.url(scheme="https", host="good.test")
    assert failure(transport(**to_host(server)), wire(url)).kind is FailureKind.TLS


def test_missing_ca_file(serve: Serve, transport: Transport, wire: Wire, tmp_path: Path) -> None:
    server = serve()
    send = transport(ca_file=str(tmp_path / "missing.pem"))
    assert failure(send, wire(server.url(scheme="https"))).kind is FailureKind.TLS


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        pytest.param(CurlError(7, "Failed to connect", 0, 0), FailureKind.UNREACHABLE, id="no errno"),
        pytest.param(CurlError(7, "x", 0, 101), FailureKind.UNREACHABLE, id="network is unreachable"),
        pytest.param(CurlError(7, "x", 0, 113), FailureKind.UNREACHABLE, id="no route to host"),
        pytest.param(CurlError(7, "x", 0, 110), FailureKind.TIMED_OUT, id="the system's own timeout"),
        pytest.param(CurlError(7, "x", 0, 111), FailureKind.CONNECTION_REFUSED, id="refused"),
        pytest.param(CurlError(60, "x", 10), FailureKind.TLS_EXPIRED, id="by verify result, expired"),
        pytest.param(CurlError(60, "x", 62), FailureKind.TLS_WRONG_NAME, id="by verify result, name"),
        pytest.param(CurlError(60, "x", 20), FailureKind.TLS_UNKNOWN_ISSUER, id="by verify result, issuer"),
        pytest.param(CurlError(60, "x", 23), FailureKind.TLS, id="revoked"),
        pytest.param(
            CurlError(56, "CONNECT tunnel failed, response 403"), FailureKind.UNREACHABLE, id="tunnel"
        ),
        pytest.param(CurlError(97, "SOCKS"), FailureKind.UNREACHABLE, id="SOCKS proxy"),
        pytest.param(CurlError(5, "x"), FailureKind.NAME_NOT_RESOLVED, id="name of the proxy"),
        pytest.param(CurlError(55, "Send failure: Broken pipe"), FailureKind.CONNECTION_CLOSED, id="send"),
        pytest.param(CurlError(16, "x"), FailureKind.PROTOCOL_ERROR, id="HTTP/2 framing"),
        pytest.param(CurlError(92, "x"), FailureKind.PROTOCOL_ERROR, id="HTTP/2 stream"),
        pytest.param(CurlError(99999, "x"), FailureKind.PROTOCOL_ERROR, id="not known yet"),
    ],
)
def test_codes(error: CurlError, kind: FailureKind) -> None:
    assert network_failure(error) == NetworkFailure(kind, error.text)


def test_a_failure_does_not_spoil_the_transport(
    serve: Serve, transport: Transport, wire: Wire, hold: Step
) -> None:
    ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    server = serve(b"", ok, [hold], ok)
    send = transport(timeout=1.0)
    kinds = [type(send(wire(server.url()))).__name__ for _ in range(4)]
    assert kinds == ["NetworkFailure", "WireResponse", "NetworkFailure", "WireResponse"]
    assert len(send.exchanges) == 4


CHILD = """
import sys
from corsage.clients.live import LiveTransport
from corsage.model import WireKind, WireRequest, HeaderList, parse_url
try:
    with LiveTransport() as send:
        send(WireRequest(WireKind.ACTUAL, "GET", parse_url(sys.argv[1]), HeaderList()))
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGINT")
def test_ctrl_c_is_noticed_while_waiting(serve: Serve, hold: Step) -> None:
    children: list[subprocess.Popen[str]] = []

    def interrupt(server: RawServer, sock: socket.socket) -> None:
        server.read_request(sock)
        children[0].send_signal(signal.SIGINT)

    server = serve([interrupt, hold])
    command = [sys.executable, "-c", CHILD, server.url().href]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with child:
        children.append(child)
        out, err = child.communicate(timeout=20)
    assert (out, err) == ("interrupted\n", "")


def test_this_build_uses_openssl() -> None:
    # The verify results are OpenSSL's; LibreSSL and BoringSSL share them.
    assert "SSL/" in pycurl.version
    assert ssl.HAS_TLSv1_3
