"""The ``curl`` line that shows a finding, and shows that it is gone."""

from typing import Final

from corsage.browser import CHROME, CookieJar, drive, fetch
from corsage.diagnosis.request import request_of
from corsage.model import NetworkFailure, WireKind, WireRequest, WireResponse
from corsage.model.messages import FailureKind
from corsage.rules import Case

_LONGEST: Final = 2000
# What curl sends by itself, or what does not matter to a server that is asked about CORS.
_LEFT_OUT: Final = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length"})
_SHOWN: Final = ("origin", "access-control-request-method", "access-control-request-headers")


def curl_line(case: Case) -> str | None:
    """Return the command that asks what the browser asks first; ``None`` where the URL or the page is unknown."""
    request = request_of(case, CHROME)
    if request is None or case.origin == "null":
        return None
    asked: list[WireRequest] = []

    def nobody(wire: WireRequest) -> WireResponse | NetworkFailure:
        asked.append(wire)
        return NetworkFailure(FailureKind.UNREACHABLE)

    drive(fetch(request, profile=CHROME, cookies=CookieJar()), nobody)
    if not asked:
        return None
    first = asked[0]
    if case.on_preflight and first.kind is WireKind.ACTUAL:
        return _guessed_preflight(case, first)
    parts = ["curl -si"]
    if first.kind is WireKind.PREFLIGHT or first.method != "GET":
        parts.append(f"-X {first.method}")
    for name, value in first.headers:
        lower = name.lower()
        if lower in _SHOWN or (first.kind is WireKind.ACTUAL and lower in _page_headers(case)):
            parts.append(f"-H {quoted(f'{name}: {value}')}")
    line = " ".join([*parts, quoted(first.url.href)])
    return line if len(line) <= _LONGEST else None


def _guessed_preflight(case: Case, actual: WireRequest) -> str | None:
    """Return a preflight for a request of which too little is known: there was one, nobody said what for."""
    method = case.method.upper() if case.method.isalpha() else "POST"
    origin = actual.headers.get("origin") or case.origin
    parts = (
        "curl -si -X OPTIONS",
        f"-H {quoted(f'Origin: {origin}')}",
        f"-H {quoted(f'Access-Control-Request-Method: {method}')}",
        quoted(actual.url.href),
    )
    line = " ".join(parts)
    return line if len(line) <= _LONGEST else None


def _page_headers(case: Case) -> frozenset[str]:
    return frozenset(case.headers.names()) - _LEFT_OUT


def quoted(text: str) -> str:
    """Quote *text* for a shell of the POSIX kind: it is data, whatever it holds."""
    plain = text.isascii() and text.isprintable()
    if not plain:
        text = "".join(char if char.isprintable() else "?" for char in text)
    return "'" + text.replace("'", "'\\''") + "'"
