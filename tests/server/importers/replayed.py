"""Runs the peers themselves, so that what an importer says of them is true."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).parent
NODE_MODULES = Path(__file__).parents[3] / "tools" / "bench" / "peers" / "node_modules"

Pairs = list[tuple[str, str]]


class Answer:
    """A response's status and headers, and what a browser would find in them."""

    def __init__(self, status: int, headers: Pairs) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}

    def allows(self, origin: str) -> bool:
        return self.headers.get("access-control-allow-origin") in {origin, "*"}

    def allows_cookies(self, origin: str) -> bool:
        named = self.headers.get("access-control-allow-origin") == origin
        return named and self.headers.get("access-control-allow-credentials") == "true"


async def _asgi(app: Any, method: str, path: str, headers: Pairs) -> Answer:
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
        "server": ("localhost", 80),
        "client": ("127.0.0.1", 1),
        "state": {},
    }
    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    await app(scope, receive, send)
    start = messages[0]
    return Answer(start["status"], [(name.decode(), value.decode()) for name, value in start["headers"]])


def starlette(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    cors = pytest.importorskip("starlette.middleware.cors")
    responses = pytest.importorskip("starlette.responses")
    return asyncio.run(
        _asgi(cors.CORSMiddleware(responses.PlainTextResponse("hello"), **options), method, path, headers)
    )


def litestar(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    module = pytest.importorskip("litestar")
    config = pytest.importorskip("litestar.config.cors")

    @module.get("/", sync_to_thread=False)  # type: ignore[untyped-decorator]  # where it is not installed
    def handler() -> str:
        return "hello"

    app = module.Litestar([handler], cors_config=config.CORSConfig(**options), openapi_config=None)
    return asyncio.run(_asgi(app, method, path, headers))


def flask(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    module = pytest.importorskip("flask")
    flask_cors = pytest.importorskip("flask_cors")
    app = module.Flask("peer")
    keywords = {name: value for name, value in options.items() if not name.startswith("CORS_")}
    app.config.update({name: value for name, value in options.items() if name not in keywords})
    flask_cors.CORS(app, **keywords)
    app.add_url_rule("/", "root", lambda: "hello", methods=["GET", "POST", "PUT"])
    app.add_url_rule("/<path:path>", "below", lambda path: path, methods=["GET", "POST", "PUT"])
    response = app.test_client().open(path, method=method, headers=headers)
    return Answer(response.status_code, list(response.headers))


def aiohttp(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    client = pytest.importorskip("aiohttp")
    web = pytest.importorskip("aiohttp.web")
    aiohttp_cors = pytest.importorskip("aiohttp_cors")

    async def handler(request: Any) -> Any:
        return web.Response(text=request.path)

    async def run() -> Answer:
        app = web.Application()
        defaults = {origin: aiohttp_cors.ResourceOptions(**each) for origin, each in options.items()}
        cors = aiohttp_cors.setup(app, defaults=defaults)
        cors.add(app.router.add_route("GET", "/", handler))
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        try:
            url = f"http://127.0.0.1:{port}{path}"
            async with (
                client.ClientSession() as session,
                session.request(method, url, headers=headers) as response,
            ):
                return Answer(response.status, list(response.headers.items()))
        finally:
            await runner.cleanup()

    return asyncio.run(run())


def django(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    pytest.importorskip("corsheaders")
    return _elsewhere([sys.executable, str(HERE / "run_django.py")], options, method, path, headers)


def express(options: Mapping[str, Any], method: str, path: str, headers: Pairs) -> Answer:
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / "cors").is_dir():
        pytest.skip("Node or the cors package is not installed")
    command = [node, str(HERE / "run_express.js"), str(NODE_MODULES / "cors")]
    return _elsewhere(command, options, method, path, headers)


def _elsewhere(
    command: Sequence[str], options: Mapping[str, Any], method: str, path: str, headers: Pairs
) -> Answer:
    """Ask a peer in a process of its own: its settings are global, or its language another."""
    asked = {"options": options, "method": method, "path": path, "headers": headers}
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=120
    )
    found = json.loads(done.stdout)
    return Answer(found["status"], [(name, value) for name, value in found["headers"]])


RUN = {
    "starlette": starlette,
    "litestar": litestar,
    "flask-cors": flask,
    "aiohttp-cors": aiohttp,
    "django-cors-headers": django,
    "express": express,
}
