"""Fingerprints, against what real servers answered: each is recognised, and none is taken for another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from corsage.model import HeaderList
from corsage.model.evidence import Answer
from corsage.stacks import all_stacks, find_stack
from corsage.stacks.python import STACKS

# What each framework answered under the servers named, without CORS of its own but where the sample has some.
RECORDED: Final[list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("recorded.json").read_text(encoding="utf-8")
)
# Below this a sign says no more than that the server is one of many that use Python.
SURE: Final = 0.7
# FastAPI is Starlette: plain texts of the one are plain texts of the other.
KIN: Final = {
    "fastapi": {"starlette"},
    "starlette": {"fastapi"},
    "jupyter": {"tornado"},
    "python-socketio": {"socket.io"},
}


def answer_of(row: dict[str, Any]) -> Answer:
    headers = HeaderList((name, value) for name, value in row["headers"])
    return Answer(row["status"], headers, whole=True, body=row["body"])


def surest(name: str, row: dict[str, Any]) -> float:
    stack = find_stack(name)
    assert stack is not None
    return max((sign.sure for sign in stack.signs(answer_of(row))), default=0.0)


@pytest.mark.parametrize("name", sorted({row["stack"] for row in RECORDED}))
def test_errors_give_a_framework_away(name: str) -> None:
    missing = [row for row in RECORDED if row["stack"] == name and row["status"] in (400, 403, 404)]
    assert missing
    floor = 0.6 if name == "starlette" else SURE  # plain text behind a server that others have, too
    assert max(surest(name, row) for row in missing) >= floor


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: f"{row['behind']}: {row['asked']}, {row['status']}")
def test_nobody_is_taken_for_another(row: dict[str, Any]) -> None:
    others = {
        stack.name: sign.why
        for stack in all_stacks()
        if stack.name != row["stack"] and stack.name not in KIN.get(row["stack"], ())
        for sign in stack.signs(answer_of(row))
        if sign.sure >= SURE
    }
    assert others == {}


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("aiohttp", Answer(403, body="CORS preflight request failed: origin 'https://a.example' is not allowed")),
        ("fastapi", Answer(422, body='{"detail":[{"loc":["body","name"],"msg":"field required"}]}')),
        ("django", Answer(401, body='{"detail":"Authentication credentials were not provided."}')),
        ("django", Answer(200, HeaderList([("Set-Cookie", "csrftoken=x; SameSite=Lax")]))),
        ("flask", Answer(404, body='<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>404 Not Found'
                         "</title>\n<h1>Not Found</h1>")),
        ("sanic", Answer(404, body='{"description":"Not Found","status":404,"message":"Requested URL / not found"}')),
        ("litestar", Answer(400, body="Disallowed CORS method, Origin, headers")),
        ("litestar", Answer(400, whole=True, body="Disallowed CORS method")),
        ("starlette", Answer(400, body="Disallowed CORS method, headers")),
        ("corsage", Answer(204, HeaderList([("Corsage-Denied", "origin-not-allowed")]))),
    ],
)  # fmt: skip
def test_what_others_reported(name: str, answer: Answer) -> None:
    stack = find_stack(name)
    assert stack is not None
    assert max(sign.sure for sign in stack.signs(answer)) >= SURE


@pytest.mark.parametrize(
    "body", ["", "\x00", "{" * 100_000, "<" * 100_000, "Disallowed CORS " + "origin, " * 10_000]
)
def test_odd_answers_say_nothing(body: str) -> None:
    answer = Answer(None, HeaderList([("Server", ""), ("Set-Cookie", "=")]), body=body)
    assert [sign for stack in STACKS for sign in stack.signs(answer)] == []
