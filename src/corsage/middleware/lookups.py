"""Dynamic origins: ask the policy's own lookup, and keep its answers for a time."""

import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Final

from corsage.middleware.denial import EVERY_SECONDS, LOGGER, shown
from corsage.server import CompiledPolicy

MOST_KEPT: Final = 10_000


class Lookups:
    """The answers of one policy's ``origin_lookup``. A lookup that raises allows nothing, and is asked again."""

    __slots__ = ("_clock", "_kept", "_next_complaint", "_policy", "_seconds")

    def __init__(self, policy: CompiledPolicy, clock: Callable[[], float] = time.monotonic) -> None:
        self._policy = policy
        self._seconds = policy.policy.origin_lookup_seconds
        self._clock = clock
        self._kept: dict[str, tuple[bool, float]] = {}
        self._next_complaint = clock()

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
        return self._said(origin, found)

    async def _awaited(self, origin: str, found: Awaitable[object]) -> bool:
        try:
            allowed = await found
        except Exception:  # noqa: BLE001 - the user's code may raise anything; _failed logs it
            return self._failed(origin)
        return self._said(origin, allowed)

    def _said(self, origin: str, found: object) -> bool:
        """Take an answer. What is neither yes nor no allows nothing: a text or an object is true to Python."""
        if isinstance(found, bool):
            return self._keep(origin, allowed=found)
        kind = type(found).__name__
        self._complain(
            "origin_lookup returned %s for %s, not True or False: not allowed", kind, shown(origin)
        )
        return False

    def _keep(self, origin: str, *, allowed: bool) -> bool:
        if self._seconds > 0:
            if len(self._kept) >= MOST_KEPT:
                # The oldest tenth goes: strangers can name as many origins as they like. Another thread may be at it.
                for old in list(self._kept)[: MOST_KEPT // 10]:
                    self._kept.pop(old, None)
            self._kept[origin] = (allowed, self._clock() + self._seconds)
        return allowed

    def _failed(self, origin: str) -> bool:
        self._complain("origin_lookup raised for %s: not allowed", shown(origin), trace=True)
        return False

    def _complain(self, says: str, *values: str, trace: bool = False) -> None:
        """Log an error; no more than one in thirty seconds, for each stranger's request may raise."""
        now = self._clock()
        if now < self._next_complaint:
            return
        self._next_complaint = now + EVERY_SECONDS
        LOGGER.error(says, *values, exc_info=trace)
