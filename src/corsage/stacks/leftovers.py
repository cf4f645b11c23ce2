"""What configurations leave out of a policy, each in a sentence: stacks say which parts they know."""

from collections.abc import Iterator
from typing import Final

from corsage.server import Policy
from corsage.stacks.base import Rendered

_DEFAULT_STATUS: Final = 204

NOTHING_ALLOWED: Final = (
    "No origin is left to allow, and a configuration without one would be refused: without any, no page of another "
    "origin can read the answers."
)


def leftovers(policy: Policy, *knows: str) -> tuple[str, ...]:
    """Return a sentence for each rare part that *policy* has and the stack does not know.

    Args:
        policy: to be rendered.
        knows: names of fields that the stack's configuration expresses.
    """
    return tuple(sentence for name, sentence in _missing(policy) if name not in knows)


def _missing(policy: Policy) -> Iterator[tuple[str, str]]:
    if policy.private_network:
        yield (
            "private_network",
            "private_network: Access-Control-Allow-Private-Network cannot be configured here; only old Chromium asks "
            "for it.",
        )
    if policy.timing:
        yield "timing", "timing: Timing-Allow-Origin cannot be configured here."
    if policy.resource_policy is not None:
        yield "resource_policy", "resource_policy: Cross-Origin-Resource-Policy cannot be configured here."
    if policy.preflight_status != _DEFAULT_STATUS:
        yield (
            "preflight_status",
            "preflight_status: the status of answers to preflights is fixed; browsers take every one from 200 to 299.",
        )
    if policy.preflight_continue:
        yield (
            "preflight_continue",
            "preflight_continue: preflights are answered here, and reach no application.",
        )
    if policy.guard_websockets:
        yield (
            "guard_websockets",
            "guard_websockets: the origin of WebSocket handshakes is not checked here; the application must do it.",
        )


def nothing_to_render(stack: str, limits: tuple[str, ...], step: str) -> Rendered:
    """Return what comes of a policy of which no origin is left."""
    return Rendered(stack, (), (step,), (*limits, NOTHING_ALLOWED))
