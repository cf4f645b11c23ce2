"""What is rendered for Socket.IO, started: polling over HTTP, and handshakes of WebSockets."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from tests.stacks.matrix import POLICIES
from tests.stacks.node.asking import ask
from tests.stacks.node.programs import started
from tests.stacks.policies import ORIGINS
from tests.stacks.strict import faults

from corsage.server import compile_policy, decide
from corsage.stacks.node.socketio import SocketIo

POLLING: Final = "/socket.io/?EIO=4&transport=polling"
WEBSOCKET: Final = "/socket.io/?EIO=4&transport=websocket"
# npm's cors grants credentials before it knows who asks.
QUIRKS: Final = frozenset({"credentials-for-strangers"})


@pytest.mark.parametrize("name", POLICIES)
def test_polling_does_what_the_policy_says(name: str) -> None:
    policy = POLICIES[name]
    compiled = compile_policy(policy)
    found = []
    with started("socket.io", {"server.cjs": SocketIo().render(policy).files[0].text}) as url:
        assert ask(url + POLLING).status == 200
        for origin in ORIGINS:
            for method, path, more in (
                ("GET", POLLING, {}),
                ("GET", "/socket.io/?EIO=4&transport=pigeon", {}),
                ("OPTIONS", POLLING, {"Access-Control-Request-Method": "PUT"}),
            ):
                headers = {"Origin": origin, **more}
                response = ask(url + path, method, **headers)
                decision = decide(compiled, method, list(headers.items()))
                found += [
                    f"{method} {origin}: {each}" for each in faults(compiled, decision, response, QUIRKS)
                ]
    assert found == []


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("https://app.example", True),
        ("https://evil.com", False),
        ("null", False),
        ("https://app.example.evil.com", False),
        (None, True),
        ("the host's own", True),
    ],
)
def test_strangers_open_no_websocket_where_the_policy_guards_them(origin: str | None, *, opens: bool) -> None:
    policy = replace(POLICIES["exact"], guard_websockets=True)
    with started("socket.io", {"server.cjs": SocketIo().render(policy).files[0].text}) as url:
        sent = {} if origin is None else {"Origin": url if origin == "the host's own" else origin}
        response = ask(
            url + WEBSOCKET,
            Connection="Upgrade",
            Upgrade="websocket",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
            **sent,
        )
    assert (response.status == 101) is opens


def test_websockets_are_open_without_the_guard() -> None:
    assert "allowRequest" not in SocketIo().render(POLICIES["exact"]).files[0].text
