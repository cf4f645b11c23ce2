"""What a library of Node.js has no option for, each in a sentence."""

from collections.abc import Collection
from typing import Final

from corsage.server import Policy

# Some status from 200 to 299 is as good as another; still, who wrote one should know.
_SAYS: Final = {
    "preflight_status": "{library} answers preflights with a status of its own, which browsers take as well.",
    "preflight_continue": "{library} answers preflights itself: the application does not see them.",
    "private_network": "{library} does not answer Access-Control-Request-Private-Network, which only some old "
    "Chromium sends.",
    "timing": "Timing-Allow-Origin is not sent: the pages see no details of the timing of resources.",
    "guard_websockets": "WebSocket handshakes do not come by here: check Origin where the server handles `upgrade`.",
}
_DEFAULT: Final = Policy()


def limits_of(policy: Policy, library: str, can: Collection[str] = ()) -> tuple[str, ...]:
    """Return a sentence for each field of *policy* that *library* has no option for, beside those that it *can*."""
    return tuple(
        says.format(library=library)
        for field, says in _SAYS.items()
        if field not in can and getattr(policy, field) != getattr(_DEFAULT, field)
    )
