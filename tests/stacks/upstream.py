"""A tiny application for proxies to stand before: what the matrix needs, in the standard library alone."""

from __future__ import annotations

import contextlib
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

Pairs = tuple[tuple[str, str], ...]

# What an application says that has CORS of its own, and it is wrong: a proxy must replace it.
OWN_CORS: Final[Pairs] = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Methods", "BREW"),
    ("Access-Control-Expose-Headers", "X-Own"),
    ("Access-Control-Max-Age", "1"),
    ("Vary", "Accept-Encoding"),
)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"})
_ANSWERS: Final[dict[str, tuple[int, bytes, Pairs]]] = {
    "/ok": (200, b"ok", (("X-Total", "1"),)),
    "/boom": (500, b"boom", ()),
    "/moved": (302, b"", (("Location", "/ok"),)),
}


@contextlib.contextmanager
def upstream(headers: Pairs = ()) -> Iterator[str]:
    """Serve the application, every answer with *headers*; yield its address, ``http://127.0.0.1:PORT``.

    It knows nothing of preflights: OPTIONS is answered 405.
    """

    class Theirs(Application):
        more = headers

    with serving(Theirs) as url:
        yield url


@contextlib.contextmanager
def serving(handler: type[Handler]) -> Iterator[str]:
    """Serve what *handler* answers; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(30)


class Handler(BaseHTTPRequestHandler):
    """A quick and quiet one: implement `answer`."""

    protocol_version = "HTTP/1.1"
    timeout = 20  # of connections that a proxy keeps
    rbufsize = 1 << 16
    wbufsize = 1 << 16  # head and body in one packet

    def answer(self) -> tuple[int, bytes, Pairs]:
        """Return status, body and headers."""
        raise NotImplementedError

    def _reply(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, body, headers = self.answer()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._reply
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the method it replaces
        pass


class Application(Handler):
    """The application itself."""

    more: Pairs = ()

    def answer(self) -> tuple[int, bytes, Pairs]:
        if self.command not in _METHODS:
            return 405, b"", self.more
        status, body, headers = _ANSWERS.get(self.path, (404, b"missing", ()))
        return status, body, (*headers, *self.more)
