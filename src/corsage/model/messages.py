"""What goes over the wire and what comes back: the engine's whole view of the network."""

from dataclasses import dataclass
from enum import StrEnum

from corsage.model.headers import NO_HEADERS, HeaderList
from corsage.model.url import URL


class WireKind(StrEnum):
    """Whether a request is a CORS preflight or what the page asked for."""

    PREFLIGHT = "preflight"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class WireRequest:
    """One HTTP request that the browser sends."""

    kind: WireKind
    method: str
    url: URL
    headers: HeaderList
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class WireResponse:
    """One HTTP response that the server sent.

    Attributes:
        status: as on the status line.
        headers: in order, duplicates kept, outer whitespace of values stripped.
        body: decoded, as far as the transport kept it.
        address: IP address of the server, where the transport knows it (Local Network Access looks at it).
    """

    status: int
    headers: HeaderList = NO_HEADERS
    body: bytes = b""
    address: str | None = None


class FailureKind(StrEnum):
    """How the network failed. Browsers report most of these to scripts as they report CORS."""

    NAME_NOT_RESOLVED = "name-not-resolved"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_CLOSED = "connection-closed"
    TIMED_OUT = "timed-out"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_NAME = "tls-wrong-name"
    TLS_UNKNOWN_ISSUER = "tls-unknown-issuer"
    TLS = "tls"
    PROTOCOL_ERROR = "protocol-error"
    TOO_LARGE = "too-large"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class NetworkFailure:
    """No response came.

    Attributes:
        kind: what went wrong.
        detail: the transport's own words.
    """

    kind: FailureKind
    detail: str = ""
