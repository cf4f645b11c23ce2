"""Like requests, counted together: a recording with 50,000 requests gives a short list."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corsage.browser import Profile
from corsage.model import Outcome, Request
from corsage.model.evidence import Evidence
from corsage.pair.paths import is_identifier

MOST_FAILING: Final = 200
MOST_PASSING: Final = 100
_MOST_URLS: Final = 3
_MOST_KEYS: Final = 20_000
_LONGEST_SHAPE: Final = 1024


@dataclass(frozen=True, slots=True)
class HarGroup:
    """Requests of one origin, method and kind of URL that ended alike.

    Attributes:
        evidence: of the first of them.
        outcome: the engine's; ``None`` where it could not judge: an answer is missing, or it is a WebSocket.
        request: of the first, for the engine; ``None`` for a WebSocket.
        profile: the browser that made it.
        failed: whether they failed: the recorder says so, or knows nothing and the engine refuses.
        count: how many they are.
        entries: the numbers of the first three in the file, from 0.
        urls: of these three.
        assumed_preflight: whether the exchanges hold an answer to a preflight that was not recorded.
    """

    evidence: Evidence
    outcome: Outcome | None
    request: Request | None
    profile: Profile
    failed: bool
    count: int
    entries: tuple[int, ...]
    urls: tuple[str, ...]
    assumed_preflight: bool = False


@dataclass(slots=True)
class _Open:
    """A group that still grows."""

    group: HarGroup
    count: int
    entries: list[int]
    urls: list[str]


class Groups:
    """Collects groups, a bounded number of failing and of passing ones."""

    def __init__(self) -> None:
        self._open: dict[tuple[object, ...], _Open] = {}
        self._room = {True: MOST_FAILING, False: MOST_PASSING}
        self._left_out: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}

    def add(
        self, key: Sequence[object], number: int, url: str, *, failed: bool, make: Callable[[], HarGroup]
    ) -> None:
        """Count one request.

        Args:
            key: what makes it like others.
            number: of its entry.
            url: of the request.
            failed: see `HarGroup`.
            make: called for the first of its kind, where there is room.
        """
        whole = (failed, *key)
        found = self._open.get(whole)
        if found is None:
            if not self._room[failed]:
                self._leave_out(whole, failed=failed)
                return
            self._room[failed] -= 1
            found = self._open[whole] = _Open(make(), 0, [], [])
        found.count += 1
        if len(found.urls) < _MOST_URLS and url not in found.urls:
            found.entries.append(number)
            found.urls.append(url)

    def _leave_out(self, key: tuple[object, ...], *, failed: bool) -> None:
        left_out = self._left_out[failed]
        mark = hash(key)  # keys may be long, and there may be many
        left_out[mark if mark in left_out or len(left_out) < _MOST_KEYS else 0] += 1

    def listed(self) -> tuple[HarGroup, ...]:
        """Return the groups: failing ones first, then by size, then as they came."""
        found = [_closed(each) for each in self._open.values()]
        return tuple(sorted(found, key=lambda group: (not group.failed, -group.count)))

    def left_out(self, *, failed: bool) -> tuple[int, int]:
        """Return how many groups had no room, and how many requests are in them."""
        counter = self._left_out[failed]
        return len(counter), counter.total()


def _closed(found: _Open) -> HarGroup:
    group = found.group
    return HarGroup(
        evidence=group.evidence,
        outcome=group.outcome,
        request=group.request,
        profile=group.profile,
        failed=group.failed,
        count=found.count,
        entries=tuple(found.entries),
        urls=tuple(found.urls),
        assumed_preflight=group.assumed_preflight,
    )


def shape(path: str) -> str:
    """Return *path* with ``{id}`` in the place of each segment that looks like one, cut where it is very long."""
    return _shape(path[:_LONGEST_SHAPE])


@lru_cache(maxsize=4096)
def _shape(path: str) -> str:
    return "/".join("{id}" if is_identifier(segment) else segment for segment in path.split("/"))
