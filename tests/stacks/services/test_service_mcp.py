"""An MCP server, executed: the rendered application before the SDK's own, and a client's first request."""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.asking import ask
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.serving import running

from corsage.server import Policy
from corsage.stacks.services.mcp import Mcp

if TYPE_CHECKING:
    from pathlib import Path

SERVER: Final = """
from mcp.server.mcpserver import MCPServer
from starlette.responses import PlainTextResponse, RedirectResponse

mcp = MCPServer("test")
ALL = ["GET", "POST", "PUT", "DELETE", "PATCH"]


@mcp.custom_route("/ok", methods=ALL)
async def ok(request):
    return PlainTextResponse("ok", headers={"X-Total": "1", "Access-Control-Allow-Origin": "https://own.example"})


@mcp.custom_route("/boom", methods=ALL)
async def boom(request):
    raise RuntimeError("boom")


@mcp.custom_route("/moved", methods=ALL)
async def moved(request):
    return RedirectResponse("/ok", 302)
"""
CLIENT: Final = Policy(
    origins=["https://app.example"],
    methods=["DELETE"],
    request_headers=[
        "content-type",
        "authorization",
        "mcp-session-id",
        "mcp-protocol-version",
        "last-event-id",
    ],
    exposed_headers=["mcp-session-id"],
)
INITIALIZE: Final = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "page", "version": "1"},
    },
}


def command(folder: Path, policy: Policy, port: int) -> list[str]:
    for name in ("mcp", "uvicorn"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed (PyPI: {name})")
    for file in Mcp().render(policy).files:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    (folder / "server.py").write_text(SERVER, encoding="utf-8")
    where = ["--app-dir", str(folder), "--host", "127.0.0.1", "--port", str(port), "--log-level", "critical"]
    return [sys.executable, "-m", "uvicorn", "main:app", *where]


@pytest.mark.parametrize("name", POLICIES)
def test_it_does_what_the_policy_says(name: str, tmp_path: Path) -> None:
    with running(lambda port: command(tmp_path, POLICIES[name], port), cwd=tmp_path) as base:
        assert complaints(base, POLICIES[name]) == []


@pytest.mark.parametrize(
    "policy", [CLIENT, Policy(origins=["https://*.example"], exposed_headers=["mcp-session-id"])]
)
def test_a_page_opens_a_session_and_can_read_its_name(policy: Policy, tmp_path: Path) -> None:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Origin": "https://app.example",
    }
    with running(lambda port: command(tmp_path, policy, port), cwd=tmp_path) as base:
        status, answer = ask(base, "/mcp", "POST", headers, json.dumps(INITIALIZE).encode())
        assert status == 200
        assert answer["Access-Control-Allow-Origin"] == "https://app.example"
        assert answer["Access-Control-Expose-Headers"] == "mcp-session-id"
        assert answer["Mcp-Session-Id"]


def test_the_sdk_refuses_strangers_and_pages_may_read_errors(tmp_path: Path) -> None:
    with running(lambda port: command(tmp_path, CLIENT, port), cwd=tmp_path) as base:
        for origin, status, shown in (
            ("https://evil.com", 403, None),
            ("https://app.example", 406, "https://app.example"),
        ):
            headers = {"Content-Type": "application/json", "Accept": "text/html", "Origin": origin}
            answered, answer = ask(base, "/mcp", "POST", headers, b"{}")
            assert answered == status
            assert answer["Access-Control-Allow-Origin"] == shown


def test_what_clients_need_and_the_policy_lacks_is_said() -> None:
    steps = "\n".join(Mcp().render(Policy(origins=["https://app.example"])).steps)
    assert "mcp-protocol-version" in steps
    assert "DELETE" in steps
    assert "must expose it" in steps
    complete = Mcp().render(CLIENT).steps
    assert not any("must" in step for step in complete)
