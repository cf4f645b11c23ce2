"""Rows: Access-Control-Request-Headers, as browsers write it and as gateways rewrite it."""

from collections.abc import Callable
from typing import Final

from corsage.model import HeaderList
from peers.browser import ask, on_the_way, passes_preflight
from peers.rows.base import LINES, LIST, NAMES, PREFLIGHT_FETCH, SAFELISTED_HEADER, Cell, Row, yes_if
from peers.setup import ALLOWED, strict
from peers.wire import Send

_FIELD: Final = "Access-Control-Request-Headers"
_TWO: Final = (("X-Token", "1"), ("X-Trace", "1"))
_BOTH_LISTED: Final = strict(request_headers=("X-Token", "X-Trace"))


def _names(*names: str) -> Callable[[Send], bool]:
    return lambda send: passes_preflight(
        ask(send, ALLOWED, method="PUT", headers=tuple((name, "1") for name in names))
    )


def _denied_name(send: Send) -> Cell:
    return yes_if(not _names("X-Evil")(send))


def _one_of_two(send: Send) -> Cell:
    return yes_if(not _names("X-Token", "X-Evil")(send))


def _json(send: Send) -> Cell:
    outcome = ask(send, ALLOWED, method="PUT", headers=(("Content-Type", "application/json"),))
    return yes_if(not passes_preflight(outcome))


def _rewritten(*values: str) -> Callable[[HeaderList], HeaderList]:
    def change(headers: HeaderList) -> HeaderList:
        others = headers.without([_FIELD.lower()])
        return HeaderList((*others, *((_FIELD, value) for value in values)))

    return change


def _passes_as(*values: str) -> Callable[[Send], Cell]:
    def check(send: Send) -> Cell:
        behind = on_the_way(send, _rewritten(*values))
        return yes_if(passes_preflight(ask(behind, ALLOWED, method="PUT", headers=_TWO)))

    return check


def _second_line(send: Send) -> Cell:
    behind = on_the_way(send, _rewritten("x-token", "x-evil"))
    outcome = ask(behind, ALLOWED, method="PUT", headers=(("X-Token", "1"), ("X-Evil", "1")))
    return yes_if(not passes_preflight(outcome))


def _empty(send: Send) -> Cell:
    behind = on_the_way(send, _rewritten(""))
    return yes_if(passes_preflight(ask(behind, ALLOWED, method="PUT")))


LISTS: Final = (
    Row("A header that is not listed is stopped", "yes", PREFLIGHT_FETCH, _denied_name),
    Row("… also behind one that is listed", "yes", PREFLIGHT_FETCH, _one_of_two),
    Row("`Content-Type: application/json`, not listed, is stopped", "yes", SAFELISTED_HEADER, _json),
    Row("A second line of names is looked at", "yes", LINES, _second_line),
    Row("Two lines of listed names pass", "yes", LINES, _passes_as("x-token", "x-trace"), _BOTH_LISTED),
    Row(
        "`x-token, x-trace`, with a space, passes", "yes", LIST, _passes_as("x-token, x-trace"), _BOTH_LISTED
    ),
    Row("`X-Token,X-Trace`, capitalised, passes", "yes", NAMES, _passes_as("X-Token,X-Trace"), _BOTH_LISTED),
    Row(
        "`x-token,,x-trace`, with an empty element, passes",
        "yes",
        LIST,
        _passes_as("x-token,,x-trace"),
        _BOTH_LISTED,
    ),
    Row("An empty list passes", "yes", LIST, _empty),
)
