"""The ``curl`` line that shows a finding, and shows that it is gone."""

from typing import Final

from corsage.model import Cause, NetworkFailure, WireKind, WireRequest, WireResponse
from corsage.model.messages import FailureKind
from corsage.rules import Case

_LONGEST: Final = 2000
# What curl sends by itself, or what does not matter to a server that is asked about CORS.
_LEFT_OUT: Final = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length"})
_SHOWN: Final = ("origin", "access-control-request-method", "access-control-request-headers")


def curl_line(case: Case) -> str | None:
    """Return the command that asks what the browser asks first; ``None`` where the URL or the page is unknown."""
    if case.target is None or not case.target.is_http or case.page is None or not case.page.host:
        return None
    if case.page.same_origin(case.target.origin):
        return None
    parts = _plain(case) if _is_plain(case) else _as_the_engine_asks(case)
    if not parts:
        return None
    # curl would ask for many URLs where one has brackets or braces.
    globs = ["-g"] if set(parts[-1]) & set("[]{}") else []
    line = " ".join(["curl -si", *globs, *parts])
    return line if len(line) <= _LONGEST else None


def _is_plain(case: Case) -> bool:
    """Tell whether nothing is known of the request but who asks whom: then the engine need not be asked."""
    return (
        case.method in ("", "GET") and not case.headers.names() and not case.message(Cause.HEADER_DISALLOWED)
    )


def _plain(case: Case) -> list[str]:
    assert case.page is not None  # noqa: S101 - looked at before
    assert case.target is not None  # noqa: S101 - likewise
    origin = f"-H {quoted(f'Origin: {case.page.serialized}')}"
    if not case.on_preflight:
        return [origin, quoted(case.target.href)]
    # There was a preflight, and nobody said what for.
    asked = f"-H {quoted('Access-Control-Request-Method: POST')}"
    return ["-X OPTIONS", origin, asked, quoted(case.target.href)]


def _as_the_engine_asks(case: Case) -> list[str]:
    from corsage.browser import CHROME, CookieJar, drive, fetch
    from corsage.diagnosis.request import request_of

    request = request_of(case, CHROME)
    if request is None:
        return []
    asked: list[WireRequest] = []

    def nobody(wire: WireRequest) -> WireResponse | NetworkFailure:
        asked.append(wire)
        return NetworkFailure(FailureKind.UNREACHABLE)

    drive(fetch(request, profile=CHROME, cookies=CookieJar()), nobody)
    if not asked:
        return []
    first = asked[0]
    parts = []
    if first.kind is WireKind.PREFLIGHT or first.method != "GET":
        parts.append(f"-X {first.method if first.method.isalpha() else quoted(first.method)}")
    for name, value in first.headers:
        lower = name.lower()
        if lower in _SHOWN or (first.kind is WireKind.ACTUAL and lower in _page_headers(case)):
            parts.append(f"-H {quoted(f'{name}: {value}')}")
    return [*parts, quoted(first.url.href)]


def _page_headers(case: Case) -> frozenset[str]:
    return frozenset(case.headers.names()) - _LEFT_OUT


def quoted(text: str) -> str:
    """Quote *text* for a shell of the POSIX kind: it is data, whatever it holds."""
    plain = text.isascii() and text.isprintable()
    if not plain:
        text = "".join(char if char.isprintable() else "?" for char in text)
    return "'" + text.replace("'", "'\\''") + "'"
