"""One call of ``corsage policy render``."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import click

from corsage.apps.cli.document import Line, Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.policy.problems import print_json, print_refusal
from corsage.apps.cli.policy.reading import UnusableError, read_document
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import counted, escaped, listed, shown
from corsage.server import Policy, PolicyError, PolicySet
from corsage.server.formats import policy_set
from corsage.stacks import Rendered, Stack, all_stacks, find_stack

NOT_EXECUTED: Final = "not executed: our tests cannot run this stack, they check the text alone"
_LONGEST_NAME: Final = 64
_PLAIN: Final = Policy(origins=["https://app.example.com"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be rendered.

    Attributes:
        file: of the policy.
        stack: for which.
        path: of the application whose policy is meant; ``None`` for the only one, or that of all paths.
        environment: of the file.
    """

    file: str
    stack: str
    path: str | None
    environment: str | None


def run_render(wanted: Wanted, *, as_json: bool, color: Color) -> int:
    """Print the configuration; return the exit code.

    Raises:
        UnusableError: there is no such stack, or no policy for the path.
    """
    stack = _stack(wanted.stack)
    try:
        policies = policy_set(read_document(wanted.file), wanted.environment)
    except PolicyError as error:
        return print_refusal(wanted.file, error.problems, as_json=as_json, color=color)
    policy, note = _chosen(policies, wanted)
    rendered = stack.render(policy)
    code = FINE_EXIT if rendered.files else PROBLEM_EXIT
    if as_json:
        print_json(code, file=wanted.file, **rendered_json(stack, rendered), note=note or None)
        return code
    several = len(rendered.files) > 1
    for number, file in enumerate(rendered.files):
        if several:
            click.echo(f"{'' if number == 0 else chr(10)}# ---- {file.name} ----")
        click.echo(file.text, nl=False)
    terminal = Terminal(color, sys.stderr)
    write(terminal, _report(stack, rendered, note, terminal.glyphs))
    return code


def run_list(*, as_json: bool, color: Color) -> int:
    """Print all stacks; return the exit code."""
    stacks = all_stacks()
    if as_json:
        print_json(0, stacks=[_stack_json(stack) for stack in stacks])
        return FINE_EXIT
    widest = max(len(stack.name) for stack in stacks)
    rows = tuple(
        line((f"{stack.name:<{widest}}", "bold"), f"  {stack.kind.value:<8}  {_executed(stack)}", indent=0)
        for stack in stacks
    )
    write(Terminal(color), [Section("", rows)])
    return FINE_EXIT


def rendered_json(stack: Stack, rendered: Rendered) -> dict[str, Any]:
    """Return *rendered* as JSON."""
    return {
        "stack": stack.name,
        "executed": rendered.executed or None,
        "files": [
            {"name": each.name, "language": each.language, "text": each.text} for each in rendered.files
        ],
        "steps": list(rendered.steps),
        "limits": list(rendered.limits),
    }


def _stack_json(stack: Stack) -> dict[str, Any]:
    return {
        "name": stack.name,
        "title": stack.title,
        "kind": stack.kind.value,
        "executed": stack.executed or None,
    }


def _executed(stack: Stack) -> str:
    if stack.executed:
        return f"run with {stack.executed}"
    return "not executed" if stack.render(_PLAIN).files else "recognised only"


def _stack(name: str) -> Stack:
    found = find_stack(name)
    if found is not None:
        return found
    near = get_close_matches(name.lower()[:_LONGEST_NAME], [stack.name for stack in all_stacks()], n=3)
    advice = f"did you mean {listed(near, 'or')}?" if near else "--list names them all"
    raise UnusableError(f"--for {shown(name, _LONGEST_NAME)}: there is no such stack; {advice}")


def _chosen(policies: PolicySet, wanted: Wanted) -> tuple[Policy, str]:
    """Return the policy that is meant, and what is to be said about the others."""
    if wanted.path is not None:
        if not wanted.path.startswith("/"):
            raise UnusableError(f"--path {shown(wanted.path)}: a path begins with /")
        policy = policies.select(wanted.path)
        if policy is None:
            raise UnusableError(f"{wanted.file}: no policy holds for {shown(wanted.path)}")
        return policy, ""
    every = [each for each in (policies.default, *policies.paths.values()) if each is not None]
    if not every:
        raise UnusableError(f"{wanted.file}: there is no policy in it")
    others = [path for path, policy in policies.paths.items() if policy is not every[0]]
    if not others:
        return every[0], ""
    which = "for all paths" if policies.default is not None else f"of {next(iter(policies.paths))}"
    note = f"This is the policy {which}; --path writes those of {counted(len(others), 'other path')}: "
    return every[0], note + f"{listed([shown(path) for path in others[:5]])}."


def _report(stack: Stack, rendered: Rendered, note: str, glyphs: Glyphs) -> Iterator[Section]:
    if rendered.files:
        ran = f"Our tests run it with {rendered.executed}." if rendered.executed else f"{NOT_EXECUTED}."
        yield Section("", (line((stack.title, "bold"), f": {ran}", indent=0),))
    if note:
        yield Section("", (line(note, indent=0),))
    yield Section("To do", tuple(_items(rendered.steps, glyphs)))
    heading = (
        "What it does not do of the policy" if rendered.files else f"It cannot be written for {stack.title}"
    )
    yield Section(heading, tuple(_items(rendered.limits, glyphs)))


def _items(texts: tuple[str, ...], glyphs: Glyphs) -> Iterator[Line]:
    for text in texts:
        yield bullet(glyphs.dot, escaped(text))
