"""Which entries belong together: preflight, actual request, and the hops that it was redirected over.

Entries come in the order in which requests began, more or less: Chromium writes a preflight behind the request that it
is for, Firefox and proxies before it, WebKit none. So a request is kept open until a good many others have begun.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corsage.clients.har.entry import HarEntry
from corsage.model import Client, parse_url

# So many other requests may begin before a preflight or a hop belongs to nothing.
WINDOW: Final = 500
MOST_HOPS: Final = 25
_MOST_KNOWN: Final = 500

_Key = tuple[str, str]


@dataclass(slots=True, eq=False)
class Hop:
    """One exchange of a conversation, with the preflight that went before it.

    Attributes:
        entry: the actual request; of a preflight that stands alone, the preflight itself.
        preflight: as it was recorded; ``None`` where none was.
        earlier: a preflight for the same URL and method, recorded before: a cache may hold its answer.
    """

    entry: HarEntry
    preflight: HarEntry | None = None
    earlier: HarEntry | None = None


@dataclass(slots=True, eq=False)
class Conversation:
    """All that one request of a page did on the network.

    Attributes:
        client: the page.
        hops: in order; at least one.
        is_preflight_alone: whether the actual request was not recorded.
    """

    client: Client
    hops: list[Hop] = field(default_factory=list)
    is_preflight_alone: bool = False
    waits_for: str | None = None

    @property
    def first(self) -> HarEntry:
        """The entry that it began with."""
        return self.hops[0].entry

    @property
    def last(self) -> HarEntry:
        """The entry that it ended with."""
        return self.hops[-1].entry


class Pairing:
    """Puts entries together; conversations come out when nothing more can belong to them."""

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._clock = 0
        self._open: OrderedDict[Conversation, int] = OrderedDict()
        self._waiting: dict[str, list[Conversation]] = {}
        self._unasked: dict[_Key, list[Hop]] = {}
        self._spare: OrderedDict[_Key, tuple[Conversation, int]] = OrderedDict()
        self._known: OrderedDict[_Key, HarEntry] = OrderedDict()

    def continues(self, entry: HarEntry) -> bool:
        """Tell whether a redirect leads to *entry*."""
        return entry.url.href in self._waiting

    def add(self, entry: HarEntry, client: Client | None) -> Iterator[Conversation]:
        """Take in *entry*, and yield the conversations that are over.

        Args:
            entry: the next one.
            client: its page; needed unless it `continues` a conversation.
        """
        self._clock += 1
        if entry.is_preflight:
            yield from self._add_preflight(entry, client)
        else:
            self._add_actual(entry, client)
        while self._open and self._clock - next(iter(self._open.values())) > self._window:
            yield self._close()
        while self._spare and self._clock - next(iter(self._spare.values()))[1] > self._window:
            yield self._spare.popitem(last=False)[1][0]

    def finish(self) -> Iterator[Conversation]:
        """Yield what is still open."""
        while self._open:
            yield self._close()
        while self._spare:
            yield self._spare.popitem(last=False)[1][0]

    def _add_preflight(self, entry: HarEntry, client: Client | None) -> Iterator[Conversation]:
        key = (entry.url.href, entry.request_headers.get("access-control-request-method") or "GET")
        self._known[key] = entry
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        # Of several requests that have none, the youngest has just made it.
        if hops := self._unasked.get(key):
            self._ask(hops[-1], entry)
            return
        if key in self._spare:
            yield self._spare.pop(key)[0]
        if client is not None:
            self._spare[key] = (Conversation(client, [Hop(entry)], is_preflight_alone=True), self._clock)

    def _add_actual(self, entry: HarEntry, client: Client | None) -> None:
        conversation = self._continued(entry) or (None if client is None else Conversation(client))
        if conversation is None:
            return
        key = (entry.url.href, entry.method)
        hop = Hop(entry, earlier=self._known.get(key))
        if key in self._spare:
            hop.preflight = self._spare.pop(key)[0].first
        else:
            self._unasked.setdefault(key, []).append(hop)
        conversation.hops.append(hop)
        self._open[conversation] = self._clock
        self._open.move_to_end(conversation)
        self._wait(conversation)

    def _ask(self, hop: Hop, preflight: HarEntry) -> None:
        hop.preflight = preflight
        self._forget(hop)

    def _forget(self, hop: Hop) -> None:
        key = (hop.entry.url.href, hop.entry.method)
        hops = self._unasked.get(key, [])
        if hop in hops:
            hops.remove(hop)
            if not hops:
                del self._unasked[key]

    def _continued(self, entry: HarEntry) -> Conversation | None:
        found = self._waiting.get(entry.url.href)
        if not found:
            return None
        conversation = found[0]
        self._stop_waiting(conversation)
        return conversation

    def _wait(self, conversation: Conversation) -> None:
        last = conversation.last
        if not last.is_redirect or len(conversation.hops) >= MOST_HOPS:
            return
        target = parse_url(last.redirect_url.partition("#")[0], last.url.href)
        if target is not None:
            conversation.waits_for = target.href
            self._waiting.setdefault(target.href, []).append(conversation)

    def _stop_waiting(self, conversation: Conversation) -> None:
        target, conversation.waits_for = conversation.waits_for, None
        waiting = self._waiting.get(target or "", [])
        if conversation in waiting:
            waiting.remove(conversation)
            if not waiting:
                del self._waiting[target or ""]

    def _close(self) -> Conversation:
        conversation, _ = self._open.popitem(last=False)
        self._stop_waiting(conversation)
        for hop in conversation.hops:
            self._forget(hop)
        return conversation
