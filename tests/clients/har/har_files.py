"""HAR files as tests need them: entry by entry, with the fields that browsers write."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from corsage.clients.har import HarReading, diagnosable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHROMIUM = {"name": "WebInspector", "version": "537.36"}
FIREFOX = {"name": "Firefox", "version": "153.7.0"}
SAFARI = {"name": "WebKit Web Inspector", "version": "19618.3.11"}
CHARLES = {"name": "Charles Proxy", "version": "4.6.6"}
PAGE = "https://app.example/"
ORIGIN = "https://app.example"
API = "https://api.example"
ALLOWED = {"Access-Control-Allow-Origin": ORIGIN}
Entry = dict[str, Any]


def entry(
    url: str = f"{API}/items",
    method: str = "GET",
    sent: Mapping[str, str] | None = None,
    status: int = 200,
    received: Mapping[str, str] | None = None,
    **more: Any,
) -> Entry:
    """Make an entry: a fetch by the page, unless *more* says otherwise."""
    headers = {"Origin": ORIGIN, "Referer": PAGE, "Accept": "*/*", **(sent or {})}
    answered = dict(received or {})
    response: Entry = {
        "status": status,
        "headers": pairs(answered),
        "content": {"size": 2, "mimeType": "application/json", "text": "{}"} if status else {"size": 0},
        "redirectURL": answered.get("Location", ""),
    }
    if "error" in more:
        response["_error"] = more.pop("error")
    made: Entry = {
        "pageref": "page_1",
        "startedDateTime": "2026-05-04T09:00:00.120Z",
        "_resourceType": "fetch",
        "request": {"method": method, "url": url, "headers": pairs(headers), "cookies": []},
        "response": response,
    }
    return {name: value for name, value in (made | more).items() if value is not None}


def preflight(url: str = f"{API}/items", method: str = "PUT", names: str = "", **more: Any) -> Entry:
    """Make the entry of a preflight."""
    sent = {"Access-Control-Request-Method": method}
    if names:
        sent["Access-Control-Request-Headers"] = names
    given: dict[str, Any] = {"status": 204, "_resourceType": "preflight"} | more
    return entry(url, "OPTIONS", sent, **given)


def pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]


def har(entries: Iterable[Any], creator: Mapping[str, str] = CHROMIUM, **log: Any) -> bytes:
    """Make a file."""
    page = {"id": "page_1", "startedDateTime": "2026-05-04T09:00:00.000Z", "title": PAGE, "pageTimings": {}}
    whole = {"version": "1.2", "creator": dict(creator), "pages": [page], **log, "entries": list(entries)}
    return json.dumps({"log": whole}).encode()


def read(
    *entries: Entry, creator: Mapping[str, str] = CHROMIUM, origin: str | None = None, **log: Any
) -> HarReading:
    """Read a file of *entries*."""
    return diagnosable(io.BytesIO(har(entries, creator, **log)), origin=origin)
