"""The pages of a recording, and which of them made a request: an origin is in many places, and sometimes in none."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

from corsage.browser.address_spaces import address_space, implied_address_space
from corsage.clients.har.entry import HarEntry
from corsage.clients.har.values import mapping, text
from corsage.model import URL, AddressSpace, Client, OpaqueOrigin, TupleOrigin, page, parse_url

_MOST: Final = 10_000
_PAGE_SCHEMES: Final = frozenset({"http", "https", "file"})
_LONGEST: Final = 4096


class Pages:
    """What a recording says of its pages."""

    def __init__(self) -> None:
        self._urls: dict[str, URL] = {}
        self._spaces: dict[str, AddressSpace] = {}

    def add(self, value: object) -> None:
        """Take in ``log.pages``: in Chromium, Firefox and WebKit a page's title is its URL."""
        for each in value[:_MOST] if isinstance(value, list) else ():
            found = mapping(each)
            url = parse_url(text(found.get("title"), _LONGEST))
            if url is not None and url.scheme in _PAGE_SCHEMES:
                self._urls[text(found.get("id"), 256)] = url

    def note(self, entry: HarEntry) -> None:
        """Take in *entry* where it loads a document: it names its page, and where that came from."""
        if not _loads_document(entry) or entry.is_redirect or not entry.url.is_http:
            return
        if entry.page not in self._urls and len(self._urls) < _MOST:
            self._urls[entry.page] = entry.url
        space = address_space(entry.address) if entry.address else None
        if space is not None and len(self._spaces) < _MOST:
            self._spaces.setdefault(entry.url.origin.serialized, space)

    def client(self, entry: HarEntry, otherwise: str | None = None) -> Client | None:
        """Return the page that made *entry*'s request; ``None`` where nothing tells.

        Args:
            entry: the request.
            otherwise: an origin to take where the entry names none.
        """
        origin = entry.request_headers.get("origin")
        referrer = parse_url(entry.request_headers.get("referer") or "")
        if origin == "null":
            return _opaque(self._urls.get(entry.page) or referrer)
        if origin:
            return self._placed(_client_of_origin(origin, self._nearest(origin, referrer, entry)))
        if referrer is not None and referrer.scheme in _PAGE_SCHEMES and not _is_style_sheet(referrer):
            return self._placed(page(referrer.href))
        parsed = parse_url(entry.initiator_url) if entry.initiator == "parser" else None
        if parsed is not None and parsed.is_http and not _is_style_sheet(parsed):
            return self._placed(page(parsed.href))
        if entry.page in self._urls:
            return self._placed(page(self._urls[entry.page].href))
        return None if otherwise is None else self._placed(_client_of_origin(otherwise, None))

    def _nearest(self, origin: str, referrer: URL | None, entry: HarEntry) -> URL | None:
        """Return the URL that tells most of a page of *origin*."""
        of_page = self._urls.get(entry.page)
        for url in (referrer, of_page):
            if url is not None and url.path != "/" and url.origin.serialized == origin:
                return url
        return None

    def _placed(self, client: Client | None) -> Client | None:
        """Say in which address space the page itself is, where that was recorded."""
        if client is None or not self._spaces:
            return client
        space = self._spaces.get(client.origin.serialized)
        if space is None or space is client.address_space:
            return client
        # A name of this machine stays what it is, whatever a proxy's address was.
        return client if implied_address_space(client.url) is not None else _in_space(client, space)


def _loads_document(entry: HarEntry) -> bool:
    if entry.resource_type:
        return entry.resource_type == "document"
    return entry.request_headers.get("sec-fetch-dest") in {"document", "iframe"}


def _is_style_sheet(referrer: URL) -> bool:
    """Tell whether *referrer* names a style sheet: what that loads is loaded by the page, wherever it is from."""
    return referrer.path.endswith(".css")


def _opaque(url: URL | None) -> Client:
    if url is not None and url.scheme == "file":
        return page(url.href)
    return page(url.href if url is not None else "data:,", sandboxed=True)


@lru_cache(maxsize=1024)
def _client_of_origin(origin: str, url: URL | None) -> Client | None:
    """Return a page of *origin*; apps and extensions have origins of their own schemes."""
    if url is not None:
        return page(url.href)
    parsed = parse_url(origin)
    if parsed is None:
        return None
    if parsed.is_http or parsed.scheme == "file":
        return page(parsed.href)
    own = TupleOrigin(parsed.scheme, parsed.host, parsed.port)
    return Client(url=parsed, origin=own, top_level_origin=own) if parsed.host else _opaque(None)


@lru_cache(maxsize=1024)
def _in_space(client: Client, space: AddressSpace) -> Client:
    return replace(client, address_space=space)


def is_opaque(client: Client) -> bool:
    """Tell whether *client*'s origin serialises to ``null``."""
    return isinstance(client.origin, OpaqueOrigin)
