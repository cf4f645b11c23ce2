"""What is refused is told: to a hook, and to the log at a bounded rate."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from corsage.server import Reason

LOGGER: Final = logging.getLogger("corsage.middleware")
BURST: Final = 10
EVERY_SECONDS: Final = 30.0
_SHOWN: Final = 200
UNASKED: Final = 256
_FAST_SECONDS: Final = UNASKED / 1000


@dataclass(frozen=True, slots=True)
class Denial:
    """A request that a browser will not be satisfied with.

    Everything in it but *reason* was written by a stranger; `says` escapes it.

    Attributes:
        reason: the first thing that stood in the way.
        detail: the origin, method or header name at fault.
        origin: as received; empty where there were several.
        method: of the request.
        path: of the request.
        preflight: whether it was one.
    """

    reason: Reason
    detail: str
    origin: str
    method: str
    path: str
    preflight: bool

    @property
    def says(self) -> str:
        """The denial in one line, safe to log."""
        what = "a preflight of" if self.preflight else shown(self.method)
        return (
            f"{self.reason}: {what} {shown(self.path)} from origin {shown(self.origin)}"
            f"{_because(self.reason, self.detail)}"
        )


def _because(reason: Reason, detail: str) -> str:
    if reason in (Reason.METHOD_NOT_ALLOWED, Reason.METHOD_MALFORMED):
        return f" asks for method {shown(detail)}"
    if reason in (Reason.HEADER_NOT_ALLOWED, Reason.HEADERS_MALFORMED):
        return f" asks for request header {shown(detail)}"
    return ""


def shown(text: str) -> str:
    """Return *text* bounded and with everything escaped that could forge a line of a log."""
    return escaped(text if len(text) <= _SHOWN else text[:_SHOWN] + "…") or "(none)"


def escaped(text: str) -> str:
    """Return *text* with everything escaped that could forge a line of a log."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


class Denials:
    """Takes denials; calls the hook for each, and logs no more than a few.

    Args:
        hook: called with each denial; what it raises is logged and goes no further.
        log: whether to log at all: ten, and one in thirty seconds from then on, with the number left out.
        always: whether every denial is wanted, since the answer itself will name its reason.
        clock: seconds, monotonic.
    """

    __slots__ = ("_always", "_asked", "_clock", "_log", "_next", "_tokens", "_unasked", "hook", "left_out")

    def __init__(
        self,
        hook: Callable[[Denial], object] | None = None,
        *,
        log: bool = True,
        always: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.hook = hook
        self._log = log
        self._always = always or hook is not None
        self._clock = clock
        self._tokens = BURST
        self._next = 0.0
        self._asked = 0.0
        self._unasked = 0
        self.left_out = 0

    def wanted(self) -> bool:
        """Tell whether anyone wants to know of a denial now. Who does not tell of one then, calls `pass_over`."""
        return self._always or (self._log and (self._tokens > 0 or self._clock() >= self._next))

    def pass_over(self) -> int:
        """Count a denial that nobody wanted to know of.

        Returns:
            How many of the coming ones need not ask: none, unless they come at a thousand a second. They are counted
            when the next one asks.
        """
        self.left_out += 1 + self._unasked
        now = self._clock()
        self._unasked = UNASKED if now - self._asked < _FAST_SECONDS else 0
        self._asked = now
        return self._unasked

    def tell(self, denial: Denial) -> None:
        """Tell the hook, and the log where it is time."""
        if self.hook is not None:
            try:
                self.hook(denial)
            except Exception:
                LOGGER.exception("on_denied raised")
        if self._log:
            self._record(denial)

    def _record(self, denial: Denial) -> None:
        now = self._clock()
        if now >= self._next + EVERY_SECONDS * BURST:
            self._tokens = BURST
        if not self._tokens and now < self._next:
            self.left_out += 1
            return
        self._tokens = max(self._tokens - 1, 0)
        self._next = now + EVERY_SECONDS
        self.left_out += self._unasked
        self._unasked = 0
        more = f" ({self.left_out} more not logged)" if self.left_out else ""
        self.left_out = 0
        LOGGER.warning("CORS: %s%s", denial.says, more)
