"""Usual mistakes are found in programs that have them, and in no others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.node.pitfall_texts import PAIRS
from tests.stacks.policies import POLICIES

from corsage.stacks.node import STACKS

if TYPE_CHECKING:
    from corsage.stacks import Pitfall, Stack

BY_NAME: Final = {stack.name: stack for stack in STACKS}
SEEN: Final = [(stack, each) for stack in STACKS for each in stack.pitfalls if each.seen is not None]


def pairs(stack: Stack, pitfall: Pitfall) -> list[tuple[str, str]]:
    return PAIRS[stack.name].get(pitfall.name) or PAIRS["*"].get(pitfall.name, [])


@pytest.mark.parametrize(("stack", "pitfall"), SEEN, ids=lambda each: each.name)
def test_a_mistake_is_seen_where_it_is(stack: Stack, pitfall: Pitfall) -> None:
    assert pairs(stack, pitfall), "no text has it"
    for wrong, right in pairs(stack, pitfall):
        assert pitfall in stack.lint(wrong), wrong
        assert pitfall not in stack.lint(right), right


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_what_is_rendered_has_no_mistake(stack: Stack, policy: str) -> None:
    for file in stack.render(POLICIES[policy]).files:
        assert [each.name for each in stack.lint(file.text)] == []


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_each_mistake_has_a_name_of_its_own(stack: Stack) -> None:
    names = [each.name for each in stack.pitfalls]
    assert len(names) == len(set(names))
    assert all(each.says.endswith(".") and each.instead.endswith(".") for each in stack.pitfalls)


HOSTILE: Final = {
    "nothing": "",
    "objects without end": "{a:" * 60_000,
    "open brackets": "cors({" * 30_000,
    "closed brackets": "})" * 60_000,
    "quotes": "'\"`" * 60_000,
    "comments that do not end": "/*" * 60_000,
    "slashes": "= /" * 60_000,
    "expressions that do not end": "(/[" * 60_000,
    "sets in expressions": "=/" + "[a]" * 60_000,
    "backslashes": "'" + "\\" * 150_000,
    "words": "origin: " * 20_000,
    "texts": "origin: ['https://a.example/'," + "'https://a.example'," * 8_000,
    "origins": "origin." * 20_000,
    "spaces": "mode" + " " * 190_000,
    "one long word": "a" * 200_000,
    "a long origin": "cors({ origin: '" + "a." * 90_000 + "' })",
    "a list in a text": "cors({ origin: 'https://" + ", " * 90_000 + "' })",
    "functions": "export async function " * 8_000,
    "controls": "\x00\ud800\u2028" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_programs_are_read_in_time(name: str) -> None:
    every = {each.seen: each for _, each in SEEN}
    began = time.process_time()
    for each in every.values():
        each.is_in(HOSTILE[name])
    assert time.process_time() - began < 10
