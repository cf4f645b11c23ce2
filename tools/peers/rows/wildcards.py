"""Rows: ``*`` in each place."""

from typing import Final

from peers.browser import ask, passes_preflight
from peers.rows.base import CREDENTIALS, PREFLIGHT_FETCH, Cell, Row, no_unless, yes_if
from peers.setup import ALLOWED, DENIED, strict
from peers.wire import Send


def _reads(send: Send) -> Cell:
    return yes_if(ask(send, DENIED, credentials=False).readable)


def _reads_with_cookies(send: Send) -> Cell:
    outcome = ask(send, DENIED)
    if outcome.refusal is not None and outcome.refusal.status is not None and outcome.refusal.status >= 500:  # noqa: PLR2004 - a server error
        return Cell(f"{outcome.refusal.status} for all", False)
    return no_unless(outcome.readable)


def _patch(send: Send) -> Cell:
    return yes_if(passes_preflight(ask(send, ALLOWED, method="PATCH", credentials=False)))


def _own_method(send: Send) -> Cell:
    return yes_if(passes_preflight(ask(send, ALLOWED, method="PURGE", credentials=False)))


def _any_header(send: Send) -> Cell:
    outcome = ask(send, ALLOWED, method="PUT", headers=(("X-Anything", "1"),), credentials=False)
    return yes_if(passes_preflight(outcome))


def _any_header_with_cookies(send: Send) -> Cell:
    outcome = ask(send, ALLOWED, method="PUT", headers=(("X-Anything", "1"),))
    return yes_if(passes_preflight(outcome), "silently dead")


_ANYONE_WITH_COOKIES: Final = strict(origins=("*",))
_ANY_METHOD: Final = strict(methods=("*",), credentials=False)

WILDCARDS: Final = (
    Row("Origins `*`: any page reads", "yes", CREDENTIALS, _reads, strict(origins=("*",), credentials=False)),
    Row(
        "Origins `*` and credentials: any page reads with the user's cookies",
        "no, or refused",
        CREDENTIALS,
        _reads_with_cookies,
        _ANYONE_WITH_COOKIES,
        refusing_is_right=True,
    ),
    Row("Methods `*`: PATCH passes", "yes", PREFLIGHT_FETCH, _patch, _ANY_METHOD),
    Row("Methods `*`: PURGE passes", "yes", PREFLIGHT_FETCH, _own_method, _ANY_METHOD),
    Row(
        "Request headers `*`: X-Anything passes",
        "yes",
        PREFLIGHT_FETCH,
        _any_header,
        strict(request_headers=("*",), credentials=False),
    ),
    Row(
        "Request headers `*` and credentials: X-Anything passes",
        "yes, or refused",
        CREDENTIALS,
        _any_header_with_cookies,
        strict(request_headers=("*",)),
        refusing_is_right=True,
    ),
)
