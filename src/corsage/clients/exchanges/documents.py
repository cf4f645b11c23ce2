"""Exchanges as JSON: Postman's collections and console, and what Firefox copies."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from corsage.clients.exchanges.assemble import Exchange
from corsage.clients.exchanges.heads import Request, Response
from corsage.clients.structured.headers import read_headers
from corsage.clients.written import LONGEST_VALUE, status_of, text_of

MOST_ITEMS: Final = 500
_DEEPEST: Final = 20
_CONSOLE: Final = re.compile(
    r"^[\s▶►>]{0,8}(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S{1,8000}?):? (?=\{)", re.MULTILINE
)
_FIREFOX_TITLE: Final = re.compile(r"(Response|Request) Headers(?: \(|$)", re.IGNORECASE)
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def read_document(text: str) -> list[Exchange] | None:
    """Return the exchanges of a JSON document; ``None`` where *text* is none that we know."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        value = _decoded(start)
        if isinstance(value, Mapping):
            return list(_collection(value)) or list(_firefox(value)) or None
        return None
    return list(_console(text)) or None


def _decoded(text: str) -> object:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _collection(value: Mapping[str, object], depth: int = 0) -> Iterator[Exchange]:
    """Read a Postman collection (https://schema.postman.com/), folders included."""
    items = value.get("item")
    if not isinstance(items, list) or depth > _DEEPEST:
        return
    for item in items[:MOST_ITEMS]:
        if not isinstance(item, Mapping):
            continue
        yield from _collection(item, depth + 1)
        if "request" in item:
            yield from _item(item)


def _item(item: Mapping[str, object]) -> Iterator[Exchange]:
    asked = _request(item.get("request"))
    answers = item.get("response")
    found = (
        [each for each in answers[:MOST_ITEMS] if isinstance(each, Mapping)]
        if isinstance(answers, list)
        else []
    )
    if not found:
        yield Exchange(asked)
    for each in found:
        original = each.get("originalRequest")
        response = Response(
            status=status_of(each.get("code")), headed=True, body=text_of(each.get("body"), LONGEST_VALUE)
        )
        response.headers = list(read_headers(each.get("header"), []))
        yield Exchange(_request(original) if isinstance(original, Mapping) else asked, response)


def _request(value: object) -> Request:
    if isinstance(value, str):
        return Request(method="GET", target=value)
    if not isinstance(value, Mapping):
        return Request()
    url = value.get("url")
    target = url.get("raw") if isinstance(url, Mapping) else url
    headers = value.get("header")
    kept = (
        [each for each in headers if not (isinstance(each, Mapping) and each.get("disabled") is True)]
        if isinstance(headers, list)
        else headers
    )
    body = value.get("body")
    raw = body.get("raw") if isinstance(body, Mapping) else None
    return Request(
        method=text_of(value.get("method"), 100) or "GET",
        target=text_of(target, LONGEST_VALUE),
        headers=list(read_headers(kept, [])),
        shown=True,
        body=None if raw is None else text_of(raw, LONGEST_VALUE),
    )


def _console(text: str) -> Iterator[Exchange]:
    """Read Postman's console: ``POST https://…: {"Request Headers": {…}, "Response Headers": {…}}``."""
    for number, found in enumerate(_CONSOLE.finditer(text)):
        if number >= _DEEPEST:
            return
        value = _decoded(text[found.end() : found.end() + 500_000])
        if not isinstance(value, Mapping):
            continue
        request = Request(method=found.group(1), target=found.group(2), shown=True)
        request.headers = list(read_headers(value.get("Request Headers"), []))
        body = value.get("Request Body")
        request.body = None if body is None else text_of(body, LONGEST_VALUE)
        response = Response(headed=True, body=text_of(value.get("Response Body"), LONGEST_VALUE))
        response.headers = list(read_headers(value.get("Response Headers"), []))
        response.status = status_of(value.get("Status") or value.get("Response Code"))
        yield Exchange(request, response if response.headers or response.status else None)


def _firefox(value: Mapping[str, object]) -> Iterator[Exchange]:
    """Read what Firefox copies of its headers panel: ``{"Response Headers (1 kB)": {"headers": […]}}``."""
    request, response = Request(), Response(headed=True)
    for name, each in value.items():
        title = _FIREFOX_TITLE.match(name)
        inside = each.get("headers") if isinstance(each, Mapping) else None
        if title is not None and isinstance(inside, list):
            target = response if title.group(1).lower() == "response" else request
            target.headers = list(read_headers(inside, []))
        elif name in _METHODS and isinstance(each, Mapping):
            request.method = name
            host, path = text_of(each.get("host"), 1000), text_of(each.get("filename"), LONGEST_VALUE)
            request.target = f"{text_of(each.get('scheme'), 20) or 'https'}://{host}{path}" if host else ""
        elif name == "Status":
            response.status = status_of(text_of(each, 100)[:3])
    request.shown = bool(request.headers)
    if request.headers or response.headers or request.target:
        yield Exchange(request, response if response.headers else None)
