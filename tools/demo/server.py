"""A small real HTTP server on loopback that answers from a table."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from corsage.server import CompiledPolicy, decide
from demo.scene import Answer, Answers

_NOT_FOUND: Final = Answer(404, body="There is nothing here.\n")


class Table:
    """What is answered; may change while the server runs."""

    def __init__(self) -> None:
        self.answers: Answers = {}
        self.policy: CompiledPolicy | None = None

    def find(self, method: str, target: str, headers: Sequence[tuple[str, str]] = ()) -> Answer:
        """Return the answer to one request; the policy answers preflights, and puts its headers on all else."""
        found = self.answers.get(f"{method} {target.partition('?')[0]}", _NOT_FOUND)
        if self.policy is None:
            return found
        decision = decide(self.policy, method, headers)
        if decision.status is not None:
            return Answer(decision.status, decision.headers)
        return replace(found, headers=(*found.headers, *decision.headers))


@contextmanager
def serving(table: Table, sockets: list[socket.socket]) -> Iterator[None]:
    """Answer from *table* on all *sockets*, which listen already, as long as the context lasts."""
    with ExitStack() as stack:
        for each in sockets:
            stack.enter_context(_served(table, each))
        yield


@contextmanager
def _served(table: Table, listener: socket.socket) -> Iterator[None]:
    server = ThreadingHTTPServer(listener.getsockname()[:2], _handler(table), bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(table: Table) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "DemoAPI"
        sys_version = ""

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            found = table.find(self.command, self.path, self.headers.items())
            body = found.body.encode()
            self.send_response(found.status)
            for name, value in found.headers:
                self.send_header(name, value)
            if body and "Content-Type" not in dict(found.headers):
                self.send_header("Content-Type", "text/plain; charset=utf-8")
            if found.status != 204:  # noqa: PLR2004 - it has no body, not even an empty one
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer  # noqa: N815 - the base class's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's signature
            pass

    return Handler
