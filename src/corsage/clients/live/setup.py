"""Puts the options and one request on a libcurl handle."""

from typing import Any, Final

import pycurl

from corsage.clients.live.capture import Capture
from corsage.clients.live.options import HttpVersion, LiveOptions
from corsage.grammar import is_header_name, is_header_value, is_method
from corsage.model import URL, HeaderList, WireRequest

_HTTP_VERSIONS: Final = {
    HttpVersion.NEGOTIATE: pycurl.CURL_HTTP_VERSION_2TLS,
    HttpVersion.HTTP_1_1: pycurl.CURL_HTTP_VERSION_1_1,
    HttpVersion.HTTP_2: pycurl.CURL_HTTP_VERSION_2_0,
}
# https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, step 8.6
_EMPTY_BODY_IS_ANNOUNCED: Final = frozenset({"POST", "PUT"})
# What libcurl adds by itself: named without a value, it is left out.
_ADDED_BY_CURL: Final = ("Accept", "Content-Type", "Expect")


def set_options(curl: Any, options: LiveOptions) -> None:  # noqa: ANN401 - pycurl has no types
    """Put *options* on *curl*, and turn off what a browser's network stack would not do by itself."""
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.FOLLOWLOCATION, 0)
    curl.setopt(pycurl.NETRC, 0)
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.PATH_AS_IS, 1)
    # An empty string, unlike no string, keeps libcurl from asking the environment.
    curl.setopt(pycurl.PROXY, options.proxy or "")
    curl.setopt(pycurl.NOPROXY, "")
    curl.setopt(pycurl.CONNECTTIMEOUT_MS, round(options.connect_timeout * 1000))
    curl.setopt(pycurl.TIMEOUT_MS, round(options.timeout * 1000))
    curl.setopt(pycurl.HTTP_VERSION, _HTTP_VERSIONS[options.http_version])
    curl.setopt(pycurl.USERAGENT, options.user_agent.encode("latin-1"))
    if options.resolve:
        curl.setopt(pycurl.RESOLVE, list(options.resolve))
    _set_tls(curl, options)


def _set_tls(curl: Any, options: LiveOptions) -> None:  # noqa: ANN401 - pycurl has no types
    curl.setopt(pycurl.OPT_CERTINFO, 1)
    if options.insecure:
        curl.setopt(pycurl.SSL_VERIFYPEER, 0)
        curl.setopt(pycurl.SSL_VERIFYHOST, 0)
    if options.ca_file is not None:
        curl.setopt(pycurl.CAINFO, options.ca_file)


def set_request(curl: Any, request: WireRequest, options: LiveOptions) -> None:  # noqa: ANN401 - pycurl has no types
    """Put *request* on *curl*.

    Raises:
        ValueError: the method or a header cannot stand in an HTTP request.
    """
    if not is_method(request.method):
        raise ValueError(f"{request.method!r} is not a method")
    _set_target(curl, request.url, options.proxy)
    curl.setopt(pycurl.ACCEPT_ENCODING, accepted_encodings(request.url.scheme))
    body = request.body
    if body is None and request.method in _EMPTY_BODY_IS_ANNOUNCED:
        body = b""
    if body is not None:
        curl.setopt(pycurl.POSTFIELDS, body)
    elif request.method == "HEAD":
        curl.setopt(pycurl.NOBODY, 1)
    curl.setopt(pycurl.CUSTOMREQUEST, request.method)
    curl.setopt(pycurl.HTTPHEADER, header_lines(request.headers))


def _set_target(curl: Any, url: URL, proxy: str | None) -> None:  # noqa: ANN401 - pycurl has no types
    """Put *url* on *curl*, so that it is sent as the URL standard serialised it.

    By itself libcurl writes ``%2f`` as ``%2F``, which some servers route differently.
    """
    href = url.without_credentials_and_fragment
    curl.setopt(pycurl.URL, href)
    # https://www.rfc-editor.org/rfc/rfc9112#section-3.2: HTTP proxies without a tunnel get the whole URL.
    by_proxy = url.scheme == "http" and proxy is not None and not proxy.lower().startswith("socks")
    target = href if by_proxy else "/" + href.partition("//")[2].partition("/")[2]
    curl.setopt(pycurl.REQUEST_TARGET, target)


def set_callbacks(curl: Any, capture: Capture) -> None:  # noqa: ANN401 - pycurl has no types
    """Let *capture* see what *curl* sends and receives."""
    curl.setopt(pycurl.HEADERFUNCTION, capture.on_header)
    curl.setopt(pycurl.WRITEFUNCTION, capture.on_body)
    curl.setopt(pycurl.DEBUGFUNCTION, capture.on_debug)
    curl.setopt(pycurl.VERBOSE, 1)
    # Called every second at least: there Python notices Ctrl-C, and pycurl raises it from perform().
    curl.setopt(pycurl.XFERINFOFUNCTION, _go_on)
    curl.setopt(pycurl.NOPROGRESS, 0)


def header_lines(headers: HeaderList) -> list[bytes]:
    """Write *headers* as libcurl wants them (https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html).

    Raises:
        ValueError: one of them is not a header: it would be dropped, or smuggle in another.
    """
    for name, value in headers:
        if not is_header_name(name) or not is_header_value(value):
            raise ValueError(f"{name!r}: {value!r} is not a header")
    # "Name;" sends an empty value, "Name:" removes what libcurl would send by itself.
    lines = [f"{name}: {value}" if value else f"{name};" for name, value in headers]
    lines += [f"{name}:" for name in _ADDED_BY_CURL if name.lower() not in headers]
    return [line.encode("latin-1") for line in lines]


def accepted_encodings(scheme: str) -> str:
    """Return the ``Accept-Encoding`` of browsers, as far as this libcurl can decode it.

    Browsers offer the newer codings over TLS alone: middleboxes were found to break them elsewhere
    (https://hacks.mozilla.org/2015/11/better-than-gzip-compression-with-brotli/).
    """
    codings = ["gzip", "deflate"]
    if scheme == "https":
        codings += [
            name for name, library in (("br", "brotli/"), ("zstd", "zstd/")) if library in pycurl.version
        ]
    return ", ".join(codings)


def _go_on(*_: int) -> int:
    return 0
