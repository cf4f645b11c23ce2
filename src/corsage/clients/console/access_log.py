"""Lines of access logs, of nginx, Apache, uvicorn, Werkzeug, morgan, Gin, Rails and DevTools: method, path, status."""

import re
from dataclasses import replace
from typing import Final

from corsage.clients.console.page import Page
from corsage.clients.console.values import url_of
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

MOST: Final = 200
MOST_LINES: Final = 50_000  # that name a method
_LONGEST_LINE: Final = 3000
# Compiled where a line first needs them, and kept by `re`.
_METHODS: Final = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"
_TARGET: Final = r"[^\s\"']{1,2000}"
# "OPTIONS /x HTTP/1.1" 405
_COMMON: Final = (
    rf'\b({_METHODS}) ({_TARGET}) HTTP/[0-9.]{{1,3}}["\\]{{0,2}},? {{0,3}}'
    r"(?:status[=:] ?)?([1-5][0-9]{2})\b"
)
# GET https://api.example/x 404 (Not Found); OPTIONS /x 404 1.2 ms - 12
_PLAIN: Final = rf"\b({_METHODS}) {{1,3}}((?:https?://|/){_TARGET}) {{1,3}}([1-5][0-9]{{2}})(?: \(|\b)"
# XHR OPTIONS https://api.example/x [HTTP/1.1 401 Unauthorized 12ms]
_FIREFOX: Final = (
    rf"({_METHODS}) ?(https?://[^\s\[]{{1,2000}})\s{{0,8}}\[HTTP/[0-9.]{{1,3}} ([1-5][0-9]{{2}})\b"
)
# [GIN] 2024/05/01 - 10:00:00 | 404 | 1.2µs | ::1 | OPTIONS "/x"
_GIN: Final = rf'\| {{1,3}}([1-5][0-9]{{2}}) {{1,3}}\|.{{0,120}}\| ({_METHODS}) {{1,8}}"({_TARGET})"'
# 403 GET /api/sessions (127.0.0.1) 2.02ms, of Tornado
_TORNADO: Final = rf"\b([1-5][0-9]{{2}}) ({_METHODS}) ({_TARGET}) \("
_REFERER: Final = r'"(https?://[^\s"]{1,500})"'


def read(page: Page) -> list[tuple[int, Message]]:
    """Return the lines that a log has, with where they stand in the text."""
    found: list[tuple[int, Message]] = []
    method = re.compile(_METHODS)
    place = 0
    for _ in range(MOST_LINES):
        candidate = method.search(page.text, place)
        if candidate is None or len(found) == MOST:
            break
        start = page.text.rfind("\n", 0, candidate.start()) + 1
        end = page.text.find("\n", start)
        place = end if end >= 0 else len(page.text)
        if page.text.startswith("\n[HTTP/", place):
            following = page.text.find("\n", place + 1)
            place = following if following >= 0 else len(page.text)
        message = _line(page.text[start:place]) if place - start <= _LONGEST_LINE else None
        if message is not None:
            found.append((start, message))
    return found


def _line(line: str) -> Message | None:
    if not any(char.isdigit() for char in line):
        return None
    if "HTTP/" in line and (match := re.search(_COMMON, line)):
        method, url, status = match.groups()
        return _message(line, method, url, status, line[match.end() :])
    if "[HTTP/" in line and (match := re.search(_FIREFOX, line)):
        method, url, status = match.groups()
        return replace(_message(line, method, url, status, ""), speaker=Speaker.FIREFOX)
    if (match := re.search(_PLAIN, line)) and "curl" not in line:
        method, url, status = match.groups()
        return _message(line, method, url, status, "")
    if match := re.search(_TORNADO, line):
        status, method, url = match.groups()
        return _message(line, method, url, status, "")
    if "|" in line and (match := re.search(_GIN, line)):
        status, method, url = match.groups()
        return _message(line, method, url, status, "")
    return None


def _message(line: str, method: str, url: str, status: str, rest: str) -> Message:
    referer = re.search(_REFERER, rest)
    scheme, found, host = referer.group(1).partition("://") if referer else ("", "", "")
    origin = f"{scheme}{found}{host.split('/', 1)[0]}"
    browser = url.startswith("http")
    return Message(
        " ".join(line.split())[:2000],
        Speaker.CHROMIUM if browser else Speaker.SERVER,
        Symptom.SERVER_STATUS,
        url=url_of(url),
        origin=origin,
        parameter=method,
        status=int(status),
    )
