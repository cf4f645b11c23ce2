"""Scheme fetch: http and https go to the network, data: and about: are answered here.

Source: https://fetch.spec.whatwg.org/#concept-scheme-fetch
"""

import base64
import re
from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.browser.http_fetch import Fetching, http_fetch
from corsage.grammar import parse_mime_type
from corsage.model import OK, REFUSED, Algorithm, Cause, HeaderList, Initiator, WireResponse
from corsage.model.trace import FETCH

SCHEME_FETCH: Final = Algorithm("scheme fetch", FETCH + "concept-scheme-fetch")

_WHITESPACE: Final = "\t\n\x0c\r "
_BASE64_MARK: Final = re.compile(r"; *base64$", re.IGNORECASE)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]*")
_HEX: Final = frozenset("0123456789abcdefABCDEF")


def scheme_fetch(params: FetchParams) -> Fetching:
    """Fetch the current hop by its scheme, without a preflight."""
    url = params.url
    if url.is_http:
        return (yield from http_fetch(params, make_cors_preflight=False))
    params.trace.record(SCHEME_FETCH, "1", OK, "scheme {} needs no network", url.scheme)
    if url.scheme == "data":
        response = data_url_response(url.href, with_length=_shows_length(params))
        if response is not None:
            return response
    if url.href.partition("#")[0] == "about:blank" and params.profile.about_blank_is_fetchable:
        return WireResponse(200, HeaderList([("Content-Type", "text/html;charset=utf-8")]))
    params.trace.record(SCHEME_FETCH, "1", REFUSED, "nothing can be fetched from {}", url)
    return params.refuse(
        Cause.LOCAL_RESOURCE if url.scheme == "file" else Cause.CORS_DISABLED_SCHEME, url.scheme
    )


def _shows_length(params: FetchParams) -> bool:
    return params.profile.data_urls_have_a_length and params.request.initiator is Initiator.FETCH


def data_url_response(href: str, *, with_length: bool = False) -> WireResponse | None:
    """Process a ``data:`` URL (https://fetch.spec.whatwg.org/#data-url-processor); ``None`` is failure."""
    head, comma, tail = href.partition("#")[0].removeprefix("data:").partition(",")
    if not comma:
        return None
    mime, body = head.strip(_WHITESPACE), _percent_decoded(tail)
    encoded = _BASE64_MARK.search(mime)
    if encoded:
        mime = mime[: encoded.start()]
        decoded = forgiving_base64_decode(body)
        if decoded is None:
            return None
        body = decoded
    if mime.startswith(";"):
        mime = "text/plain" + mime
    headers = [("Content-Type", mime if parse_mime_type(mime) else "text/plain;charset=US-ASCII")]
    if with_length:
        headers.append(("Content-Length", str(len(body))))
    return WireResponse(200, HeaderList(headers), body)


def forgiving_base64_decode(data: bytes) -> bytes | None:
    """Decode base64 whose padding may lack (https://infra.spec.whatwg.org/#forgiving-base64-decode)."""
    data = data.translate(None, b"\t\n\x0c\r ")
    if len(data) % 4 == 0:
        data = data[:-2] + data[-2:].rstrip(b"=")
    if len(data) % 4 == 1 or not _BASE64.fullmatch(data):
        return None
    return base64.b64decode(data + b"=" * (-len(data) % 4))


def _percent_decoded(text: str) -> bytes:
    parts = text.split("%")
    out = bytearray(parts[0].encode("utf-8"))
    for part in parts[1:]:
        if len(part) >= 2 and set(part[:2]) <= _HEX:  # noqa: PLR2004 - two hexadecimal digits
            out.append(int(part[:2], 16))
            out += part[2:].encode("utf-8")
        else:
            out += b"%" + part.encode("utf-8")
    return bytes(out)
