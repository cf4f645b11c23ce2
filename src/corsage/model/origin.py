"""Origins: tuple and opaque (https://html.spec.whatwg.org/multipage/browsers.html#concept-origin)."""

from dataclasses import dataclass
from typing import TypeAlias

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}


class TupleOrigin:
    """Scheme, host and port. Equal origins are the same origin.

    Attributes:
        scheme: lower-case, without the colon.
        host: serialised host (punycode, IPv6 in brackets).
        port: effective port; ``None`` for schemes without ports.
        serialized: ``scheme://host[:port]``, the default port left out.
    """

    __slots__ = ("host", "port", "scheme", "serialized")

    def __init__(self, scheme: str, host: str, port: int | None) -> None:
        self.scheme = scheme
        self.host = host
        self.port = port
        shown = "" if port is None or _DEFAULT_PORTS.get(scheme) == port else f":{port}"
        self.serialized = f"{scheme}://{host}{shown}"

    def same_origin(self, other: "Origin") -> bool:
        """Tell whether both are the same origin (document.domain plays no part in Fetch)."""
        return isinstance(other, TupleOrigin) and (
            self.serialized == other.serialized and self.port == other.port
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TupleOrigin) and self.same_origin(other)

    def __hash__(self) -> int:
        return hash(self.serialized)

    def __repr__(self) -> str:
        return f"<origin {self.serialized}>"


@dataclass(frozen=True, slots=True, eq=False)
class OpaqueOrigin:
    """An origin that equals nothing but itself and serialises to ``null``."""

    @property
    def serialized(self) -> str:
        """Always ``null``, whatever the origin was before it became opaque."""
        return "null"

    def same_origin(self, other: "Origin") -> bool:
        """Only the very same opaque origin is the same origin."""
        return self is other


Origin: TypeAlias = TupleOrigin | OpaqueOrigin
