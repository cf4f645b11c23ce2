"""Rows: what is said to pages that are not allowed anything."""

from collections.abc import Callable
from typing import Final

from peers.browser import ask, bare, preflight
from peers.rows.base import CORS_CHECK, REQUESTS, RESPONSES, Cell, Row, no_unless, yes_if
from peers.setup import ALLOWED, DENIED
from peers.wire import Send

_OK: Final = 200
_OURS: Final = "our choice: the policy has the last word"


def _says(header: str) -> Callable[[Send], Cell]:
    return lambda send: no_unless(header in bare(send, headers=(("Origin", DENIED),)).headers)


def _preflight_says(send: Send) -> Cell:
    told = [
        name.removeprefix("access-control-").removeprefix("allow-")
        for name in preflight(send, DENIED).headers.names()
        if name.startswith("access-control-")
    ]
    return no_unless(bool(told), ", ".join(told))


def _answered(send: Send) -> Cell:
    status = bare(send, headers=(("Origin", DENIED),)).status
    return Cell(str(status), status == _OK)


def _own_denied(send: Send) -> Cell:
    return no_unless(ask(send, DENIED, "/own", credentials=False).readable)


def _own_allowed(send: Send) -> Cell:
    return yes_if(ask(send, ALLOWED, "/own").readable)


LEAKS: Final = (
    Row(
        "A denied page is told `Allow-Credentials`",
        "no",
        RESPONSES,
        _says("access-control-allow-credentials"),
    ),
    Row("A denied page is told `Expose-Headers`", "no", RESPONSES, _says("access-control-expose-headers")),
    Row("A denied page's preflight is told anything", "no", RESPONSES, _preflight_says),
    Row("A denied simple request is answered all the same", "200", REQUESTS, _answered),
    Row("The application's own `Allow-Origin: *` lets a denied page in", "no", _OURS, _own_denied),
    Row(
        "The application's own `Allow-Origin` does not lock an allowed page out",
        "yes",
        CORS_CHECK,
        _own_allowed,
    ),
)
