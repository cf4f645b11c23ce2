"""Rendered files as modules, and what every site of this family needs."""

from __future__ import annotations

import contextlib
import itertools
import logging
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

METHODS: Final = ("GET", "POST", "PUT", "DELETE", "PATCH")
_numbers = itertools.count(1)


def module_of(text: str) -> dict[str, Any]:
    """Execute a rendered file, as Python does when it is imported."""
    namespace: dict[str, Any] = {"__name__": f"rendered{next(_numbers)}"}
    exec(compile(text, "rendered", "exec"), namespace)  # noqa: S102 - it is what our renderer wrote
    return namespace


def needs(*modules: str) -> None:
    """Skip where one of *modules* is not installed."""
    for name in modules:
        pytest.importorskip(name)


def _boom() -> str:
    raise RuntimeError("the sample application's own error")


def flask_routes(app: Any, redirect: Callable[[str], Any]) -> None:
    app.add_url_rule("/ok", "ok", lambda: ("ok", 200, {"X-Total": "1"}), methods=METHODS)
    app.add_url_rule("/boom", "boom", _boom)
    app.add_url_rule("/private", "private", lambda: "private", methods=METHODS)
    app.add_url_rule("/moved", "moved", lambda: redirect("/ok"))
    app.logger.setLevel(logging.CRITICAL)


@contextlib.contextmanager
def quiet(*loggers: str) -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in loggers}
    for name in loggers:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
