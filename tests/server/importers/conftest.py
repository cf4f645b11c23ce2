"""The command line as a fixture."""

from __future__ import annotations

from tests.apps.conftest import run

__all__ = ["run"]
