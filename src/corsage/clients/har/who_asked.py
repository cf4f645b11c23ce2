"""What made a request, and in which mode: from the browser's own word, from fetch metadata, or from circumstances."""

from typing import Final

from corsage.browser.elements import ALWAYS_CORS
from corsage.clients.har.entry import HarEntry
from corsage.model import HeaderList, Initiator, Mode

# https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-ResourceType, lower-case
_BY_RESOURCE_TYPE: Final = {
    "beacon": Initiator.BEACON,
    "document": Initiator.NAVIGATION,
    "eventsource": Initiator.EVENTSOURCE,
    "fetch": Initiator.FETCH,
    "font": Initiator.FONT,
    "image": Initiator.IMAGE,
    "manifest": Initiator.MANIFEST,
    "media": Initiator.VIDEO,
    "ping": Initiator.BEACON,
    "prefetch": Initiator.PRELOAD,
    "script": Initiator.SCRIPT,
    "stylesheet": Initiator.STYLESHEET,
    "texttrack": Initiator.TRACK,
    "xhr": Initiator.XHR,
}
# https://fetch.spec.whatwg.org/#concept-request-destination
_BY_DESTINATION: Final = {
    "audio": Initiator.AUDIO,
    "document": Initiator.NAVIGATION,
    "embed": Initiator.NAVIGATION,
    "empty": Initiator.FETCH,
    "font": Initiator.FONT,
    "frame": Initiator.NAVIGATION,
    "iframe": Initiator.NAVIGATION,
    "image": Initiator.IMAGE,
    "json": Initiator.MODULE,
    "manifest": Initiator.MANIFEST,
    "object": Initiator.NAVIGATION,
    "script": Initiator.SCRIPT,
    "style": Initiator.STYLESHEET,
    "track": Initiator.TRACK,
    "video": Initiator.VIDEO,
}
_MODES: Final = {member.value: member for member in Mode}
_SCRIPTED: Final = frozenset({Initiator.FETCH, Initiator.XHR})
_SAFE: Final = frozenset({"GET", "HEAD"})
WEBSOCKET: Final = "websocket"


def who_asked(entry: HarEntry) -> tuple[Initiator, Mode] | None:
    """Return what made the request and its mode; ``None`` where that cannot be told."""
    headers = entry.request_headers
    initiator = (
        _BY_RESOURCE_TYPE.get(entry.resource_type)
        or _BY_DESTINATION.get(headers.get("sec-fetch-dest") or "")
        or _guessed(headers, entry)
    )
    if initiator is None:
        return None
    mode = _MODES.get(headers.get("sec-fetch-mode") or "") or _mode(initiator, headers, entry.method)
    if initiator is Initiator.SCRIPT and mode is Mode.CORS and "origin" not in headers:
        initiator = Initiator.MODULE
    return initiator, mode


def is_websocket(entry: HarEntry) -> bool:
    """Tell whether *entry* is the handshake of a WebSocket."""
    if entry.resource_type == WEBSOCKET or entry.url.scheme in {"ws", "wss"}:
        return True
    return (entry.request_headers.get("upgrade") or "").lower() == WEBSOCKET


def _guessed(headers: HeaderList, entry: HarEntry) -> Initiator | None:
    """Guess from what browsers accept: proxies do not know who asked, and over http there is no fetch metadata."""
    accept = headers.get("accept") or ""
    if accept.startswith("text/html"):
        return Initiator.NAVIGATION
    if accept.startswith("text/event-stream"):
        return Initiator.EVENTSOURCE
    if "x-requested-with" in headers:
        return Initiator.XHR
    if accept.startswith(("image/", "text/css")):
        return Initiator.IMAGE if accept.startswith("image/") else Initiator.STYLESHEET
    if "origin" in headers or entry.method not in _SAFE or "json" in accept:
        return Initiator.FETCH
    return None


def _mode(initiator: Initiator, headers: HeaderList, method: str) -> Mode:
    if initiator is Initiator.NAVIGATION:
        return Mode.NAVIGATE
    if initiator in _SCRIPTED or initiator in ALWAYS_CORS:
        return Mode.CORS
    # A GET carries Origin in mode cors alone.
    return Mode.CORS if "origin" in headers and method in _SAFE else Mode.NO_CORS
