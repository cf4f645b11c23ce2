"""Rows: who answers OPTIONS, and what a browser makes of the answer."""

from typing import Final

from corsage.browser import PreflightCache
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse
from peers.browser import ask, bare, on_the_way, passes_preflight, preflight
from peers.rows.base import (
    EXCEPTIONS,
    FORCED,
    OPTIONS,
    PREFLIGHT_CACHE,
    PREFLIGHT_FETCH,
    REQUESTS,
    RESPONSES,
    SAFELISTED_METHOD,
    Cell,
    Row,
    yes_if,
)
from peers.setup import ALLOWED, DENIED, strict
from peers.site import OWN_OPTIONS
from peers.wire import Send

_TOKEN: Final = (("X-Token", "1"),)
_OK: Final = range(200, 300)


def _passes(send: Send) -> Cell:
    status = preflight(send, ALLOWED).status
    readable = ask(send, ALLOWED, method="PUT", headers=_TOKEN).readable
    return Cell(f"{'yes' if readable else 'no'}, {status}", readable)


def _denied_origin(send: Send) -> Cell:
    return _stopped(send, DENIED, "PUT")


def _denied_method(send: Send) -> Cell:
    return _stopped(send, ALLOWED, "DELETE")


def _stopped(send: Send, origin: str, method: str) -> Cell:
    status = preflight(send, origin, method).status
    passed = passes_preflight(ask(send, origin, method=method, headers=_TOKEN))
    return Cell(f"{'no' if passed else 'yes'}, {status}", not passed)


def _safelisted(send: Send) -> Cell:
    return yes_if(passes_preflight(ask(send, ALLOWED, method="POST", headers=_TOKEN)))


def _forced(send: Send) -> Cell:
    answer = preflight(send, ALLOWED, "PUT", None)
    passed = answer.status in _OK and answer.headers.get("access-control-allow-origin") == ALLOWED
    return Cell(f"{'yes' if passed else 'no'}, {answer.status}", passed)


def _unknown_path(send: Send) -> Cell:
    outcome = ask(send, ALLOWED, "/nowhere", "PUT", _TOKEN)
    if outcome.response is not None:
        return Cell(f"yes, {outcome.response.status}", True)
    return Cell("no", False)


def _plain_options(send: Send) -> Cell:
    return yes_if(bare(send, "OPTIONS", (("Origin", ALLOWED),), "/options").body == OWN_OPTIONS)


def _without_origin(send: Send) -> Cell:
    headers = (("Access-Control-Request-Method", "PUT"),)
    return yes_if(bare(send, "OPTIONS", headers, "/options").body == OWN_OPTIONS)


def _max_age(send: Send) -> Cell:
    asked = _preflights(send, seconds_apart=599)
    return Cell("yes" if asked == 1 else "no", asked == 1)


def _never_kept(send: Send) -> Cell:
    asked = _preflights(send, seconds_apart=1)
    return Cell("yes" if asked == 2 else "no", asked == 2)  # noqa: PLR2004 - one for each request


def _preflights(send: Send, *, seconds_apart: float) -> int:
    """Make the same request twice; count the preflights."""
    cache = PreflightCache()
    count = 0

    def counted(request: WireRequest) -> WireResponse:
        nonlocal count
        count += request.kind is WireKind.PREFLIGHT
        return send(request)

    for now in (0.0, seconds_apart):
        ask(counted, ALLOWED, method="PUT", headers=_TOKEN, cache=cache, now=now)
    return count


def _private_network(send: Send) -> Cell:
    def asks_for_nothing(headers: HeaderList) -> HeaderList:
        return headers.with_header("Access-Control-Request-Private-Network", "false")

    behind = on_the_way(send, asks_for_nothing)
    return yes_if(passes_preflight(ask(behind, ALLOWED, method="PUT", headers=_TOKEN)))


PREFLIGHTS: Final = (
    Row("An allowed preflight passes; its status", "yes, 2xx", PREFLIGHT_FETCH, _passes),
    Row("A denied origin is stopped; the preflight's status", "yes", PREFLIGHT_FETCH, _denied_origin),
    Row("A denied method is stopped; the preflight's status", "yes", PREFLIGHT_FETCH, _denied_method),
    Row("POST passes where only GET and PUT are listed", "yes", SAFELISTED_METHOD, _safelisted),
    Row("A preflight without Request-Headers passes (upload listeners)", "yes, 2xx", FORCED, _forced),
    Row("After a preflight to an unknown path the page sees the 404", "yes, 404", EXCEPTIONS, _unknown_path),
    Row("OPTIONS with Origin, no preflight, reaches the application", "yes", REQUESTS, _plain_options),
    Row("OPTIONS with Request-Method but no Origin reaches the application", "yes", OPTIONS, _without_origin),
    Row("max age 600: no second preflight after 599 seconds", "yes", PREFLIGHT_CACHE, _max_age),
    Row("max age 0: a preflight for each request", "yes", PREFLIGHT_CACHE, _never_kept, strict(max_age=0)),
    Row(
        "`Access-Control-Request-Private-Network: false` changes nothing", "yes", RESPONSES, _private_network
    ),
)
