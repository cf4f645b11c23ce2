"""How stacks of Node.js are recognised: by answers of running servers, and by nothing else."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.node.asking import answer_of, ask
from tests.stacks.node.frameworks import FRAMEWORKS, served
from tests.stacks.node.programs import started
from tests.stacks.node.recording import Recorded, recorded
from tests.stacks.policies import POLICIES

from corsage.model import HeaderList
from corsage.model.evidence import Answer
from corsage.stacks.node import STACKS

BY_NAME: Final = {stack.name: stack for stack in STACKS}
# What runs in another is recognised as that as well.
WITHIN: Final = {"nestjs": {"express"}, "apollo-server": {"express"}}
# Which of the recorded answers show what answered.
TELLING: Final = {
    "express": {"a path that there is not", "an error", "OPTIONS that is no preflight"},
    "fastify": {"a path that there is not", "OPTIONS that is no preflight", "a body that is no JSON"},
    "nestjs": {"a path that there is not", "an error"},
    "hono": {"a path that there is not"},
    "hapi": {
        "a path that there is not",
        "an error",
        "OPTIONS that is no preflight",
        "a preflight of a stranger",
    },
    "nextjs": {"a path that there is not", "an error", "a session"},
    "socket.io": {"an unknown transport", "a session", "a session of version 2"},
    "apollo-server": {"a body that is no JSON"},
    "node": set(),
    "koa": set(),  # it answers plain texts as many others do
}


def signs(stack: str, answer: Answer) -> list[str]:
    return [sign.why for sign in BY_NAME[stack].signs(answer)]


def title(each: Recorded) -> str:
    return f"{each.stack}: {each.question}"


@pytest.mark.parametrize("each", recorded(), ids=title)
def test_recorded_answers_show_their_stack_and_no_other(each: Recorded) -> None:
    found = {name for name in BY_NAME if signs(name, each.answer)}
    assert found <= {each.stack} | WITHIN.get(each.stack, set())
    if each.question in TELLING[each.stack]:
        assert each.stack in found


@pytest.mark.parametrize("name", ["express", "fastify", "nestjs", "hono", "hapi"])
def test_a_running_server_is_recognised(name: str) -> None:
    with started(FRAMEWORKS[name].package, served(name, POLICIES["nothing"])) as url:
        answer = answer_of(ask(f"{url}/missing"))
    assert signs(name, answer)


DEFAULTS: Final = {
    "express": ("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE"),
    "koa": ("access-control-allow-methods", "GET,HEAD,PUT,POST,DELETE,PATCH"),
    "hono": ("access-control-allow-methods", "GET,HEAD,PUT,POST,DELETE,PATCH,QUERY"),
    "hapi": ("access-control-allow-headers", "Accept,Authorization,Content-Type,If-None-Match"),
}


@pytest.mark.parametrize("name", DEFAULTS)
def test_what_a_library_grants_by_itself_shows_it(name: str) -> None:
    preflight = Answer(204, HeaderList([DEFAULTS[name]]))
    assert [each for each in BY_NAME if signs(each, preflight)] == [name]


@pytest.mark.parametrize("header", ["koa", "Hono", "Express", "Next.js"])
def test_powered_by(header: str) -> None:
    found = [
        stack.title
        for stack in STACKS
        if list(stack.signs(Answer(200, HeaderList([("X-Powered-By", header)]))))
    ]
    assert [each.lower() for each in found] == [header.lower()]


# As other frameworks and gateways write errors.
FOREIGN: Final = (
    '{"detail":"Not Found"}',
    '{"detail":"Method Not Allowed"}',
    '{"message":"Not Found"}',
    '{"message":"Missing Authentication Token"}',
    '{"message":"no Route matched with those values"}',
    '{"message":"Unauthorized"}',
    '{"timestamp":"2026-01-01T00:00:00Z","status":404,"error":"Not Found","path":"/missing"}',
    '{"status":404,"error":"Not Found"}',
    '{"statusCode": 401, "message": "Access denied due to missing subscription key."}',
    '{"code":404,"message":"Not Found"}',
    '{"errors":[{"message":"Unauthorized"}]}',
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center></body></html>",
    "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>",
    "404 page not found\n",
    "Not Found",
    "Internal Server Error",
    "Disallowed CORS origin",
    "<Error><Code>AccessDenied</Code></Error>",
)


@pytest.mark.parametrize("body", FOREIGN)
def test_answers_of_others_show_nothing(body: str) -> None:
    for status in (401, 403, 404, 500):
        assert [stack.name for stack in STACKS if list(stack.signs(Answer(status, body=body)))] == []


@pytest.mark.parametrize(
    "body",
    [
        '{"message":"Forbidden resource","error":"Forbidden","statusCode":403}',
        '{"message":"Unauthorized","statusCode":401}',
    ],
)
def test_what_guards_of_nestjs_refuse_with(body: str) -> None:
    assert [stack.name for stack in STACKS if list(stack.signs(Answer(403, body=body)))] == ["nestjs"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        '{"a": 1',
        "[" * 5000,
        '{"a":' * 1000 + "1" + "}" * 1000,
        '{"message": 1}',
        '{"errors": [1]}',
        '{"errors": []}',
        '{"errors": {"message": "x"}}',
        '{"code": [], "message": {}}',
        '{"statusCode": {}, "error": [], "message": []}',
        "\x00" * 100,
        "{" + "9" * 5000 + "}",
        '{"statusCode":' + "9" * 4500 + "}",
    ],
)
def test_odd_bodies_show_nothing(body: str) -> None:
    for stack in STACKS:
        assert not list(stack.signs(Answer(404, body=body)))
        assert not list(stack.signs(Answer(body=body)))
