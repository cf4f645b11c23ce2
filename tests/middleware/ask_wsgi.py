"""A request to a WSGI application without a server between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN = "access-control-allow-origin"


@dataclass(frozen=True)
class Told:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def allowed(self) -> str | None:
        return self.headers.get(ORIGIN)


def get(
    app: Callable[..., Any], path: str, origin: str | None, method: str = "GET", **environ: object
) -> Told:
    """Ask *app*; *path* is as on the wire, decoded once."""
    asked: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1")}
    setup_testing_defaults(asked)
    if origin is not None:
        asked["HTTP_ORIGIN"] = origin
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[..., None]:
        told.append((status, headers))
        return lambda data: None  # noqa: ARG005 - nobody writes

    body = b"".join(app({**asked, **environ}, start_response))
    status, headers = told[-1]
    return Told(int(status[:3]), {name.lower(): value for name, value in headers}, body)


def preflight(app: Callable[..., Any], path: str, origin: str, method: str = "PUT") -> Told:
    return get(app, path, origin, "OPTIONS", HTTP_ACCESS_CONTROL_REQUEST_METHOD=method)
