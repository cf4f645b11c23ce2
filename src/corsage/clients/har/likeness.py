"""What decides a conversation's end, and nothing else: two that are alike in it need be played only once."""

from collections.abc import Iterator
from typing import Final

from corsage.browser import Profile
from corsage.clients.har.entry import HarEntry
from corsage.clients.har.groups import shape
from corsage.clients.har.pairing import Conversation
from corsage.clients.har.verdict import Verdict

_DECIDING: Final = frozenset(
    {
        "content-range",
        "content-type",
        "cross-origin-resource-policy",
        "location",
        "set-cookie",
        "x-content-type-options",
    }
)
_VALUES: Final = ("content-type", "content-language", "range", "sec-fetch-mode", "sec-fetch-dest", "accept")


def likeness(conversation: Conversation, profile: Profile, verdict: Verdict) -> tuple[object, ...]:
    """Return what decides how *conversation* ends; the same for those that end alike."""
    client = conversation.client
    hops: list[object] = []
    for hop in conversation.hops:
        hops.append(tuple(_of_entry(hop.entry)))
        asked = hop.preflight or (None if hop.entry.status else hop.earlier)
        hops.append(None if asked is None else (*_of_entry(asked), asked.request_headers.get(_ASKED)))
    return (profile.name, client, conversation.is_preflight_alone, verdict, *hops)


_ASKED: Final = "access-control-request-headers"


def _of_entry(entry: HarEntry) -> Iterator[object]:
    request = entry.request_headers
    yield entry.method
    yield place(entry.url.href)
    yield tuple(request.names())
    for name in _VALUES:
        yield request.get(name)
    yield entry.has_cookies
    yield entry.resource_type
    yield entry.status
    yield entry.error
    yield entry.address
    for name, value in entry.response_headers:
        lower = name.lower()
        if lower.startswith("access-control-") or lower in _DECIDING:
            yield name, value
    # What a body is decides about loads by markup alone.
    if request.get("sec-fetch-mode") == "no-cors" or entry.resource_type not in {"fetch", "xhr"}:
        yield entry.response_body


def place(href: str) -> str:
    """Return a URL without its query, and with ``{id}`` for the segments that look like one."""
    return shape(href.partition("?")[0])
