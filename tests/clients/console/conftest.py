"""What the tests of the reader share: messages with what they say, one JSON object a line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corsage.clients.console import read_messages
from corsage.model.evidence import Message

TABLES = Path(__file__).parent / "messages"
FIELDS = ("speaker", "says", "url", "first_url", "origin", "api", "parameter", "status", "failure", "stack")


def shown(message: Message) -> dict[str, Any]:
    """Return what *message* names, without what it leaves open."""
    values = {name: getattr(message, name) for name in FIELDS}
    return {name: value for name, value in values.items() if value not in ("", None)}


def rows(name: str) -> list[tuple[str, list[dict[str, Any]]]]:
    lines = (TABLES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["text"], row["reads"]) for row in map(json.loads, lines)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "known" in metafunc.fixturenames:
        tables = sorted(path.stem for path in TABLES.glob("*.jsonl"))
        cases = [(name, number, *row) for name in tables for number, row in enumerate(rows(name), 1)]
        metafunc.parametrize(
            ("known", "says"),
            [(text, says) for _, _, text, says in cases],
            ids=[f"{name}-{number}" for name, number, _, _ in cases],
        )


@pytest.fixture(scope="session")
def reads() -> Callable[[str], list[dict[str, Any]]]:
    return lambda text: [shown(message) for message in read_messages(text)]


@pytest.fixture(scope="session")
def known_texts() -> list[str]:
    return [text for path in sorted(TABLES.glob("*.jsonl")) for text, _ in rows(path.stem)]
