"""How one conversation ended, by the recorder's word where it has one, by the engine's where it has none."""

from dataclasses import dataclass
from typing import Final

from corsage.browser import Profile
from corsage.clients.har.entry import HarEntry
from corsage.clients.har.likeness import place
from corsage.clients.har.pairing import Conversation
from corsage.clients.har.rebuilding import requests_of
from corsage.clients.har.replaying import Replay, replay
from corsage.clients.har.verdict import Verdict
from corsage.model import Client, Origin, parse_url

_NOT_MODIFIED: Final = 304
_LONGEST_PARAMETER: Final = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a conversation ended, and every other that is like it.

    Attributes:
        client: the page.
        played: what the engine said; ``None`` where it cannot be told what asked.
        failed: see `corsage.clients.har.groups.HarGroup`.
        is_unclear: whether nothing speaks against it, and how it ended was not recorded.
        group: what those have in common that are counted together.
        is_against_headers: whether it passed, says the recorder, though the recorded headers forbid it.
    """

    client: Client
    played: Replay | None
    failed: bool = False
    is_unclear: bool = True
    group: tuple[object, ...] = ()
    is_against_headers: bool = False


def judged(conversation: Conversation, profile: Profile, verdict: Verdict) -> Judgement:
    """Play *conversation* to the engine."""
    requests = requests_of(conversation)
    if not requests:
        return Judgement(conversation.client, None)
    played = replay(conversation, requests, profile, verdict)
    failed = _has_failed(conversation, played, verdict)
    return Judgement(
        client=conversation.client,
        played=played,
        failed=failed,
        is_unclear=not failed and (conversation.is_preflight_alone or played.outcome is None),
        is_against_headers=verdict is Verdict.PASSED and _has_failed(conversation, played, Verdict.UNKNOWN),
        group=(conversation.client.origin.serialized, *_in_common(played, failed=failed)),
    )


def _has_failed(conversation: Conversation, played: Replay, verdict: Verdict) -> bool:
    if verdict is Verdict.FAILED:
        return True
    if verdict is Verdict.PASSED or not played.refused:
        return False
    # Of a 304 the browser judges the headers that it has stored, and nobody recorded those.
    return all(hop.entry.status != _NOT_MODIFIED for hop in conversation.hops)


def _in_common(played: Replay, *, failed: bool) -> tuple[object, ...]:
    """Return what makes requests alike: method, the URL without its query, and how they were refused."""
    request, refusal = played.request, played.outcome.refusal if played.outcome is not None else None
    alike = (request.method, place(request.url.href), request.mode, request.credentials)
    if not failed:
        return alike
    if refusal is None:
        return (*alike, played.outcome is None)
    return (
        *alike,
        refusal.cause,
        refusal.parameter[:_LONGEST_PARAMETER],
        refusal.status,
        place(refusal.url.href),
    )


def crosses_origins(conversation: Conversation) -> bool:
    """Tell whether any hop left the page's origin, or was sent away from it."""
    origin = conversation.client.origin
    if any(not origin.same_origin(origin_of(hop.entry)) for hop in conversation.hops):
        return True
    target = parse_url(conversation.last.redirect_url, conversation.last.url.href)
    return conversation.last.is_redirect and target is not None and not origin.same_origin(target.origin)


def allows_credentials(conversation: Conversation) -> bool:
    """Tell whether the last answer allows credentials."""
    return conversation.last.response_headers.get("access-control-allow-credentials") == "true"


def origin_of(entry: HarEntry) -> Origin:
    """Return the origin of the server; a WebSocket's is compared as that of its handshake."""
    if entry.url.scheme not in {"ws", "wss"}:
        return entry.url.origin
    handshake = parse_url(f"http{entry.url.href.removeprefix('ws')}")
    return entry.url.origin if handshake is None else handshake.origin
