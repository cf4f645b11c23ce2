"""The matrix that every stack goes through: does it do just what the policy says?

The server must answer GET, POST, PUT, DELETE and PATCH of ``/ok`` with 200, ``ok`` and ``X-Total: 1``, everything
unknown with 404, ``/boom`` with 500 and ``/moved`` with 302 to ``/ok``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.stacks.policies import ORIGINS, POLICIES
from tests.stacks.strict import faults
from tests.stacks.verdicts import API, differences

from corsage.clients.live import LiveOptions, LiveTransport
from corsage.model import HeaderList, NetworkFailure, WireKind, WireRequest, WireResponse, parse_url
from corsage.server import compile_policy, decide, split_serialized_origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corsage.server import Policy

# What a stack's own library does otherwise than we would, and why that harms nobody. Those at the end do harm, and are
# for stacks that cannot do better: then a sentence in `limits` must say so, and a test must say that it does.
QUIRKS: Final[Mapping[str, str]] = {
    "preflight-status": "Every status from 200 to 299 is as good to browsers; the library has its own.",
    "no-vary-on-preflight": "No cache keeps answers to OPTIONS (RFC 9110, 9.3.7).",
    "no-vary-for-strangers": "Answers to strangers, and those without Origin, lack Vary: a cache may give them to an "
    "allowed page, which then cannot read them. Nobody is let in by it.",
    "origin-for-all": "The only allowed origin is sent to everybody: browsers of all others refuse it, and caches "
    "have one answer for all.",
    "credentials-for-strangers": "Access-Control-Allow-Credentials without Allow-Origin grants nothing.",
    "content-type-too": "The library always grants Content-Type: pages may send JSON.",
    "more-methods": "The library always grants some more methods.",
    "max-age": "The library has its own, or none: browsers ask more often.",
    "no-preflight-on-missing-paths": "Preflights of paths that there are not are answered 404: pages cannot read the "
    "404 that they would have had.",
    "refuses-malformed": "What no browser sends as Origin is answered without our headers: 400 and the like.",
    "404-without-headers": "Harm: pages cannot read a 404.",
    "500-without-headers": "Harm: pages cannot read a 500.",
    "redirect-without-headers": "Harm: pages cannot follow a redirect.",
}
_PATHS: Final = ("/ok", "/missing", "/boom", "/moved")
_WITHOUT: Final = {
    "/missing": "404-without-headers",
    "/boom": "500-without-headers",
    "/moved": "redirect-without-headers",
}
_REFUSED: Final = (400, 403)
_STRANGERS: Final = ("https://evil.com", "null")
_OPTIONS: Final = LiveOptions(timeout=20)

Pairs = tuple[tuple[str, str], ...]


def complaints(base_url: str, policy: Policy, *, quirks: frozenset[str] = frozenset()) -> list[str]:
    """Ask the server at *base_url* everything, and say where it does otherwise than *policy*; empty is good.

    Args:
        base_url: ``http://127.0.0.1:PORT``, without a slash.
        policy: what was rendered for the server.
        quirks: names of `QUIRKS`.

    Raises:
        ValueError: there is no such quirk.
    """
    unknown = quirks - QUIRKS.keys()
    if unknown:
        raise ValueError(f"no such quirk: {sorted(unknown)}")
    compiled = compile_policy(policy)
    allowed = tuple(each for each in ORIGINS if _is_page(each) and compiled.allows_listed(each))
    with LiveTransport(_OPTIONS) as transport:
        server = _Server(base_url, transport)
        found = [
            *_strictness(server, policy, allowed, quirks),
            *differences(server, policy, (*allowed, *_STRANGERS), quirks),
        ]
    return list(dict.fromkeys(found))


class _Server:
    """Sends what the browsers mean for `API` to the server under test."""

    def __init__(self, base_url: str, transport: LiveTransport) -> None:
        self._base = base_url
        self._transport = transport

    def __call__(self, asked: WireRequest) -> WireResponse | NetworkFailure:
        self._transport.exchanges.clear()
        url = parse_url(asked.url.href.replace(API, self._base, 1))
        assert url is not None
        answer = self._transport(WireRequest(asked.kind, asked.method, url, asked.headers, asked.body))
        if isinstance(answer, NetworkFailure):
            return answer
        # Some servers make their redirects absolute. Loopback is no concern of this suite.
        headers = HeaderList((name, value.replace(self._base, API)) for name, value in answer.headers)
        return WireResponse(answer.status, headers, answer.body)

    def ask(self, method: str, path: str, headers: Pairs) -> WireResponse | NetworkFailure:
        url = parse_url(API + path)
        assert url is not None
        kind = WireKind.PREFLIGHT if method == "OPTIONS" else WireKind.ACTUAL
        return self(WireRequest(kind, method, url, HeaderList(headers)))


def _strictness(
    server: _Server, policy: Policy, allowed: tuple[str, ...], quirks: frozenset[str]
) -> Iterator[str]:
    compiled = compile_policy(policy)
    for method, path, headers in _questions(policy, allowed, quirks):
        decision = decide(compiled, method, headers)
        response = server.ask(method, path, headers)
        where = f"{method} {path} {dict(headers)}"
        if isinstance(response, NetworkFailure):
            yield f"{where}: no answer: {response.kind} {response.detail}"
            continue
        if "refuses-malformed" in quirks and response.status in _REFUSED and not _is_page(decision.origin):
            continue
        yield from (f"{where}: {fault}" for fault in faults(compiled, decision, response, quirks))
        if path == "/ok" and method != "OPTIONS" and decision.origin is None and response.status != 200:
            yield f"{where}: status {response.status} without Origin"


def _questions(
    policy: Policy, allowed: tuple[str, ...], quirks: frozenset[str]
) -> Iterator[tuple[str, str, Pairs]]:
    """Every origin at ``/ok``; no origin, an allowed one and strangers everywhere; preflights good and bad."""
    paths = [path for path in _PATHS if _WITHOUT.get(path) not in quirks]
    some = (*allowed[:2], *_STRANGERS)
    for origin in ORIGINS:
        yield "GET", "/ok", (("Origin", origin),)
        yield "OPTIONS", "/ok", _preflight(origin, "GET")
    for path in paths:
        yield "GET", path, ()
        yield from (("GET", path, (("Origin", origin),)) for origin in some)
    method = next(iter(policy.methods), "PUT")
    headers = policy.request_headers
    for origin in some:
        yield "POST", "/ok", (("Origin", origin),)
        yield "OPTIONS", "/ok", _preflight(origin, method)
        yield "OPTIONS", "/ok", _preflight(origin, method, ",".join(headers))
        yield "OPTIONS", "/ok", _preflight(origin, "BREW")
        yield "OPTIONS", "/ok", _preflight(origin, method, "x-evil")
        if "no-preflight-on-missing-paths" not in quirks:
            yield "OPTIONS", "/missing", _preflight(origin, method)


def _preflight(origin: str, method: str, headers: str = "") -> Pairs:
    asked = (("Access-Control-Request-Headers", headers),) if headers else ()
    return (("Origin", origin), ("Access-Control-Request-Method", method), *asked)


def _is_page(origin: str | None) -> bool:
    """Tell whether browsers have pages of *origin*."""
    return origin is not None and split_serialized_origin(origin) is not None


__all__ = ["POLICIES", "QUIRKS", "complaints"]
