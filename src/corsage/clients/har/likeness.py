"""What decides a conversation's end, and nothing else: two that are alike in it need be played only once."""

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
_VALUES: Final = frozenset(
    {"content-type", "content-language", "range", "sec-fetch-mode", "sec-fetch-dest", "accept"}
)
_SCRIPTED: Final = frozenset({"fetch", "xhr", "preflight"})
_ASKED: Final = "access-control-request-headers"


def likeness(conversation: Conversation, profile: Profile, verdict: Verdict) -> tuple[object, ...]:
    """Return what decides how *conversation* ends; the same for those that end alike.

    The page is told by its identity: who keeps the result must keep the page, too.
    """
    found: list[object] = [profile.name, id(conversation.client), conversation.is_preflight_alone, verdict]
    for hop in conversation.hops:
        _add(found, hop.entry)
        asked = hop.preflight or (None if hop.entry.status else hop.earlier)
        if asked is not None:
            found.append(asked.request_headers.get(_ASKED))
            _add(found, asked)
    return tuple(found)


def _add(found: list[object], entry: HarEntry) -> None:
    request = entry.request_headers
    found += (
        entry.method,
        place(entry.url.href),
        entry.has_cookies,
        entry.resource_type,
        entry.status,
        entry.error,
        entry.address,
    )
    for name, value in request:
        lower = name.lower()
        found.append(lower)
        if lower in _VALUES:
            found.append(value)
    found.append(None)
    for name, value in entry.response_headers:
        lower = name.lower()
        if lower in _DECIDING or lower.startswith("access-control-"):
            found += (name, value)
    # What a body is decides about loads by markup alone.
    if entry.resource_type not in _SCRIPTED or request.get("sec-fetch-mode") == "no-cors":
        found.append(entry.response_body)


def place(href: str) -> str:
    """Return a URL without its query, and with ``{id}`` for the segments that look like one."""
    return shape(href.partition("?")[0])
