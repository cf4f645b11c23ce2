"""Answers of running servers, from which stacks are recognised. Run this file to write them anew."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from tests.stacks.node import next_server
from tests.stacks.node.asking import ask
from tests.stacks.node.frameworks import FRAMEWORKS, served, stack_of
from tests.stacks.node.programs import started
from tests.stacks.policies import POLICIES

from corsage.model import HeaderList
from corsage.model.evidence import Answer

RECORDED: Final = Path(__file__).with_name("answers.json")
_QUESTIONS: Final[tuple[tuple[str, str, str, dict[str, str]], ...]] = (
    ("a path that there is not", "GET", "/missing", {}),
    ("an error", "GET", "/boom", {}),
    ("OPTIONS that is no preflight", "OPTIONS", "/missing", {}),
    (
        "a preflight of a stranger",
        "OPTIONS",
        "/ok",
        {"Origin": "https://evil.com", "Access-Control-Request-Method": "PUT"},
    ),
    ("a body that is no JSON", "POST", "/graphql", {"Content-Type": "application/json"}),
    ("an unknown transport", "GET", "/socket.io/?EIO=4&transport=pigeon", {}),
    ("a session", "GET", "/socket.io/?EIO=4&transport=polling", {}),
    ("a session of version 2", "GET", "/socket.io/?EIO=3&transport=polling", {}),
)
_DROPPED: Final = frozenset(
    {"date", "etag", "connection", "keep-alive", "content-length", "transfer-encoding"}
)
_LONGEST_BODY: Final = 600
# Where the server runs, in its stack traces.
_PLACE: Final = re.compile(
    rf"(?:file://)?(?:{re.escape(gettempdir())}/[^/]+|{re.escape(str(RECORDED.parent))})/"
)


@dataclass(frozen=True)
class Recorded:
    """An answer.

    Attributes:
        stack: of whose server.
        question: what was asked.
    """

    stack: str
    question: str
    answer: Answer


def record(url: str) -> list[dict[str, object]]:
    """Ask the server at *url* what it is known by."""
    found: list[dict[str, object]] = []
    for question, method, path, headers in _QUESTIONS:
        response = ask(url + path, method, **headers)
        body = _PLACE.sub("/srv/", (response.body or b"").decode(errors="replace"))
        kept = [[name, value] for name, value in response.headers if name.lower() not in _DROPPED]
        found.append(
            {"question": question, "status": response.status, "headers": kept, "body": body[:_LONGEST_BODY]}
        )
    return found


def save(stack: str, answers: list[dict[str, object]]) -> None:
    """Keep *answers* in the place of what was there of *stack*."""
    held = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    held[stack] = answers
    RECORDED.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def recorded() -> list[Recorded]:
    """Return all that is kept."""
    held = json.loads(RECORDED.read_text(encoding="utf-8"))
    return [
        Recorded(stack, each["question"], _answer(each))
        for stack, answers in held.items()
        for each in answers
    ]


def _answer(each: dict[str, object]) -> Answer:
    headers = each["headers"]
    status = each["status"]
    assert isinstance(headers, list)
    assert isinstance(status, int)
    return Answer(
        status, HeaderList((name, value) for name, value in headers), whole=True, body=str(each["body"])
    )


def main() -> None:
    """Start every server, and keep what it answers."""
    policy = POLICIES["exact"]
    for name, framework in FRAMEWORKS.items():
        with started(framework.package, served(name, policy)) as url:
            save(name, record(url))
    program = stack_of("socket.io").render(policy).files[0].text
    listener = "createServer((request, response) => response.end());"
    with started("socket.io", {"server.cjs": program.replace("createServer();", listener)}) as url:
        save("socket.io", record(url))
    bare = {name: text for name, text in next_server.APPLICATION.items() if "path" not in name}
    with next_server.served(stack_of("nextjs").render(policy).files[0].text, bare) as url:
        save("nextjs", record(url))


if __name__ == "__main__":
    main()
