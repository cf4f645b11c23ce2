"""What a row of the suite is, and all rows. One table serves every framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.middleware.wire import Pairs

    from corsage.server import Reason

A: Final = "https://a.example"
# The sample applications take no larger bodies. Sanic takes no larger headers then, either: less would bear upon those.
LARGEST_BODY: Final = 8_192
OPTIONS_VARY: Final = frozenset({"origin", "access-control-request-method", "access-control-request-headers"})

# The headers that a policy speaks with. An answer has those that its row names, and no other.
SPOKEN: Final = (
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-allow-private-network",
    "access-control-expose-headers",
    "access-control-max-age",
    "timing-allow-origin",
    "cross-origin-resource-policy",
    "corsage-denied",
)

TO_A: Final = {
    "access-control-allow-origin": A,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "x-rate",
}
PREFLIGHT_A: Final = {
    "access-control-allow-origin": A,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "PUT, DELETE",
    "access-control-allow-headers": "x-token",
    "access-control-max-age": "600",
}


@dataclass(frozen=True)
class Row:
    """A request, and what must come of it.

    Attributes:
        name: of the row, unique.
        policy: its name in `policies.POLICIES`.
        spoken: the policy's headers, exactly; values of lists in the policy's own order.
        vary: the lower-case names in ``Vary``.
        reason: what the hook is told, if anything: one of these.
        feature: what a framework must have; it may lack it for a reason (``LACKS`` of the sample application).
    """

    name: str
    method: str
    path: str
    headers: Pairs = ()
    body: bytes = b""
    policy: str = "strict"
    status: tuple[int, ...] = (200,)
    spoken: Mapping[str, str] = field(default_factory=dict)
    vary: frozenset[str] = frozenset({"origin"})
    reason: tuple[Reason, ...] = ()
    answer: bytes | None = None
    has: Pairs = ()
    feature: str = ""


def origin(value: str, *more: tuple[str, str]) -> Pairs:
    return (("Origin", value), *more)


def preflight(value: str = A, method: str = "PUT", *headers: str) -> Pairs:
    lines = tuple(("Access-Control-Request-Headers", line) for line in headers)
    return (("Origin", value), ("Access-Control-Request-Method", method), *lines)


def refused(name: str, value: str, reason: Reason, policy: str = "strict") -> tuple[Row, Row]:
    """An origin that is refused, in an ordinary request and in a preflight; the application answers the former."""
    return (
        Row(name, "GET", "/hello", origin(value), policy=policy, reason=(reason,), answer=b"hello"),
        Row(
            f"preflight: {name}",
            "OPTIONS",
            "/put",
            preflight(value, "PUT", "x-token"),
            policy=policy,
            status=(204,),
            vary=OPTIONS_VARY,
            reason=(reason,),
            answer=b"",
        ),
    )


def granted(name: str, value: str, policy: str) -> Row:
    """An origin that is allowed by a policy without credentials."""
    spoken = {"access-control-allow-origin": value}
    return Row(name, "GET", "/hello", origin(value), policy=policy, spoken=spoken, answer=b"hello")
