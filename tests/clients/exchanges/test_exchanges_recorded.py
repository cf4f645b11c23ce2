"""What curl and wget print about a server of our own."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corsage.clients.exchanges import read_exchange
from corsage.model import FailureKind
from corsage.model.evidence import Evidence

BODY = b'{"ok": true}\n'


class Handler(BaseHTTPRequestHandler):
    """Redirects /redirected, refuses /missing, answers preflights."""

    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command == "OPTIONS":
            self.reply(204, ("Access-Control-Allow-Methods", "PUT"))
        elif self.path == "/redirected":
            self.reply(302, ("Location", "/"), ("Content-Length", "0"))
        else:
            size = ("Content-Length", str(len(BODY)))
            self.reply(
                404 if self.path == "/missing" else 200, ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), size
            )
            if self.command != "HEAD":
                self.wfile.write(BODY)

    def reply(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Access-Control-Allow-Origin", "*"), *headers):
            self.send_header(name, value)
        self.end_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_OPTIONS = handle_any  # noqa: N815 - names of the base class

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def run(program: str, *arguments: str) -> Evidence:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False, timeout=30)
    found = read_exchange(done.stderr + done.stdout)
    assert found is not None
    return found


def test_curl_verbose(server: str) -> None:
    found = run("curl", "-sv", f"{server}/x", "-H", "Origin: http://localhost:3000", "-H", "X-A: b")
    assert (found.method, found.url, found.origin) == ("GET", f"{server}/x", "http://localhost:3000")
    assert found.request_headers.pairs == (("X-A", "b"),)
    assert found.preflight is None
    assert found.actual is not None
    assert (found.actual.status, found.actual.whole) == (200, True)
    assert found.actual.headers.lines("set-cookie") == ["a=1", "b=2"]


def test_curl_with_progress_and_redirects(server: str) -> None:
    found = run("curl", "-v", "-L", "-X", "PUT", "-d", "{}", f"{server}/redirected")
    assert (found.method, found.url) == ("PUT", f"{server}/redirected")
    assert [hop.status for hop in found.hops] == [302]
    assert found.actual is not None
    assert found.actual.status == 200


def test_curl_preflight(server: str) -> None:
    found = run(
        "curl",
        "-sv",
        "-X",
        "OPTIONS",
        server,
        "-H",
        "Origin: https://a.example",
        "-H",
        "Access-Control-Request-Method: PUT",
    )
    assert (found.method, found.actual) == ("PUT", None)
    assert found.preflight is not None
    assert (found.preflight.status, found.preflight.headers.get("access-control-allow-methods")) == (
        204,
        "PUT",
    )


def test_curl_options_that_is_no_preflight(server: str) -> None:
    found = run("curl", "-sv", "-X", "OPTIONS", server)
    assert (found.method, found.preflight) == ("OPTIONS", None)
    assert found.actual is not None
    assert "no preflight" in "".join(found.observed)


def test_curl_include_and_head(server: str) -> None:
    missing = run("curl", "-si", f"{server}/missing").actual
    assert missing is not None
    assert (missing.status, missing.whole, missing.body) == (404, True, '{"ok": true}')
    found = run("curl", "-sIL", f"{server}/redirected")
    assert [hop.status for hop in found.hops] == [302]


def test_curl_that_finds_nobody() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as closed:
        port = closed.server_port
    for options in ("-sv", "-sS", "-v"):
        found = run("curl", options, f"http://127.0.0.1:{port}/")
        assert found.actual is not None
        assert (found.actual.status, found.actual.failure) == (None, FailureKind.CONNECTION_REFUSED)


def test_wget(server: str) -> None:
    found = run("wget", "-S", "-O", "-", f"{server}/redirected")
    assert (found.method, found.url) == ("GET", f"{server}/redirected")
    assert [hop.status for hop in found.hops] == [302]
    assert found.actual is not None
    assert (found.actual.status, found.actual.whole) == (200, True)


def test_wget_debugging(server: str) -> None:
    found = run("wget", "-d", "-O", "-", "--header", "Origin: https://a.example", f"{server}/missing")
    assert (found.url, found.origin) == (f"{server}/missing", "https://a.example")
    assert found.actual is not None
    assert found.actual.status == 404
