"""What is known about one request that was made."""

from dataclasses import dataclass

from corsage.model import NetworkFailure, WireRequest, WireResponse


@dataclass(frozen=True, slots=True)
class Timing:
    """When each phase had ended, in seconds since the start; 0 where a phase did not happen.

    A connection that was used before has no name lookup, no connection and no TLS handshake.
    """

    name_lookup: float
    connect: float
    tls: float
    first_byte: float
    total: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """The server's certificate, in OpenSSL's words.

    Attributes:
        subject: such as ``CN = example.com``.
        issuer: likewise.
        not_before: such as ``Jan  1 00:00:00 2026 GMT``.
        not_after: likewise.
        alternative_names: such as ``example.com``, ``*.example.com`` or ``192.0.2.1``.
    """

    subject: str
    issuer: str
    not_before: str
    not_after: str
    alternative_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with everything that came of it.

    Attributes:
        request: as the engine made it.
        response: the answer. A head that arrived whole is a response even where its body did not: `fetch()`
            resolves then, too, and only reading the body fails.
        timing: where the time went.
        address: IP address of the server; ``None`` where a proxy stands between.
        http_version: as on the status line, such as ``HTTP/1.1`` or ``HTTP/2``; empty without a response.
        reason: the status line's reason phrase.
        certificate: the server's, also where it was refused; ``None`` where none was shown.
        truncated: whether the body is not all of the body.
        sent_headers: what was really sent, ``Host`` and ``User-Agent`` included, in order.
        body_failure: why the body is not whole, where that was not our own limit.
    """

    request: WireRequest
    response: WireResponse | NetworkFailure
    timing: Timing | None = None
    address: str | None = None
    http_version: str = ""
    reason: str = ""
    certificate: Certificate | None = None
    truncated: bool = False
    sent_headers: tuple[tuple[str, str], ...] = ()
    body_failure: NetworkFailure | None = None
