"""How a request reaches a peer: as a call, in the form that its servers make."""

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias

from corsage.model import WireRequest, WireResponse

Send: TypeAlias = Callable[[WireRequest], WireResponse]


def module(name: str) -> Any:  # noqa: ANN401 - most of these packages publish no types, and none need be installed
    """Import a peer's module, or one of its framework's."""
    return importlib.import_module(name)


def latin(headers: object) -> list[tuple[str, str]]:
    """Return raw header pairs as text."""
    return [(bytes(name).decode("latin-1"), bytes(value).decode("latin-1")) for name, value in headers]  # type: ignore[attr-defined]  # pairs of bytes
