"""What a stack cannot say is said, and allows less."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from corsage.server import Policy
from corsage.stacks.node import STACKS
from corsage.stacks.parts import LOOKUP_LOST

BASE: Final = Policy(origins=["https://app.example"], methods=["PUT"])
BY_NAME: Final = {stack.name: stack for stack in STACKS}
FIELDS: Final = {
    "preflight_status": (replace(BASE, preflight_status=202), "status", {"koa", "hono", "hapi"}),
    "preflight_continue": (
        replace(BASE, preflight_continue=True),
        "the application does not see",
        {"koa", "hono", "hapi"},
    ),
    "private_network": (
        replace(BASE, private_network=True),
        "Private-Network",
        BY_NAME.keys() - {"koa", "nextjs", "node"},
    ),
    "timing": (replace(BASE, timing=True), "Timing-Allow-Origin", BY_NAME.keys() - {"nextjs", "node"}),
    "guard_websockets": (replace(BASE, guard_websockets=True), "upgrade", BY_NAME.keys() - {"socket.io"}),
    "origin_lookup": (Policy(origin_lookup=lambda _: True), LOOKUP_LOST, BY_NAME.keys()),
    "an expression without equal": (
        Policy(origin_regexes=[r"https://(?!x)[a-z]+\.app\.example"]),
        "JavaScript",
        BY_NAME.keys(),
    ),
    "resource_policy": (replace(BASE, resource_policy="same-site"), "Resource-Policy", {"socket.io"}),
}


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("field", FIELDS)
def test_a_limit_is_said_where_there_is_one(field: str, name: str) -> None:
    policy, says, limited = FIELDS[field]
    found = [limit for limit in BY_NAME[name].render(policy).limits if says in limit]
    assert len(found) == (1 if name in limited else 0), found


@pytest.mark.parametrize("name", BY_NAME)
def test_what_is_lost_is_not_allowed(name: str) -> None:
    for field in ("origin_lookup", "an expression without equal"):
        text = BY_NAME[name].render(FIELDS[field][0]).files[0].text
        assert "origin: '*'" not in text
        assert "app\\.example" not in text


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_every_rendering_says_where_it_goes(stack: object) -> None:
    assert stack in STACKS
    rendered = next(each for each in STACKS if each is stack).render(BASE)
    assert rendered.executed
    assert rendered.steps
    assert len(rendered.files) == 1
    assert rendered.files[0].text.endswith("\n")
    assert "\n\n\n" not in rendered.files[0].text
    assert "'https://app.example'" in rendered.files[0].text


def test_hapi_s_own_option_says_what_it_cannot() -> None:
    hapi = BY_NAME["hapi"]
    assert any("404" in limit for limit in hapi.render(BASE).limits)
    by_code = hapi.render(Policy(origins=["https://*.app.example"]))
    assert by_code.limits == ()
    assert "cors" not in by_code.files[0].text


def test_names_are_of_one_stack_each() -> None:
    words = [word for stack in STACKS for word in (stack.name, *stack.words)]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)
