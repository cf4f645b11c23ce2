"""Problems of policies, as sections of a report and as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import click

from corsage import __version__
from corsage.apps.cli.document import Line, Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import counted, escaped, listed, shown
from corsage.model.rule import Problem, Severity

SCHEMA_VERSION: Final = 1

# Problem -> the environments that it is in; ``None`` stands for none of them.
ByEnvironment = Mapping[Problem, Sequence[str | None]]

_HEADINGS: Final = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_STYLES: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def exit_code(problems: Iterable[Problem]) -> int:
    """Return 1 where there is an error among *problems*."""
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    return PROBLEM_EXIT if wrong else FINE_EXIT


def gathered(found: Mapping[str | None, Iterable[Problem]]) -> dict[Problem, list[str | None]]:
    """Turn environments with problems into problems with environments."""
    problems: dict[Problem, list[str | None]] = {}
    for environment, each in found.items():
        for problem in dict.fromkeys(each):
            problems.setdefault(problem, []).append(environment)
    return problems


def problem_sections(problems: ByEnvironment, glyphs: Glyphs, environments: int = 1) -> Iterator[Section]:
    """Lay *problems* out, the worst first.

    Args:
        problems: what was found, and where.
        glyphs: of the terminal.
        environments: how many there are; what is in all of them does not name them.
    """
    for severity, heading in _HEADINGS.items():
        lines = [
            row
            for problem, where in problems.items()
            if problem.severity is severity
            for row in _rows(problem, () if len(where) == environments else where, glyphs)
        ]
        yield Section(heading, tuple(lines))


def _rows(problem: Problem, where: Sequence[str | None], glyphs: Glyphs) -> Iterator[Line]:
    sign = {Severity.ERROR: glyphs.no, Severity.WARNING: "!", Severity.NOTE: glyphs.dot}[problem.severity]
    value = f": {shown(problem.value)}" if problem.value and problem.value not in problem.field else ""
    code = (problem.code, f"bold {_STYLES[problem.severity]}")
    yield bullet(sign, code, " ", (escaped(problem.field), "bold"), value)
    yield line(f"{shown(problem.reason)}.", indent=4)
    if problem.witness is not None:
        yield line(f"For example: {shown(problem.witness)}", indent=4)
    if problem.suggestion is not None:
        yield line("Write: ", (shown(problem.suggestion), "green"), indent=4)
    if where and None not in where:
        yield line((f"In {listed([escaped(name) for name in where if name is not None])}.", "dim"), indent=4)


def hint_section(problems: Iterable[Problem]) -> Section:
    """Say where to read on, by the example of the worst of *problems*; nothing where there are none."""
    order = list(Severity)
    worst = min(problems, key=lambda problem: order.index(problem.severity), default=None)
    if worst is None:
        return Section("")
    words = f"corsage explain {worst.code} says more about a rule."
    return Section("", (line((words, "dim"), indent=0),))


def tally(problems: Iterable[Problem]) -> str:
    """Return ``2 errors and 1 warning``; empty where there is nothing."""
    found = [problem.severity for problem in problems]
    counts = [(severity.value, found.count(severity)) for severity in Severity]
    return listed([counted(count, noun) for noun, count in counts if count])


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return *problem* as JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "field": problem.field,
        "value": problem.value,
        "reason": problem.reason,
        "suggestion": problem.suggestion,
        "witness": problem.witness,
    }


def print_json(code: int, **document: object) -> None:
    """Print a document with what all of them have."""
    whole = {"schema": SCHEMA_VERSION, "version": __version__, "exit_code": code, **document}
    click.echo(json.dumps(whole, indent=2))


def print_refusal(name: str, problems: Sequence[Problem], *, as_json: bool, color: Color) -> int:
    """Say that the policies of a file cannot be made, and why; return the exit code."""
    if as_json:
        print_json(PROBLEM_EXIT, file=name, problems=[problem_json(each) for each in problems])
        return PROBLEM_EXIT
    terminal = Terminal(color)
    heading = Section("", (line(f"{escaped(name)}: {tally(problems)}", indent=0, copied=True),))
    write(terminal, [heading, *problem_sections(dict.fromkeys(problems, ()), terminal.glyphs, 0)])
    return PROBLEM_EXIT
