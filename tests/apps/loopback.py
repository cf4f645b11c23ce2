"""A raw HTTP server on loopback that answers whatever a test wants, and ways to run the command line."""

import re
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from click.testing import Result

Answer = bytes | Callable[["Seen"], bytes]
PAGE = "http://localhost:3000"
CORSAGE = (sys.executable, "-m", "corsage")


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


def http(status: str = "200 OK", *headers: str, body: bytes = b'{"pong": true}') -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@dataclass
class Api:
    """Answers ``(method, path)``; ``*`` stands for every method; anything else is a 404 without CORS.

    Requests for paths in *held* keep their connection until the client lets go of it.
    """

    url: str
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    arrived: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, answer: Answer, method: str = "*") -> str:
        self.answers[method, path] = answer
        return self.url + path

    def answer(self, request: Seen) -> bytes:
        self.seen.append(request)
        self.arrived.set()
        found = self.answers.get((request.method, request.path)) or self.answers.get(("*", request.path))
        if found is None:
            return http("404 Not Found", body=b"")
        return found if isinstance(found, bytes) else found(request)


class Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) != 3:
            return
        headers = []
        while (row := self.rfile.readline().decode("latin-1").rstrip("\r\n")) != "":
            name, _, value = row.partition(":")
            headers.append((name, value.strip()))
        length = int({name.lower(): value for name, value in headers}.get("content-length", "0"))
        request = Seen(line[0], line[1], tuple(headers), self.rfile.read(length))
        try:
            self.wfile.write(server.api.answer(request))
            if request.path in server.api.held:
                self.rfile.read()
        except (BrokenPipeError, ConnectionResetError):
            return  # the client had enough


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    api: Api


Run = Callable[..., Result]


def finished(*command: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a command of our own to its end."""
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)


def normal(text: str) -> str:
    """Write ports and libcurl's wording alike in every run."""
    text = re.sub(r"localhost:[0-9]{5}\b", "localhost:55555", text)
    return re.sub(r"  libcurl says: .*?\n\n", "  libcurl says: ...\n\n", text, flags=re.DOTALL)
