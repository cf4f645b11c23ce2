"""What the pitfalls say of libraries is so."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Final

import pytest
from tests.stacks.node.programs import HERE, installed

EVIL: Final = ["https://evil.example"]
CLAIMS: Final[dict[str, object]] = {
    "starredRoute": "Missing parameter name",
    "starredEnd": "Missing parameter name",
    "helmet": ["same-origin"],
    "express error": [500, []],
    "express text": [404, ["https://app.example"]],
    "express star": [404, []],
    "koa list": ["https://a.example", "https://b.example"],
    "koa credentials": EVIL,
    "hapiText": True,
    "hapiUnknown": True,
    "hapiCredentials": EVIL,
    "fastify": [["*"], ["GET,HEAD,POST"]],
    "socket.io text": ["*"],
    "socket.io yes": ["*"],
    "socket.io origins": [],
    "oldClient": 400,
    "socketIo2": [EVIL, ["true"]],
    "nestLate": 404,
    "nestTwice": ["*"],
    "apollo": ["*"],
    "hono": None,
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    node = installed("express")
    done = subprocess.run(
        [node, HERE / "claims.mjs"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=HERE,
        env={"NODE_ENV": "test", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


@pytest.mark.parametrize("claim", CLAIMS)
def test_it_is_as_the_pitfall_says(claim: str, found: dict[str, Any]) -> None:
    assert found[claim] == CLAIMS[claim]


def test_nothing_is_claimed_in_vain(found: dict[str, Any]) -> None:
    assert found.keys() == CLAIMS.keys()
