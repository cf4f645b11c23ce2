"""XMLHttpRequest: ``open``, ``setRequestHeader``, ``withCredentials`` and ``send``, called one after the other."""

import re
from collections.abc import Iterator
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.javascript.names import Names
from corsage.clients.snippets.javascript.options import set_body
from corsage.clients.snippets.javascript.tokens import tokens
from corsage.clients.snippets.javascript.values import Parser, Value, text_of_value

_MOST: Final = 100
_REACH: Final = 10_000
_OPEN: Final = re.compile(
    r"\b(?P<name>[\w$]{1,40})\.open[ \t]*(?=\([ \t]*[\"'`](?P<method>[A-Za-z]{3,10})[\"'`])"
)
_USE: Final = re.compile(
    r"\b(?P<name>[\w$]{1,40})\.(?:(?P<call>setRequestHeader|send)[ \t]*(?=\()"
    r"|withCredentials[ \t]*=[ \t]*(?P<credentials>true|false|!0|!1)\b)"
)
_TWO: Final = 2


def find_xhr(text: str, names: Names) -> Iterator[Found]:
    """Find the requests of XMLHttpRequest objects in *text*."""
    opened: dict[str, Found] = {}
    for number, found in enumerate(_OPEN.finditer(text)):
        if number >= _MOST:
            break
        arguments, end = _arguments(text, found.end(), names)
        if len(arguments) < _TWO or not text_of_value(arguments[1]):
            continue
        asked = Asked(url=text_of_value(arguments[1]), method=found.group("method").upper(), for_browser=True)
        asked.mode, asked.credentials = "cors", "same-origin"
        opened.setdefault(found.group("name"), Found("XMLHttpRequest", found.start(), end, asked))
    if opened:
        _use(text, opened, names)
    yield from opened.values()


def _use(text: str, opened: dict[str, Found], names: Names) -> None:
    for number, found in enumerate(_USE.finditer(text)):
        request = opened.get(found.group("name"))
        if number >= _MOST or request is None or found.start() > request.end + _REACH:
            continue
        end = found.end()
        if found.group("credentials"):
            included = found.group("credentials") in ("true", "!0")
            request.asked.credentials = "include" if included else "same-origin"
        else:
            arguments, end = _arguments(text, found.end(), names)
            if found.group("call") == "send":
                set_body(request.asked, arguments[0] if arguments else None)
            elif len(arguments) == _TWO:
                request.asked.headers.append((text_of_value(arguments[0]), text_of_value(arguments[1])))
        request.start, request.end = min(request.start, found.start()), max(request.end, end)


def _arguments(text: str, start: int, names: Names) -> tuple[list[Value], int]:
    found = tokens(text, start, most=1000)
    return Parser(found, names.value).arguments(), found[-1].end if found else start
