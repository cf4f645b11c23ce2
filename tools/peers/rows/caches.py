"""Rows: what a shared cache may hand to somebody else."""

from collections.abc import Callable
from typing import Final

from corsage.model import WireResponse
from peers.browser import Headers, bare, names_of, preflight
from peers.rows.base import HTTP_CACHES, VARY, Cell, Row, yes_if
from peers.setup import ALLOWED, DENIED, PUBLIC, SECOND, strict
from peers.wire import Send

_FROM_ALLOWED: Final = (("Origin", ALLOWED),)
_FROM_SECOND: Final = (("Origin", SECOND),)
_FROM_DENIED: Final = (("Origin", DENIED),)


def _varies(headers: Headers, path: str = "/hello") -> Callable[[Send], Cell]:
    return lambda send: yes_if("origin" in names_of(bare(send, headers=headers, path=path), "vary"))


def _kept(send: Send) -> Cell:
    names = names_of(bare(send, headers=_FROM_ALLOWED, path="/encoded"), "vary")
    return yes_if("accept-encoding" in names, "lost")


def _once(send: Send) -> Cell:
    names = names_of(bare(send, headers=_FROM_ALLOWED, path="/varied"), "vary")
    return Cell(
        "yes" if names.count("origin") == 1 else f"{names.count('origin')} times", names.count("origin") == 1
    )


def _one_origin(send: Send) -> Cell:
    """With one origin a constant answer without Vary is as good as a Vary: both are safe."""
    answers = [bare(send, headers=headers) for headers in ((), _FROM_ALLOWED, _FROM_DENIED)]
    constant = len({_allow_origin(answer) for answer in answers}) == 1
    varies = all("origin" in names_of(answer, "vary") for answer in answers)
    return Cell("constant" if constant else "varies" if varies else "no", constant or varies)


def _allow_origin(answer: WireResponse) -> str | None:
    return answer.headers.get("access-control-allow-origin")


def _public(send: Send) -> Cell:
    answers = [bare(send, headers=headers) for headers in ((), _FROM_ALLOWED, _FROM_DENIED)]
    if any(_allow_origin(answer) != "*" for answer in answers):
        return Cell("no", False)
    needless = any("origin" in names_of(answer, "vary") for answer in answers)
    return Cell("needless Vary" if needless else "yes", not needless)


def _preflight_varies(send: Send) -> Cell:
    """Change one field after the other: those that change the answer must be in its Vary."""
    first = preflight(send, ALLOWED)
    others = {
        "origin": [preflight(send, SECOND), preflight(send, DENIED)],
        "access-control-request-method": [
            preflight(send, ALLOWED, "DELETE"),
            preflight(send, ALLOWED, "GET"),
        ],
        "access-control-request-headers": [
            preflight(send, ALLOWED, "PUT", name) for name in ("x-evil", None)
        ],
    }
    named = names_of(first, "vary")
    depends = [
        field for field, answers in others.items() if any(_cors(each) != _cors(first) for each in answers)
    ]
    missing = [field for field in depends if field not in named]
    return yes_if(not missing, "no")


def _cors(answer: WireResponse) -> tuple[object, ...]:
    lines = sorted(
        (name.lower(), value) for name, value in answer.headers if name.lower().startswith("access-")
    )
    return answer.status, *lines


CACHES: Final = (
    Row("`Vary: Origin` on an answer to an allowed page", "yes", HTTP_CACHES, _varies(_FROM_ALLOWED)),
    Row("… to a denied page", "yes", HTTP_CACHES, _varies(_FROM_DENIED)),
    Row("… to a request without Origin", "yes", HTTP_CACHES, _varies(())),
    Row("… where the application sets a Vary, too", "yes", VARY, _varies(_FROM_ALLOWED, "/encoded")),
    Row("The application's own Vary is kept", "yes", VARY, _kept),
    Row("An application's own `Vary: Origin` is not repeated", "yes", VARY, _once),
    Row(
        "One origin: constant, or with `Vary: Origin` whoever asks",
        "either",
        HTTP_CACHES,
        _one_origin,
        strict(origins=(ALLOWED,)),
    ),
    Row("`*`: the same answer for all, without `Vary: Origin`", "yes", HTTP_CACHES, _public, PUBLIC),
    Row("A preflight's answer names in Vary what it depends on", "yes", VARY, _preflight_varies),
)
