"""Read an access log: the requests of other origins' pages, each kind once, and what the log leaves open."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from corsage.clients.access_logs.line import LONGEST_LINE, LogLine, parse_line
from corsage.clients.bounded_lines import bounded_lines
from corsage.model import URL, parse_url
from corsage.pair.observed import Observed
from corsage.pair.paths import segments_of

MOST_KINDS: Final = 3000
_PREFLIGHT: Final = "OPTIONS"
_SHOWN: Final = 5
_ALWAYS: Final = (
    "An access log has no request headers: add those that the pages set to request_headers.",
    "An access log does not say whether cookies went along: set credentials where the pages need them.",
)


@dataclass(frozen=True, slots=True)
class LogReading:
    """What a log came to.

    Attributes:
        observed: requests of other origins' pages, each kind once: see `corsage.pair.synthesise`.
        lines: how many were read.
        unread: how many hold no request.
        notes: what the log cannot tell, in sentences.
        origins: those that are named, each with how many requests name it, the most frequent first. Whoever asks
            writes the Origin and the Referer, so none of them is known to be one of the server's own pages.
    """

    observed: tuple[Observed, ...]
    lines: int
    unread: int
    notes: tuple[str, ...]
    origins: tuple[tuple[str, int], ...] = ()


def read_access_log(lines: Iterable[str], *, server: str) -> LogReading:
    """Read the access log *lines* of *server*.

    Args:
        lines: in Apache's common or combined format, or nginx's, with fields added or not.
        server: the origin that the log is of: ``https://api.example``.

    Raises:
        ValueError: *server* is no http or https origin.
    """
    base = parse_url(server)
    if base is None or not base.is_http:
        raise ValueError(f"not an origin of a server: {server[:200]!r}")
    log = _Log(base)
    for line in bounded_lines(lines, LONGEST_LINE):
        log.add(line)
    return log.result()


class _Log:
    """What was met so far."""

    def __init__(self, base: URL) -> None:
        self._base = base
        self._kinds: dict[tuple[object, ...], Observed] = {}
        self._preflights: dict[tuple[str | None, ...], str] = {}
        self._origins: Counter[str] = Counter()
        self._lines = self._unread = self._nobodys = self._left_out = 0
        self._by_referrer = False

    def add(self, text: str) -> None:
        if not text.strip():
            return
        self._lines += 1
        line = parse_line(text)
        url = parse_url(line.target, self._base.href) if line is not None else None
        if line is None or url is None:
            self._unread += 1
        elif line.method == _PREFLIGHT:
            if len(self._preflights) < MOST_KINDS:
                self._preflights.setdefault(segments_of(url.path), url.path)
        else:
            self._add_request(line, url)

    def _add_request(self, line: LogLine, url: URL) -> None:
        origin = line.origin or line.referrer
        if not origin:
            self._nobodys += 1
            return
        if origin == self._base.origin.serialized:
            return
        segments = segments_of(url.path)
        kind = (origin, segments, line.method)
        if kind not in self._kinds and len(self._kinds) >= MOST_KINDS:
            self._left_out += 1
            return
        self._by_referrer = self._by_referrer or not line.origin
        self._origins[origin] += 1
        self._kinds.setdefault(kind, Observed(origin, url.href, line.method))

    def result(self) -> LogReading:
        return LogReading(
            observed=tuple(self._kinds.values()),
            lines=self._lines,
            unread=self._unread,
            notes=tuple(self._notes()),
            origins=tuple(self._origins.most_common()),
        )

    def _notes(self) -> Iterable[str]:
        yield from _ALWAYS
        if self._preflights:
            paths = list(self._preflights.values())
            more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
            yield (
                f"Preflights were asked for at {', '.join(paths[:_SHOWN])}{more}: the log does not say for which "
                "methods and headers. Those that were refused left no other trace."
            )
        if self._by_referrer:
            yield (
                "Origins were taken from Referer, which links and images have, too, and some pages hide: let the log "
                "have the Origin header ($http_origin in nginx, %{Origin}i in Apache)."
            )
        if self._nobodys:
            yield f"Requests with neither Origin nor Referer were left out: {self._nobodys:,}."
        if self._left_out:
            yield f"There are more than {MOST_KINDS:,} kinds of requests; left out: {self._left_out:,}."
