"""The browser that judges: the engine with the `standard` profile; and bare requests, for what no browser sends."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from corsage.browser import STANDARD, Cookie, CookieJar, PreflightCache, drive, fetch, new_request
from corsage.model import (
    HeaderList,
    Outcome,
    RequestInit,
    WireKind,
    WireRequest,
    WireResponse,
    page,
    parse_url,
)
from peers.wire import Send

HOST: Final = "https://api.example"
_SESSION: Final = Cookie("session", "1", "api.example", secure=True, same_site="none")
Headers = tuple[tuple[str, str], ...]


def ask(
    send: Send,
    origin: str,
    path: str = "/hello",
    method: str = "GET",
    headers: Headers = (),
    *,
    credentials: bool = True,
    cache: PreflightCache | None = None,
    now: float = 0.0,
) -> Outcome:
    """Have a page of *origin* fetch *path*, as ``fetch()`` would, *now* on the clock of *cache*.

    The user is signed in: there is a cookie to send.
    """
    init = RequestInit(HOST + path, method, headers, credentials="include" if credentials else "same-origin")
    request = new_request(init, page(origin + "/"), STANDARD)
    cookies = CookieJar([_SESSION])
    return drive(fetch(request, profile=STANDARD, cache=cache, cookies=cookies, now=now), send)


def passes_preflight(outcome: Outcome) -> bool:
    """Tell whether the preflight, at least, was answered to the browser's satisfaction."""
    return outcome.refusal is None or not outcome.refusal.cause.is_preflight


def bare(send: Send, method: str = "GET", headers: Headers = (), path: str = "/hello") -> WireResponse:
    """Send one request as it is: what a browser never sends, or sends outside of CORS."""
    url = parse_url(HOST + path)
    assert url is not None  # noqa: S101 - the rows' own paths
    return send(WireRequest(WireKind.ACTUAL, method, url, HeaderList(headers)))


def preflight(send: Send, origin: str, method: str = "PUT", names: str | None = "x-token") -> WireResponse:
    """Send a preflight as it is."""
    headers = [("Origin", origin), ("Access-Control-Request-Method", method)]
    if names is not None:
        headers.append(("Access-Control-Request-Headers", names))
    return bare(send, "OPTIONS", tuple(headers))


def on_the_way(send: Send, change: Callable[[HeaderList], HeaderList]) -> Send:
    """Return *send* behind a gateway that rewrites the headers of preflights by *change*."""

    def changed(request: WireRequest) -> WireResponse:
        if request.kind is WireKind.PREFLIGHT:
            request = replace(request, headers=change(request.headers))
        return send(request)

    return changed


def names_of(response: WireResponse, header: str) -> list[str]:
    """Return the members of a list header, lower-case, in order."""
    written = response.headers.get(header) or ""
    return [name for part in written.split(",") if (name := part.strip().lower())]
