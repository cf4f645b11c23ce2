"""python-socketio and Jupyter Server under the rendered settings: who may poll, ask, and open WebSockets."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Final

import pytest
from tests.middleware.serving import asgi_server
from tests.middleware.wire import Answer, ask
from tests.stacks.matrix import POLICIES
from tests.stacks.python.rendering import module_of, needs
from tests.stacks.serving import running
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corsage.server import Policy

ALLOWED: Final = {
    "exact": ("https://app.example", "https://admin.example:8443"),
    "patterns": ("https://y.x.deep.example", "http://localhost:3000", "http://localhost"),
    "regex": ("https://app.example", "https://pr-17.preview.example", "https://blue.example"),
    "apps": ("capacitor://localhost",),
    "nothing": (),
}
STRANGERS: Final = (
    "https://evil.com",
    "null",
    "https://app.example.evil.com",
    "https://deep.example",
    "http://localhost.evil.com",
    "https://pr-17.preview.example.evil.com",
)
ORIGIN: Final = "access-control-allow-origin"


def rendered(name: str, policy: Policy) -> str:
    stack = find_stack(name)
    assert stack is not None
    return stack.render(policy).files[0].text


def opens(url: str, path: str, origin: str) -> bool:
    try:
        with connect(f"{url.replace('http', 'ws')}{path}", origin=Origin(origin), proxy=None):
            return True
    except InvalidStatus:
        return False


@pytest.mark.parametrize("policy", ALLOWED)
def test_socketio(policy: str) -> None:
    needs("socketio", "uvicorn")
    app = module_of(rendered("python-socketio", POLICIES[policy]))["app"]
    credentials = "true" if POLICIES[policy].credentials else None
    polling = "/socket.io/?EIO=4&transport=polling"
    with asgi_server(app) as url:
        for origin in ALLOWED[policy]:
            answer = ask(url, "GET", polling, (("Origin", origin),))
            assert (answer.status, answer.headers.lines(ORIGIN)) == (200, [origin])
            assert answer.headers.get("access-control-allow-credentials") == credentials
            assert opens(url, "/socket.io/?EIO=4&transport=websocket", origin)
        for origin in STRANGERS:
            answer = ask(url, "GET", polling, (("Origin", origin),))
            assert (answer.status, answer.headers.get(ORIGIN)) == (400, None)
            assert not opens(url, "/socket.io/?EIO=4&transport=websocket", origin)
        assert ask(url, "GET", polling).status == 200


@contextlib.contextmanager
def jupyter(text: str, made: Path) -> Iterator[str]:
    needs("jupyter_server")
    config = made / "jupyter_server_config.py"
    config.write_text(text, encoding="utf-8")
    options = ("--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.port_retries=0")
    command = (sys.executable, "-m", "jupyter_server", f"--config={config}", *options)
    env = {f"JUPYTER_{each}_DIR": str(made) for each in ("CONFIG", "DATA", "RUNTIME")}
    with running(lambda port: [*command, f"--port={port}"], cwd=made, env={**env, "HOME": str(made)}) as url:
        yield url


@pytest.mark.parametrize("policy", ["exact", "patterns", "regex", "nothing"])
def test_jupyter(policy: str, tmp_path: Path) -> None:
    with jupyter(rendered("jupyter", POLICIES[policy]), tmp_path) as url:
        for origin in ALLOWED[policy]:
            answer = ask(url, "GET", "/api/status", (("Origin", origin),))
            assert (answer.status, answer.headers.lines(ORIGIN)) == (200, [origin])
            assert "Origin" in (answer.headers.get("vary") or "")
            exposed = answer.headers.get("access-control-expose-headers")
            assert exposed == (", ".join(POLICIES[policy].exposed_headers) or None)
            assert opens(url, "/api/events/subscribe", origin)
            _preflight(ask(url, "OPTIONS", "/api/contents", _asking(origin)), origin, POLICIES[policy])
        for origin in STRANGERS:
            answer = ask(url, "GET", "/api/status", (("Origin", origin),))
            assert (answer.status, answer.headers.get(ORIGIN)) == (404, None)
            assert not opens(url, "/api/events/subscribe", origin)
            assert ask(url, "OPTIONS", "/api/contents", _asking(origin)).headers.get(ORIGIN) is None
        assert ask(url, "GET", "/api/status").status == 200


def _asking(origin: str) -> tuple[tuple[str, str], ...]:
    return (("Origin", origin), ("Access-Control-Request-Method", "PUT"))


def _preflight(answer: Answer, origin: str, policy: Policy) -> None:
    assert (answer.status // 100, answer.headers.lines(ORIGIN)) == (2, [origin])
    wanted = ", ".join(policy.request_headers) or "accept"
    assert answer.headers.get("access-control-allow-headers") == wanted
    age = answer.headers.get("access-control-max-age")
    assert age == (None if policy.max_age is None else str(policy.max_age))


@pytest.mark.parametrize("name", ["jupyter", "python-socketio"])
def test_everybody_is_not_written_where_it_would_open_websockets(name: str) -> None:
    stack = find_stack(name)
    assert stack is not None
    made = stack.render(POLICIES["public"])
    assert made.files == ()
    assert "WebSocket" in made.limits[0]
