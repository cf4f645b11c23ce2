"""WebSocket handshakes: browsers ask no leave for them, so a policy that guards must refuse them itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corsage.server import Reason


@dataclass(frozen=True)
class SocketRow:
    """A handshake.

    Attributes:
        origin: of the page; ``None`` for clients that are no browsers, ``own`` for the server's own.
        opens: whether the application gets it.
    """

    name: str
    origin: str | None
    policy: str
    opens: bool
    reason: Reason | None = None


SOCKET_ROWS: Final = (
    SocketRow("guard off: foreign", "https://b.example", "strict", opens=True),
    SocketRow("guard off: allowed", "https://a.example", "strict", opens=True),
    SocketRow("guard on: no browser", None, "guarded", opens=True),
    SocketRow("guard on: allowed", "https://a.example", "guarded", opens=True),
    SocketRow("guard on: own host", "own", "guarded", opens=True),
    SocketRow(
        "guard on: foreign", "https://b.example", "guarded", opens=False, reason=Reason.ORIGIN_NOT_ALLOWED
    ),
    SocketRow("guard on: null", "null", "guarded", opens=False, reason=Reason.ORIGIN_NULL),
    SocketRow("guard on: nonsense", "nonsense", "guarded", opens=False, reason=Reason.ORIGIN_MALFORMED),
    SocketRow(
        "guard on: evil suffix",
        "https://a.example.evil.com",
        "guarded",
        opens=False,
        reason=Reason.ORIGIN_NOT_ALLOWED,
    ),
    SocketRow("everyone", "https://b.example", "public", opens=True),
)
