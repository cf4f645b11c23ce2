"""Dynamic origins: ask the policy's own lookup, and keep its answers for a time."""

import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Final

from corsage.middleware.denial import LOGGER, shown
from corsage.server import CompiledPolicy

MOST_KEPT: Final = 10_000


class Lookups:
    """The answers of one policy's ``origin_lookup``. A lookup that raises allows nothing, and is asked again."""

    __slots__ = ("_clock", "_kept", "_policy", "_seconds")

    def __init__(self, policy: CompiledPolicy, clock: Callable[[], float] = time.monotonic) -> None:
        self._policy = policy
        self._seconds = policy.policy.origin_lookup_seconds
        self._clock = clock
        self._kept: dict[str, tuple[bool, float]] = {}

    def allows(self, origin: str) -> bool | Awaitable[bool]:
        """Tell whether *origin* is allowed, at once or when awaited."""
        known = self._kept.get(origin)
        if known is not None and self._clock() < known[1]:
            return known[0]
        try:
            found = self._policy.look_up(origin)
        except Exception:  # noqa: BLE001 - the user's code may raise anything; _failed logs it
            return self._failed(origin)
        if isawaitable(found):
            return self._awaited(origin, found)
        return self._keep(origin, allowed=bool(found))

    async def _awaited(self, origin: str, found: Awaitable[bool]) -> bool:
        try:
            allowed = await found
        except Exception:  # noqa: BLE001 - the user's code may raise anything; _failed logs it
            return self._failed(origin)
        return self._keep(origin, allowed=bool(allowed))

    def _keep(self, origin: str, *, allowed: bool) -> bool:
        if self._seconds > 0:
            if len(self._kept) >= MOST_KEPT:
                # The oldest tenth goes: strangers can name as many origins as they like.
                for old in list(self._kept)[: MOST_KEPT // 10]:
                    del self._kept[old]
            self._kept[origin] = (allowed, self._clock() + self._seconds)
        return allowed

    @staticmethod
    def _failed(origin: str) -> bool:
        LOGGER.exception("origin_lookup raised for %s: not allowed", shown(origin))
        return False
