"""Fetch metadata headers (https://w3c.github.io/webappsec-fetch-metadata/)."""

from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.model import URL, Initiator, Mode, TupleOrigin
from corsage.model.sites import is_url_potentially_trustworthy, same_site

# https://fetch.spec.whatwg.org/#concept-request-destination; the APIs have the empty destination
_DESTINATIONS: Final = {
    Initiator.SCRIPT: "script",
    Initiator.MODULE: "script",
    Initiator.STYLESHEET: "style",
    Initiator.IMAGE: "image",
    Initiator.FONT: "font",
    Initiator.AUDIO: "audio",
    Initiator.VIDEO: "video",
    Initiator.TRACK: "track",
    Initiator.MANIFEST: "manifest",
    Initiator.NAVIGATION: "document",
}


def destination(initiator: Initiator) -> str:
    """Return the request's destination; empty for ``fetch()``, XMLHttpRequest, EventSource and beacons."""
    return _DESTINATIONS.get(initiator, "")


def sec_fetch_headers(params: FetchParams, mode: Mode | None = None) -> list[tuple[str, str]]:
    """Return Sec-Fetch-Site, -Mode and -Dest, which go to trustworthy URLs alone."""
    if not is_url_potentially_trustworthy(params.url):
        return []
    return [
        ("Sec-Fetch-Site", _site(params)),
        ("Sec-Fetch-Mode", mode or params.request.mode),
        ("Sec-Fetch-Dest", destination(params.request.initiator) or "empty"),
    ]


def _site(params: FetchParams) -> str:
    kinds = [_relation(params, url) for url in params.urls]
    for kind in ("cross-site", "same-site"):
        if kind in kinds:
            return kind
    return "same-origin"


def _relation(params: FetchParams, url: URL) -> str:
    origin = params.origin
    if origin.same_origin(url.origin):
        return "same-origin"
    if isinstance(origin, TupleOrigin) and same_site(origin, url.origin):
        return "same-site"
    return "cross-site"
