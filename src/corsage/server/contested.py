"""What holds for a path that can be read in two ways, where two policies claim it: nothing is allowed."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from corsage.server.policy import Policy

# The strictest first.
_RESOURCE_POLICIES: Final = ("same-origin", "same-site", "cross-origin")


def contested(policies: Sequence[Policy | None]) -> Policy:
    """Return the policy for what all of *policies* claim.

    It allows nothing, and replaces what headers the application has; what forbids more than that stays: a guard of
    WebSockets, and the strictest ``Cross-Origin-Resource-Policy``.
    """
    known = [policy for policy in policies if policy is not None]
    named = {policy.resource_policy for policy in known}
    strictest = next((name for name in _RESOURCE_POLICIES if name in named), None)
    return _closed(guard=any(policy.guard_websockets for policy in known), resource_policy=strictest)


@cache  # there are eight of them, and whoever compiles policies knows them by identity
def _closed(*, guard: bool, resource_policy: str | None) -> Policy:
    return Policy(guard_websockets=guard, resource_policy=resource_policy)
