"""One server for each sample application and process; policies are changed while it runs."""

from __future__ import annotations

import ast
import contextlib
import importlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.policies import POLICIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.middleware.serving import Served

    from corsage.middleware import Denial

APPS = Path(__file__).parent / "apps"


@dataclass
class Sample:
    """A sample application at work.

    Attributes:
        denials: what the hook was told since `under`.
        lacks: what the framework cannot do, and why.
        adds_vary: names that the framework puts into ``Vary`` of some answers itself.
        statuses: the framework's own in the place of others (``STATUSES`` of the sample application).
    """

    served: Served
    denials: list[Denial]
    lacks: Mapping[str, str]
    adds_vary: frozenset[str]
    statuses: Mapping[int, int]

    def under(self, policy: str) -> str:
        """Let a policy hold, and return the application's address."""
        self.served.replace(POLICIES[policy])
        self.denials.clear()
        return self.served.url

    def needs(self, feature: str) -> None:
        """Skip where the framework lacks *feature*."""
        if feature in self.lacks:
            pytest.skip(f"{feature}: {self.lacks[feature]}")


def needs_of(path: Path) -> tuple[str, ...]:
    """Return ``NEEDS`` of a sample application, without importing it."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDS":
            return tuple(ast.literal_eval(node.value))
    raise AssertionError(f"{path.name} has no NEEDS")


def module_of(name: str) -> Any:
    """Import a sample application; skip where what it needs is not installed."""
    for needed in needs_of(APPS / f"{name}.py"):
        if find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed")
    return importlib.import_module(f"tests.middleware.apps.{name}")


@pytest.fixture(scope="session")
def samples() -> Iterator[Callable[[str], Sample]]:
    with contextlib.ExitStack() as stack:
        running: dict[str, Sample] = {}

        def sample(name: str) -> Sample:
            if name not in running:
                module = module_of(name)
                denials: list[Denial] = []
                served = stack.enter_context(module.serve(POLICIES["strict"], on_denied=denials.append))
                lacks = dict(getattr(module, "LACKS", {}))
                if not module.WEBSOCKETS:
                    lacks["WebSockets"] = "the framework has none"
                adds_vary: frozenset[str] = getattr(module, "ADDS_VARY", frozenset())
                statuses: Mapping[int, int] = getattr(module, "STATUSES", {})
                running[name] = Sample(served, denials, lacks, adds_vary, statuses)
            return running[name]

        yield sample
