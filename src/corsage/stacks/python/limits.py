"""What libraries cannot do of what a policy says, in sentences."""

from collections.abc import Iterator
from enum import Flag, auto

from corsage.server import Policy
from corsage.stacks.origins import Origins
from corsage.stacks.parts import ALL_METHODS, LOOKUP_LOST, is_any

_USUAL_STATUSES = (200, 204)


class Can(Flag):
    """What a configuration does beyond origins, methods and headers."""

    NOTHING = 0
    TIMING = auto()
    RESOURCE_POLICY = auto()
    PRIVATE_NETWORK = auto()
    ANY_METHOD = auto()
    STATUS = auto()
    GUARD = auto()


def limits_of(policy: Policy, origins: Origins, can: Can) -> Iterator[str]:
    """Say what is left out of *policy*."""
    if origins.lookup:
        yield LOOKUP_LOST
    if is_any(policy.methods) and Can.ANY_METHOD not in can:
        yield f"All methods are not to be had: {', '.join(ALL_METHODS)} are listed. Add others by name."
    if policy.timing and Can.TIMING not in can:
        yield "Timing-Allow-Origin is not sent."
    if policy.resource_policy is not None and Can.RESOURCE_POLICY not in can:
        yield f"It sends no Cross-Origin-Resource-Policy: set {policy.resource_policy} elsewhere, on every response."
    if policy.private_network and Can.PRIVATE_NETWORK not in can:
        yield "Preflights of Private Network Access are not answered; only old Chromium sends them."
    if policy.preflight_continue:
        yield "Preflights are answered here; the application does not see them."
    elif policy.preflight_status not in _USUAL_STATUSES and Can.STATUS not in can:
        yield f"The status of preflights is the library's own, not {policy.preflight_status}."
    if policy.guard_websockets and Can.GUARD not in can:
        yield "WebSocket handshakes are not checked here: compare Origin in the handler, before it accepts."
