"""What stacks that cannot be run render, word for word. ``CORSAGE_UPDATE_GOLDEN=1`` writes what is rendered now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.stacks.policies import POLICIES

from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corsage.stacks import Rendered, Stack

GOLDEN: Final = Path(__file__).parent / "golden"
# Values that want to break out of a language's quotes, and lists as long as they come.
HOSTILE: Final[Mapping[str, Policy]] = {
    "quotes": Policy(
        origins=["https://app.example"],
        origin_regexes=[
            r"""https://a['"`$\\{}()<>&;#%\n]{1,3}\.example""",
            r"(?i:https)://(?P<x>b|c)\.example",
        ],
        methods=["PURGE", "M-SEARCH", "PATCH"],
        request_headers=["x-a'b", "x-$c"],
    ),
    "everything": Policy(
        origins=["https://app.example", "null"],
        methods="*",
        request_headers=["*", "authorization"],
        exposed_headers="*",
        max_age=-1,
        private_network=True,
        timing=True,
        resource_policy="cross-origin",
        preflight_status=200,
        preflight_continue=True,
        guard_websockets=True,
        dangerously_allow_null_origin=True,
    ),
    "star": Policy(
        origins="*", methods="*", request_headers="*", exposed_headers="*", public=True, timing=True
    ),
    "lookup": Policy(origins=["https://app.example"], origin_lookup=bool),
    "many": Policy(origins=[f"https://app{number}.example" for number in range(150)], credentials=True),
}
ALL: Final[Mapping[str, Policy]] = {**POLICIES, **HOSTILE}
# The others differ from these in nothing that is worth reading.
WORD_FOR_WORD: Final = (*POLICIES, "everything")


def check_golden(stack: Stack, name: str) -> Rendered:
    """Compare what *stack* makes of the policy *name* with its file; return it."""
    rendered = stack.render(ALL[name])
    text = shown(rendered)
    path = GOLDEN / stack.name / f"{name}.txt"
    if os.environ.get("CORSAGE_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
    return rendered


def shown(rendered: Rendered) -> str:
    """Everything that is rendered, as text."""
    parts = [f"=== {file.name} ({file.language})\n{file.text}" for file in rendered.files]
    parts += [f"step: {step}\n" for step in rendered.steps]
    parts += [f"limit: {limit}\n" for limit in rendered.limits]
    return "".join(parts)


def check_rendered(stack: Stack, name: str) -> None:
    """What holds for every stack and every policy."""
    rendered = stack.render(ALL[name])
    assert rendered.stack == stack.name
    assert rendered.files or rendered.limits
    assert all(file.text.endswith("\n") and file.name and file.language for file in rendered.files)
    sentences = (*rendered.steps, *rendered.limits)
    assert all(each == each.strip() and each.isprintable() for each in sentences)
    if ALL[name].origin_lookup is not None and rendered.files:
        assert any("origin_lookup" in each for each in rendered.limits)
