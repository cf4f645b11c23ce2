"""The transport: puts the engine's requests on the real network."""

from types import TracebackType
from typing import Final, Self

import pycurl

from corsage.clients.live.capture import Capture
from corsage.clients.live.certificates import read_certificate
from corsage.clients.live.exchange import Certificate, Exchange, Timing
from corsage.clients.live.failures import CurlError, network_failure
from corsage.clients.live.options import LiveOptions
from corsage.clients.live.setup import set_callbacks, set_options, set_request
from corsage.model import FailureKind, HeaderList, NetworkFailure, WireRequest, WireResponse

_DEFAULTS: Final = LiveOptions()
_SWITCHING_PROTOCOLS: Final = 101


class LiveTransport:
    """Sends requests through libcurl and remembers every exchange.

    Connections are kept and used again, as browsers do. Not thread-safe: one handle makes one request at a
    time, so give each thread a transport of its own. Use it as a context manager, or call `close`.

    Attributes:
        options: how requests go out.
        exchanges: every exchange so far, oldest first. Clear it where a transport lives long.
    """

    __slots__ = ("_certificates", "_curl", "exchanges", "options")

    def __init__(self, options: LiveOptions = _DEFAULTS) -> None:
        self.options = options
        self.exchanges: list[Exchange] = []
        self._curl = pycurl.Curl()
        self._certificates: dict[tuple[str, int | None], Certificate] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections and free the handle. Closing again does nothing."""
        if self._curl is not None:
            self._curl.close()
            self._curl = None

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        """Send *request* and return what came of it, failures of the network included.

        Raises:
            ValueError: the method or a header cannot stand in an HTTP request, or the transport is closed.
        """
        if self._curl is None:
            raise ValueError("the transport is closed")
        # NOBODY and a request body exclude each other; without it libcurl waits for a body in the answer.
        head_only = request.method == "HEAD" and request.body is not None
        capture = Capture(self.options, head_only=head_only)
        error = self._perform(request, capture)
        exchange = self._exchange(request, capture, error)
        self.exchanges.append(exchange)
        return exchange.response

    def _perform(self, request: WireRequest, capture: Capture) -> CurlError | None:
        curl = self._curl
        curl.reset()  # options alone: connections, names and TLS sessions stay
        try:
            set_options(curl, self.options)
            set_request(curl, request, self.options)
            set_callbacks(curl, capture)
            curl.perform()
        except pycurl.error as error:
            code, text = error.args
            return CurlError(code, text, curl.getinfo(pycurl.SSL_VERIFYRESULT), curl.getinfo(pycurl.OS_ERRNO))
        return None

    def _exchange(self, request: WireRequest, capture: Capture, error: CurlError | None) -> Exchange:
        address = self._address()
        response = _response(capture, error, address)
        answered = isinstance(response, WireResponse)
        failed_later = answered and error is not None
        return Exchange(
            request=request,
            response=response,
            timing=self._timing(),
            address=address,
            http_version=capture.head.version if answered else "",
            reason=capture.head.reason if answered else "",
            certificate=self._certificate(request),
            truncated=failed_later and request.method != "HEAD",
            sent_headers=capture.sent.pairs,
            body_failure=network_failure(error) if failed_later and error and not capture.stopped else None,
        )

    def _address(self) -> str | None:
        # Through a proxy, libcurl knows the proxy's address alone. Chromium, too, calls the server's unknown.
        if self.options.proxy:
            return None
        return self._curl.getinfo(pycurl.PRIMARY_IP) or None

    def _timing(self) -> Timing:
        info = self._curl.getinfo
        return Timing(
            name_lookup=info(pycurl.NAMELOOKUP_TIME),
            connect=info(pycurl.CONNECT_TIME),
            tls=info(pycurl.APPCONNECT_TIME),
            first_byte=info(pycurl.STARTTRANSFER_TIME),
            total=info(pycurl.TOTAL_TIME),
        )

    def _certificate(self, request: WireRequest) -> Certificate | None:
        """Return the server's certificate: libcurl shows it for new connections alone."""
        if request.url.scheme != "https":
            return None
        place = (request.url.host, request.url.port)
        certificate = read_certificate(self._curl.getinfo_raw(pycurl.INFO_CERTINFO))
        if certificate is None:
            return self._certificates.get(place)
        self._certificates[place] = certificate
        return certificate


def _response(
    capture: Capture, error: CurlError | None, address: str | None
) -> WireResponse | NetworkFailure:
    head = capture.head
    if head.too_large:
        return NetworkFailure(FailureKind.TOO_LARGE, "the response head is larger than allowed")
    # https://fetch.spec.whatwg.org/#concept-http-network-fetch: 101 has no meaning outside of WebSocket
    if head.status == _SWITCHING_PROTOCOLS:
        return NetworkFailure(FailureKind.PROTOCOL_ERROR, "the server switched protocols unasked")
    if head.status is not None and head.complete:
        return WireResponse(head.status, HeaderList(head.pairs), capture.body, address)
    if error is not None:
        return network_failure(error)
    # libcurl takes the end of the connection for the end of the head; it may have cut a header in two.
    if head.status is not None:
        return NetworkFailure(FailureKind.CONNECTION_CLOSED, "closed inside the response head")
    return NetworkFailure(FailureKind.PROTOCOL_ERROR, "the status line is malformed")
