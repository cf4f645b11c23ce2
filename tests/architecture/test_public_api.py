"""The public names: what is promised is exported, and nothing comes or goes unnoticed.

`UPDATE_PUBLIC_API=1 pytest tests/architecture/test_public_api.py` writes the list anew.
"""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PACKAGES = (
    "corsage",
    "corsage.grammar",
    "corsage.model",
    "corsage.browser",
    "corsage.server",
    "corsage.pair",
    "corsage.middleware",
)
SNAPSHOT = Path(__file__).parent / "public_api.txt"


def exports(module: ModuleType) -> set[str]:
    """The names that the package's `__init__` imports from its own rooms, or defines."""
    tree = ast.parse(inspect.getsource(module))
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("corsage")
        for alias in node.names
    }
    names |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return {name for name in names if not name.startswith("_") or name == "__version__"}


@pytest.mark.parametrize("name", PACKAGES)
def test_what_is_promised_is_what_is_exported(name: str) -> None:
    module = importlib.import_module(name)
    assert set(module.__all__) == exports(module)
    assert len(set(module.__all__)) == len(module.__all__)
    for promised in module.__all__:
        assert hasattr(module, promised)


def described(name: str, value: object) -> str:
    """One name as a line: what it is, and how it is called."""
    if isinstance(value, type) and issubclass(value, enum.Enum):
        return f"{name}: {', '.join(value.__members__)}"
    if name == "Profile":
        return f"{name}: class"  # its fields are the register of departures, which grows
    if isinstance(value, type) and issubclass(value, tuple):
        return f"{name}({', '.join(getattr(value, '_fields', ()))})"
    if isinstance(value, type) and dataclasses.is_dataclass(value):
        return f"{name}({', '.join(field.name for field in dataclasses.fields(value) if field.init)})"
    if inspect.isfunction(value):
        return f"{name}({', '.join(parameters(value))})"
    return f"{name}: {'class' if isinstance(value, type) else type(value).__name__}"


def parameters(function: object) -> list[str]:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    return [
        f"{parameter.name}=" if parameter.default is not parameter.empty else parameter.name
        for parameter in signature.parameters.values()
    ]


def listing() -> str:
    lines: list[str] = []
    for package in PACKAGES:
        module = importlib.import_module(package)
        lines += [f"{package}.{described(name, getattr(module, name))}" for name in sorted(module.__all__)]
    return "\n".join(lines) + "\n"


def test_the_public_names_are_those_of_the_list() -> None:
    found = listing()
    if os.environ.get("UPDATE_PUBLIC_API"):
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found == SNAPSHOT.read_text(encoding="utf-8"), "UPDATE_PUBLIC_API=1 writes the list anew"
