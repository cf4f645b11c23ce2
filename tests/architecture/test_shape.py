"""Budgets: how long a file and a function may be, and that everything says what it is."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 50

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Documented: TypeAlias = Function | ast.ClassDef | ast.Module


def python_files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


SOURCES = python_files("src")
BUDGETED = SOURCES + python_files("tools")
TESTS = python_files("tests")


@pytest.mark.parametrize("path", BUDGETED, ids=name_of)
def test_a_file_keeps_its_budget(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines, {LONGEST_FILE} are the budget"


@pytest.mark.parametrize("path", BUDGETED, ids=name_of)
def test_functions_keep_their_budget(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    lengths = {node.name: length(node, lines) for node in ast.walk(tree(path)) if isinstance(node, Function)}
    too_long = {name: count for name, count in lengths.items() if count > LONGEST_FUNCTION}
    assert not too_long, f"{LONGEST_FUNCTION} lines of code are the budget"


def length(function: Function, lines: list[str]) -> int:
    """Count the body's lines of code; signature, docstring, comments and blank lines cost nothing."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not body:
        return 0
    texts = (line.strip() for line in lines[body[0].lineno - 1 : body[-1].end_lineno])
    return sum(bool(text) and not text.startswith("#") for text in texts)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    silent = [name for name, node in public(tree(path), "") if not ast.get_docstring(node)]
    assert not silent


def public(node: Documented, prefix: str) -> Iterator[tuple[str, Documented]]:
    yield prefix or "the module itself", node
    if isinstance(node, Function):
        return
    for child in node.body:
        # Overloads of one function share the docstring of the last.
        if (
            isinstance(child, Function | ast.ClassDef)
            and not child.name.startswith("_")
            and not overloads(child)
        ):
            # What overrides a documented method is documented there.
            if isinstance(child, Function) and isinstance(node, ast.ClassDef) and node.bases:
                continue
            yield from public(child, f"{prefix}.{child.name}".lstrip("."))


def overloads(node: Function | ast.ClassDef) -> bool:
    return any(isinstance(item, ast.Name) and item.id == "overload" for item in node.decorator_list)


SLEEPERS = {("time", "sleep")}


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_sleeps(path: Path) -> None:
    calls = [
        f"line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in SLEEPERS
    ]
    imports = [
        f"line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and any((node.module, alias.name) in SLEEPERS for alias in node.names)
    ]
    assert not calls + imports, "wait for what is awaited, not for time to pass"


def test_the_checks_see_the_files() -> None:
    assert len(SOURCES) > 50
    assert Path(__file__) in TESTS
