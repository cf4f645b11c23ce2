"""One entry of a HAR file: a request of a browser's, and what came back. See http://www.softwareishard.com/blog/har-12-spec/.

Fields that begin with an underscore are a browser's own: Chromium's DevTools, WebKit's inspector and Playwright have
some; each is optional here, as everything is but a method and a URL.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from corsage.clients.har.problems import Problems
from corsage.clients.har.urls import parse_plain_url
from corsage.clients.har.values import header_list, integer, mapping, text
from corsage.model import URL, HeaderList
from corsage.model.names import REDIRECT_STATUSES

LONGEST_BODY: Final = 2048
# What is longer is cut: servers refuse it (414), and what it is about stands at its beginning.
_LONGEST_URL: Final = 16 * 1024
_IGNORED_SCHEMES: Final = frozenset(
    {"data", "blob", "about", "chrome", "chrome-extension", "moz-extension", "file"}
)
_REPAIR: Final = "This entry was left out, or what of it could be read was used."


@dataclass(frozen=True, slots=True)
class HarEntry:
    """One request and its response. Secrets are taken out: cookies' values, and credentials in Authorization.

    Attributes:
        number: its place in the file, from 0.
        page: the id of its page; empty where it has none.
        started: when, as written; empty where unknown.
        method: of the request.
        url: of the request, without its fragment.
        request_headers: that were sent, as far as the recorder knew; HTTP/2's pseudo-headers left out.
        has_cookies: whether cookies were sent.
        request_body: the beginning of what was sent; ``None`` where nothing was, or nobody kept it.
        status: 0 where there was no response.
        response_headers: of the response; empty where there was none.
        response_body: the beginning of its body.
        body_size: of the whole, in bytes, as the page saw it; -1 where unknown.
        redirect_url: where it redirects, as written.
        error: what the browser says went wrong: ``net::ERR_FAILED``; empty where nothing did.
        from_cache: whether a cache or a service worker answered.
        resource_type: Chromium's word for who asked: ``fetch``, ``xhr``, ``script``, ``preflight`` …; empty elsewhere.
        priority: Chromium's and WebKit's, as written; empty elsewhere.
        initiator: how the request began: ``parser``, ``script``, ``preflight`` …; empty where unknown.
        initiator_url: the document or script that began it; empty likewise.
        address: the server's IP address; empty likewise.
        offset: where in the text the entry began, in characters.
    """

    number: int
    page: str
    started: str
    method: str
    url: URL
    request_headers: HeaderList
    has_cookies: bool
    request_body: str | None
    status: int
    response_headers: HeaderList
    response_body: bytes
    body_size: int
    redirect_url: str
    error: str
    from_cache: bool
    resource_type: str
    priority: str
    initiator: str
    initiator_url: str
    address: str
    offset: int

    @property
    def is_preflight(self) -> bool:
        """Whether it is a CORS preflight, recorded as an entry of its own."""
        if self.method != "OPTIONS":
            return False
        return self.resource_type == "preflight" or "access-control-request-method" in self.request_headers

    @property
    def is_redirect(self) -> bool:
        """Whether it sends the browser elsewhere."""
        return self.status in REDIRECT_STATUSES and bool(self.redirect_url)


def parse_entry(value: object, number: int, offset: int, problems: Problems) -> HarEntry | None:
    """Read one element of ``entries``; ``None`` where it is none, or of no interest."""
    where = f"entry {number}, near character {offset:,}"
    raw = mapping(value)
    request, response = mapping(raw.get("request")), mapping(raw.get("response"))
    if not request:
        problems.add(where, "it has no request", _REPAIR)
        return None
    if raw.get("_apiRequest") is True:
        return None  # made by a test program, beside the browser
    url = _url(request.get("url"), where, problems)
    if url is None:
        return None
    sent, wrong_sent = header_list(request.get("headers"))
    received, wrong_received = header_list(response.get("headers"))
    if wrong_sent or wrong_received:
        problems.add(
            where,
            f"{wrong_sent + wrong_received} of its headers are no pairs of name and value, or too long",
            _REPAIR,
        )
    status = max(integer(response.get("status")), 0)
    redirect_url = text(response.get("redirectURL"))
    if not redirect_url and status in REDIRECT_STATUSES:
        redirect_url = received.get("location") or ""
    content = mapping(response.get("content"))
    initiator = mapping(raw.get("_initiator"))
    return HarEntry(
        number=number,
        page=text(raw.get("pageref"), 256),
        started=text(raw.get("startedDateTime"), 64),
        method=text(request.get("method"), 64) or "GET",
        url=url,
        request_headers=sent,
        has_cookies=bool(request.get("cookies")) or "cookie" in sent,
        request_body=_request_body(request.get("postData")),
        status=status,
        response_headers=received,
        response_body=_response_body(content),
        body_size=integer(content.get("size"), -1),
        redirect_url=redirect_url,
        error=_error(raw, response),
        from_cache=_is_cached(raw, response),
        resource_type=text(raw.get("_resourceType"), 64).lower(),
        priority=text(raw.get("_priority"), 64),
        initiator=text(initiator.get("type"), 64),
        initiator_url=text(initiator.get("url")),
        address=text(raw.get("serverIPAddress"), 64).strip("[]"),
        offset=offset,
    )


def _url(value: object, where: str, problems: Problems) -> URL | None:
    written = text(value, _LONGEST_URL)
    scheme = written[:32].partition(":")[0].lower()
    if scheme in _IGNORED_SCHEMES:
        return None
    url = parse_plain_url(written.partition("#")[0]) if written else None
    if url is None:
        problems.add(where, f"its URL is {_what(value)}", _REPAIR)
    return url


def _what(value: object) -> str:
    if isinstance(value, str):
        return f"no URL: {value[:80]!r}" if value else "empty"
    return f"of type {type(value).__name__}, where text is wanted"


def _request_body(value: object) -> str | None:
    body = mapping(value).get("text")
    return text(body, LONGEST_BODY) if isinstance(body, str) else None


def _response_body(content: dict[str, object]) -> bytes:
    body = text(content.get("text"), LONGEST_BODY)
    if content.get("encoding") != "base64":
        return body.encode()
    try:
        return base64.b64decode(body[: len(body) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""


def _error(raw: dict[str, object], response: dict[str, object]) -> str:
    said = text(response.get("_error"), 500) or text(response.get("_failureText"), 500)
    return said or ("net::ERR_ABORTED" if raw.get("_wasAborted") is True else "")


def _is_cached(raw: dict[str, object], response: dict[str, object]) -> bool:
    fetched = text(raw.get("_fetchType"), 64)  # WebKit's
    if fetched:
        return fetched != "Network Load"
    return bool(raw.get("_fromCache")) or response.get("_fetchedViaServiceWorker") is True
