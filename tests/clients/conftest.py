"""A server of raw bytes on loopback, and certificates for it."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from typing import TYPE_CHECKING, TypeAlias

import pytest
import trustme

from corsage.clients.live import LiveOptions, LiveTransport
from corsage.model import URL, HeaderList, WireKind, WireRequest, parse_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

Step: TypeAlias = "bytes | Callable[[RawServer, socket.socket], socket.socket | None]"
Connection: TypeAlias = "bytes | Sequence[Step]"
Serve: TypeAlias = "Callable[..., RawServer]"
Transport: TypeAlias = "Callable[..., LiveTransport]"
ToHost: TypeAlias = "Callable[[RawServer], dict[str, object]]"
Wire: TypeAlias = "Callable[..., WireRequest]"

HOST = "good.test"
_LENGTH = re.compile(rb"\r\nContent-Length: *([0-9]+)", re.IGNORECASE)


class RawServer:
    """Plays one script for each connection: bytes answer one request, functions do anything else.

    Attributes:
        requests: every request that was read, head and body.
        connections: how many connections came.
        closing: set when the test is over.
    """

    def __init__(self, scripts: Sequence[Connection]) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self.closing = threading.Event()
        self._scripts = list(scripts)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def url(self, path: str = "/", *, scheme: str = "http", host: str = "127.0.0.1") -> URL:
        url = parse_url(f"{scheme}://{host}:{self.port}{path}")
        assert url is not None
        return url

    def close(self) -> None:
        self.closing.set()
        # One more connection wakes accept() on every system.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._threads[0].join()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()
        self._listener.close()

    def read_request(self, sock: socket.socket) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            data += (piece := sock.recv(65536))
            if not piece:
                return False
        head, _, body = data.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        while length is not None and len(body) < int(length[1]):
            body += (piece := sock.recv(65536))
            if not piece:
                return False
        self.requests.append(head + b"\r\n\r\n" + body)
        return True

    def _accept(self) -> None:
        while True:
            sock, _ = self._listener.accept()
            if self.closing.is_set():
                sock.close()
                return
            self.connections += 1
            script = self._scripts.pop(0) if self._scripts else ()
            self._sockets.append(sock)
            thread = threading.Thread(target=self._play, args=(sock, script))
            self._threads.append(thread)
            thread.start()

    def _play(self, sock: socket.socket, script: Connection) -> None:
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            stack.enter_context(sock)
            for step in [script] if isinstance(script, bytes) else script:
                if not isinstance(step, bytes):
                    sock = stack.enter_context(step(self, sock) or contextlib.nullcontext(sock))
                elif self.read_request(sock):
                    sock.sendall(step)
                else:
                    return
            if isinstance(sock, ssl.SSLSocket):
                sock.unwrap().close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers: each argument is the script of one connection."""
    servers: list[RawServer] = []

    def start(*scripts: Connection) -> RawServer:
        servers.append(RawServer(scripts))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def transport() -> Iterator[Transport]:
    """Make transports that are closed in the end; the arguments are those of `LiveOptions`."""
    with contextlib.ExitStack() as stack:

        def make(**options: object) -> LiveTransport:
            defaults: dict[str, object] = {"timeout": 20.0}
            return stack.enter_context(LiveTransport(LiveOptions(**{**defaults, **options})))  # type: ignore[arg-type]

        yield make


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def to_host(ca_file: Path) -> ToHost:
    """Return the options that reach a server under the name `HOST`, trusting the authority."""
    return lambda server: {"resolve": (f"{HOST}:{server.port}:127.0.0.1",), "ca_file": str(ca_file)}


@pytest.fixture(scope="session")
def certificate(authority: trustme.CA) -> trustme.LeafCert:
    return authority.issue_cert(HOST, "*.wild.test", "192.0.2.1")


def _handshake(context: ssl.SSLContext, sock: socket.socket) -> ssl.SSLSocket:
    tls = context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
    try:
        tls.do_handshake()
    except OSError:
        # Closing with unread bytes would reset the connection, and the client might not see the alert.
        with tls, contextlib.suppress(OSError):
            tls.shutdown(socket.SHUT_WR)
            while tls.recv(65536):
                pass
        raise
    return tls


@pytest.fixture(scope="session")
def start_tls() -> Callable[..., Step]:
    """Make the step that turns a connection into TLS."""

    def make(
        certificate: trustme.LeafCert, *protocols: str, client_authority: trustme.CA | None = None
    ) -> Step:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        if protocols:
            context.set_alpn_protocols(protocols)
        if client_authority is not None:
            client_authority.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return lambda _, sock: _handshake(context, sock)

    return make


@pytest.fixture(scope="session")
def hold() -> Step:
    """Wait until the test is over."""

    def wait(server: RawServer, _: socket.socket) -> None:
        server.closing.wait()

    return wait


@pytest.fixture(scope="session")
def wire() -> Wire:
    """Make requests."""

    def make(
        url: URL, method: str = "GET", headers: Sequence[tuple[str, str]] = (), body: bytes | None = None
    ) -> WireRequest:
        return WireRequest(WireKind.ACTUAL, method, url, HeaderList(headers), body)

    return make
