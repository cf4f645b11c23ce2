"""The guides of aiohttp, Sanic and Tornado: their examples are run, and asked."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.loop_serving import loop_server
from tests.middleware.serving import listening
from tests.middleware.wire import ask

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Iterator

GUIDES = Path(__file__).parents[2] / "docs" / "frameworks"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGE = "https://app.example.com"


def blocks_of(framework: str) -> list[str]:
    pytest.importorskip(framework)
    return BLOCK.findall((GUIDES / f"{framework}.md").read_text(encoding="utf-8"))


def names_in(*blocks: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "guide"}
    for block in blocks:
        exec(block, names)  # noqa: S102 - our own guides
    return names


def check(url: str) -> None:
    """Ask as a page of the guide's origin does, and as a stranger."""
    answer = ask(url, "GET", "/rate", (("Origin", PAGE),))
    assert (answer.status, answer.headers.get("x-rate-limit")) == (200, "60")
    assert answer.headers.lines("access-control-allow-origin") == [PAGE]
    assert answer.headers.get("access-control-expose-headers") == "x-rate-limit"
    asked = (("Origin", PAGE), ("Access-Control-Request-Method", "PUT"))
    preflight = ask(url, "OPTIONS", "/rate", asked)
    assert preflight.headers.get("access-control-allow-methods") == "PUT, DELETE"
    assert ask(url, "GET", "/none", (("Origin", PAGE),)).headers.get("access-control-allow-origin") == PAGE
    stranger = ask(url, "GET", "/rate", (("Origin", "https://evil.example"),))
    assert (stranger.status, stranger.headers.get("access-control-allow-origin")) == (200, None)


def test_aiohttp() -> None:
    names = names_in(*blocks_of("aiohttp"))
    from aiohttp import web

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        runner = web.AppRunner(names["app"])
        await runner.setup()
        await web.SockSite(runner, sock).start()
        yield
        await runner.cleanup()

    with loop_server(serving) as url:
        check(url)


def test_tornado() -> None:
    names = names_in(*blocks_of("tornado"))
    from tornado.httpserver import HTTPServer

    @contextlib.asynccontextmanager
    async def serving(sock: socket.socket) -> AsyncIterator[None]:
        server = HTTPServer(names["app"])
        sock.setblocking(False)
        server.add_socket(sock)
        yield
        server.stop()
        await server.close_all_connections()

    with loop_server(serving) as url:
        check(url)


@contextlib.contextmanager
def running(program: str) -> Iterator[None]:
    """Run *program* until the block ends; it is entered when Sanic says that it serves."""
    command = [sys.executable, "-u", "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            said = []
            for line in process.stdout:
                said.append(line)
                if "Starting worker" in line:
                    break
            else:
                raise AssertionError("".join(said))
            yield
        finally:
            process.terminate()
            process.communicate(timeout=30)


# Sanic as it is by default, in a process of its own: it rewrites its own classes at the start.
@pytest.mark.parametrize(
    "extensions", ["", "app.config.CORS_ORIGINS = '*'\n", "app.config.AUTO_EXTEND = False\n"]
)
def test_sanic(extensions: str) -> None:
    example, *_ = blocks_of("sanic")
    with listening() as sock:
        port = sock.getsockname()[1]
    program = example.replace('app = Sanic("rates")\n', f'app = Sanic("rates")\n{extensions}')
    with running(program.replace("port=8000", f"port={port}")):
        check(f"http://127.0.0.1:{port}")


def test_the_other_blocks_of_sanics_guide_are_python() -> None:
    names = names_in(*blocks_of("sanic"))
    names["Sanic"].unregister_app(names["app"])
