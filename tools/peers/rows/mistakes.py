"""Rows: what people get wrong. It works, or it is said before the first request; it does not fail in silence."""

from collections.abc import Callable
from typing import Final

from peers.browser import ask, bare, names_of, passes_preflight, preflight
from peers.rows.base import METHODS, SERIALIZED, Cell, Row, no_unless, yes_if
from peers.setup import ALLOWED, strict
from peers.wire import Send

_TOKEN: Final = (("X-Token", "1"),)


def _works(send: Send) -> Cell:
    return yes_if(ask(send, ALLOWED).readable, "silently dead")


def _substring(send: Send) -> Cell:
    granted = bare(send, headers=(("Origin", ALLOWED[:-1]),)).headers.get("access-control-allow-origin")
    return no_unless(granted is not None)


def _anyone(send: Send) -> Cell:
    return no_unless(ask(send, "https://evil.example").readable)


def _lower_case(send: Send) -> Cell:
    outcome = ask(send, ALLOWED, method="PUT", headers=_TOKEN)
    return yes_if(passes_preflight(outcome), "silently dead")


def _emitted(method: str) -> Callable[[Send], Cell]:
    def check(send: Send) -> Cell:
        names = names_of(preflight(send, ALLOWED), "access-control-allow-methods")
        return no_unless(method in names, "sent")

    return check


def _mistake(name: str, check: Callable[[Send], Cell], source: str, **changes: object) -> Row:
    right = (
        "no, or refused"
        if check in (_substring, _anyone) or name.startswith("Method `b")
        else "yes, or refused"
    )
    return Row(name, right, source, check, strict(**changes), refusing_is_right=True)


MISTAKES: Final = (
    _mistake(
        "Origin `https://app.example/` (slash): the page reads", _works, SERIALIZED, origins=(ALLOWED + "/",)
    ),
    _mistake(
        "Origin `https://App.Example`: the page reads", _works, SERIALIZED, origins=("https://App.Example",)
    ),
    _mistake(
        "Origin `https://app.example:443`: the page reads", _works, SERIALIZED, origins=(ALLOWED + ":443",)
    ),
    _mistake("Origin `app.example`: the page reads", _works, SERIALIZED, origins=("app.example",)),
    _mistake(
        "Two origins in one text: the page reads",
        _works,
        SERIALIZED,
        origins=(f"{ALLOWED}, https://b.example",),
    ),
    _mistake(
        "A text instead of a list: `https://app.exampl` is allowed", _substring, SERIALIZED, origins=ALLOWED
    ),
    _mistake(
        "Text `https://*.example.com` instead of a list: any page reads with cookies",
        _anyone,
        SERIALIZED,
        origins="https://*.example.com",
    ),
    _mistake("Method `put`: a page's PUT passes", _lower_case, METHODS, methods=("put",)),
    _mistake("Method `b ad` is sent to browsers", _emitted("b ad"), METHODS, methods=("PUT", "b ad")),
)
