"""Pitfalls: each is seen in a text that has it, not in one that has not, and in nothing that we write ourselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stacks.policies import POLICIES

from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Mapping

# Stack, pitfall: a text that has it, and one that has not.
Cases = "Mapping[tuple[str, str], tuple[str, str]]"


def check_pitfall(stack: str, pitfall: str, bad: str, good: str) -> None:
    """Lint both texts."""
    found = find_stack(stack)
    assert found is not None
    assert pitfall in [each.name for each in found.lint(bad)]
    assert pitfall not in [each.name for each in found.lint(good)]


def check_all_tried(stacks: tuple[str, ...], cases: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """Find pitfalls that text shows and that nobody tried. What two stacks share is tried with one of them."""
    tried = {pitfall for _, pitfall in cases}
    for name in stacks:
        stack = find_stack(name)
        assert stack is not None
        assert {each.name for each in stack.pitfalls if each.seen is not None} <= tried


def check_own_texts(stack: str) -> None:
    """Lint what we render."""
    found = find_stack(stack)
    assert found is not None
    for name, policy in POLICIES.items():
        text = "\n".join(file.text for file in found.render(policy).files)
        assert [each.name for each in found.lint(text)] == [], name


def check_hostile(stack: str) -> None:
    """Lint long texts that repeat what expressions look for; it takes no time that anybody notices."""
    found = find_stack(stack)
    assert found is not None
    for part in (
        "AllowedOrigins: []string{",
        "://",
        "origins 'https://a",
        "/a",
        "header('Access-Control-Allow-Origin: h",
    ):
        found.lint(part * (200_000 // len(part)))
