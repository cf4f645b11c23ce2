"""The lines of a request or a response that matter to CORS, fit for a screen."""

from collections.abc import Iterable
from typing import Final

from corsage.apps.cli.text import counted, escaped, listed, shown
from corsage.model import HeaderList, Request, WireRequest, WireResponse

MOST_LINES: Final = 24
_MOST_COOKIES: Final = 8

_ASKED: Final = frozenset({"origin", "access-control-request-method", "access-control-request-headers"})
_ANSWERED: Final = frozenset(
    {
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "cross-origin-resource-policy",
        "location",
        "vary",
    }
)
# What explains an error.
_EXPLAINING: Final = frozenset({"allow", "server", "www-authenticate", "proxy-authenticate"})
_SECRET: Final = frozenset({"authorization"})
_FIRST_ERROR: Final = 400


def request_lines(request: WireRequest, made: Request | None) -> list[str]:
    """Return the header lines that the CORS protocol or the page put there; cookies by name alone."""
    authors = frozenset(made.headers.names()) if made is not None else frozenset()
    lines = [
        f"{shown(name)}: {_value(name, value)}"
        for name, value in request.headers
        if name.lower() in _ASKED or name.lower() in authors
    ]
    cookie = request.headers.get("cookie")
    if cookie is not None:
        lines.append(f"Cookie: {_cookie_names(cookie.split('; '))}")
    lines = _cut(lines)
    if request.body:
        lines.append(f"(body: {counted(len(request.body), 'byte')})")
    return lines


def _value(name: str, value: str) -> str:
    if name.lower() not in _SECRET:
        return shown(value)
    scheme, space, rest = value.partition(" ")
    return f"{shown(scheme)} (not shown)" if space and rest else "(not shown)"


def response_lines(response: WireResponse, extra: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return (lower-case name, line) of the headers that matter to CORS, in the server's order.

    Args:
        response: the answer.
        extra: lower-case names that matter this time.
    """
    wanted = _ANSWERED.union(extra)
    if response.status >= _FIRST_ERROR:
        wanted |= _EXPLAINING
    rows = [
        (name.lower(), f"{escaped(name)}: {shown(value)}")
        for name, value in response.headers
        if name.lower() in wanted
    ]
    # The lines in question come first in a flood.
    rows.sort(key=lambda row: len(rows) > MOST_LINES and row[0] not in extra)
    more = len(rows) - MOST_LINES
    rows = rows[:MOST_LINES] + ([("", f"… and {counted(more, 'more such line')}")] if more > 0 else [])
    return rows + _set_cookies(response.headers)


def _set_cookies(headers: HeaderList) -> list[tuple[str, str]]:
    lines = headers.lines("set-cookie")
    return [("set-cookie", f"Set-Cookie: {_cookie_names(lines)}")] if lines else []


def _cookie_names(pairs: list[str]) -> str:
    """Name cookies without their values, which are secrets."""
    names = [shown(pair.partition("=")[0].strip() or "(no name)", 40) for pair in pairs[:_MOST_COOKIES]]
    more = len(pairs) - _MOST_COOKIES
    return listed([*names, f"{more:,} more"] if more > 0 else names)


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"… and {counted(more, 'more line')}"] if more > 0 else lines
