"""What decides between causes, asked of the server itself: a few more requests, none that changes anything.

Only preflights, GET and HEAD are sent: nothing that a browser would not send unasked.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from corsage.apps.cli.checking.evidence import answer_of
from corsage.apps.cli.checking.run import Checked, Transport
from corsage.model import URL, HeaderList, NetworkFailure, WireKind, WireRequest, parse_url
from corsage.model.evidence import Answer, Probe

_SAFE: Final = frozenset({"GET", "HEAD"})
# Nobody has this origin: RFC 2606 reserves the name.
STRANGER: Final = "https://stranger.example"
_ASKED_METHOD: Final = "access-control-request-method"
_ASKED_HEADERS: Final = "access-control-request-headers"


def probe(checked: Checked, transport: Transport) -> tuple[Probe, ...]:
    """Ask what decides about *checked*: at most five more requests.

    Names of probes: ``without-origin``, ``other-origin``, ``fresh``, ``preflight-plain``, ``preflight-method``.
    """
    return tuple(_probes(checked, transport))


def _probes(checked: Checked, transport: Transport) -> Iterator[Probe]:
    asked = [exchange.request for exchange in checked.exchanges]
    preflight = next((each for each in asked if each.kind is WireKind.PREFLIGHT), None)
    actual = next((each for each in asked if each.kind is WireKind.ACTUAL), None)
    plain = actual if actual is not None and actual.method in _SAFE else _plain_get(preflight)
    if plain is not None:
        without = replace(plain, headers=plain.headers.without(["origin"]))
        yield _sent("without-origin", without, transport, "without Origin")
        stranger = HeaderList([*plain.headers.without(["origin"]), ("Origin", STRANGER)])
        yield _sent("other-origin", replace(plain, headers=stranger), transport, "as a stranger")
        fresh = _past_caches(plain)
        if fresh is not None:
            yield _sent("fresh", fresh, transport, "past every cache")
    if preflight is not None and preflight.headers.get(_ASKED_HEADERS) is not None:
        fewer = replace(preflight, headers=preflight.headers.without([_ASKED_HEADERS]))
        yield _sent("preflight-plain", fewer, transport, "a preflight that asks for no header")
    if preflight is not None and preflight.headers.get(_ASKED_METHOD) not in (None, "GET", "POST"):
        kept = preflight.headers.without([_ASKED_METHOD])
        other = HeaderList([*kept, ("Access-Control-Request-Method", "POST")])
        yield _sent("preflight-method", replace(preflight, headers=other), transport, "a preflight for POST")


def _plain_get(preflight: WireRequest | None) -> WireRequest | None:
    """Return a GET of what *preflight* asks about: it may be refused by status, and changes nothing."""
    if preflight is None:
        return None
    headers = preflight.headers.without([_ASKED_METHOD, _ASKED_HEADERS])
    return WireRequest(WireKind.ACTUAL, "GET", preflight.url, headers)


def _past_caches(request: WireRequest) -> WireRequest | None:
    url: URL | None = parse_url(
        f"{request.url.href.partition('#')[0]}{'&' if request.url.query else '?'}corsage={secrets.token_hex(4)}"
    )
    if url is None:
        return None
    headers = HeaderList([*request.headers, ("Cache-Control", "no-cache"), ("Pragma", "no-cache")])
    return replace(request, url=url, headers=headers)


def _sent(name: str, request: WireRequest, transport: Transport, how: str) -> Probe:
    transport(request)
    exchange = transport.exchanges[-1]
    answer = answer_of(exchange)
    if isinstance(exchange.response, NetworkFailure):
        return Probe(name, answer, f"{how}: no answer")
    return Probe(name, answer, f"{how}: {_told(answer)}")


def _told(answer: Answer) -> str:
    allowed = answer.headers.get("access-control-allow-origin")
    return f"{answer.status}, Access-Control-Allow-Origin {'absent' if allowed is None else allowed}"
