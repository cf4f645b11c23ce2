"""CORS-preflight cache (https://fetch.spec.whatwg.org/#concept-cache).

The cache takes the time as an argument; it never asks for it.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from corsage.browser.differences import MaxAgeReading
from corsage.browser.profile import Profile
from corsage.grammar import delta_seconds, parsed_like_a_c_integer
from corsage.model.names import NON_WILDCARD_HEADERS

DEFAULT_MAX_AGE: Final = 5
# Firefox keeps 100 (nsCORSListenerProxy.cpp); a bound for hostile lists either way.
MOST_ENTRIES: Final = 10_000


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What an entry is stored under: partition, byte-serialized origin and URL."""

    partition: str
    origin: str
    url: str


@dataclass(slots=True)
class CacheEntry:
    """One allowed method or one allowed header name; the other is ``None``.

    Attributes:
        expires: on the caller's clock, in seconds.
        credentials: whether the preflight was for a request with credentials.
        method: a method, or ``*``.
        header: a lower-case header name, or ``*``.
    """

    expires: float
    credentials: bool
    method: str | None = None
    header: str | None = None


class CacheQuery(NamedTuple):
    """A request, as the cache looks at it.

    Attributes:
        key: partition, origin and URL.
        include: whether its credentials mode is ``include``.
        profile: the browser.
        now: the caller's clock, in seconds.
    """

    key: CacheKey
    include: bool
    profile: Profile
    now: float


class PreflightCache:
    """What servers have allowed, and until when."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: dict[CacheKey, list[CacheEntry]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._entries.values()))

    def holds(self, key: CacheKey) -> bool:
        """Tell whether there is any entry for *key*, stale ones included."""
        return key in self._entries

    def allows_method(self, query: CacheQuery, method: str) -> bool:
        """Tell whether there is a method cache entry match."""
        wildcard = query.profile.cache_honours_wildcard
        return any(
            entry.method == method or (wildcard and entry.method == "*") for entry in self._matching(query)
        )

    def allows_header(self, query: CacheQuery, name: str) -> bool:
        """Tell whether there is a header-name cache entry match for the lower-case *name*."""
        profile = query.profile
        wildcard = profile.cache_honours_wildcard and (
            name not in NON_WILDCARD_HEADERS or profile.cache_wildcard_covers_authorization
        )
        return any(
            entry.header == name or (wildcard and entry.header == "*") for entry in self._matching(query)
        )

    def store(
        self,
        key: CacheKey,
        methods: tuple[str, ...],
        headers: tuple[str, ...],
        *,
        include: bool,
        expires: float,
    ) -> None:
        """Keep what a preflight allowed, replacing older entries for the same method or name."""
        if len(self._entries) >= MOST_ENTRIES:
            self._entries.clear()
        entries = self._entries.setdefault(key, [])
        known = {(entry.method, entry.header): entry for entry in entries if entry.credentials == include}
        wanted: list[tuple[str | None, str | None]] = [(method, None) for method in methods]
        wanted += [(None, name.lower()) for name in headers]
        for names in wanted[:MOST_ENTRIES]:
            if names in known:
                known[names].expires = expires
            else:
                known[names] = CacheEntry(expires, include, *names)
                entries.append(known[names])

    def clear(self, key: CacheKey) -> None:
        """Clear cache entries (https://fetch.spec.whatwg.org/#concept-cache-clear)."""
        self._entries.pop(key, None)

    def _matching(self, query: CacheQuery) -> list[CacheEntry]:
        entries = self._entries.get(query.key)
        if not entries:
            return []
        entries[:] = [entry for entry in entries if entry.expires > query.now]
        if query.profile.cache_separates_credentials:
            return [entry for entry in entries if entry.credentials == query.include]
        return [entry for entry in entries if entry.credentials or not query.include]


def max_age(lines: list[str], profile: Profile) -> int | None:
    """Read ``Access-Control-Max-Age`` from its *lines*: seconds to keep, or ``None`` for "do not keep".

    Source: https://fetch.spec.whatwg.org/#cors-preflight-fetch, steps 7.8 to 7.10
    """
    text = ", ".join(line for line in lines if line or len(lines) == 1)
    if not text:
        return DEFAULT_MAX_AGE
    match profile.max_age_reading:
        case MaxAgeReading.SIGNED_OR_DEFAULT:
            seconds = parsed_like_a_c_integer(text)
        case MaxAgeReading.DIGITS_OR_NOTHING:
            seconds = delta_seconds(text)
            if seconds is None:
                return None
        case MaxAgeReading.DIGITS_OR_DEFAULT:
            # 7.8, 7.9: of several lines, none counts. Zero is an age as well: it ends older entries (7.12, 7.14).
            seconds = delta_seconds(text) if len(lines) == 1 else None
            return DEFAULT_MAX_AGE if seconds is None else seconds
    if seconds is None:
        seconds = DEFAULT_MAX_AGE
    if seconds <= 0:
        return None
    return seconds if profile.max_age_cap is None else min(seconds, profile.max_age_cap)
