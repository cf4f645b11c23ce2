"""Evidence of a recorded conversation."""

from typing import Final

from corsage.clients.har.entry import HarEntry
from corsage.clients.har.pairing import Conversation
from corsage.clients.har.rebuilding import knows_credentials
from corsage.clients.har.replaying import Replay
from corsage.clients.har.verdict import failure_kind
from corsage.clients.har.who_asked import WEBSOCKET
from corsage.model import Credentials, Initiator, Mode
from corsage.model.evidence import Answer, Evidence

# The only words for these are the mode's own.
_PLAIN: Final = frozenset({Initiator.FETCH, Initiator.XHR})


def evidence_of(conversation: Conversation, played: Replay) -> Evidence:
    """Return what the recording says of *conversation*, and the exchanges that the engine had."""
    request, first = played.request, conversation.hops[0]
    included = request.credentials is Credentials.INCLUDE
    alone = conversation.is_preflight_alone
    # The last preflight is the one that failed, if any did.
    asked = first.entry if alone else conversation.hops[-1].preflight or first.preflight
    if asked is None and not first.entry.status:
        asked = first.earlier
    return Evidence(
        method=request.method,
        url=request.url.href,
        origin=_origin(conversation),
        page=conversation.client.url.href,
        mode=_mode(request.mode, request.initiator),
        # It is tried with credentials only where they were seen, or where nothing else explains the failure.
        credentials=request.credentials.value if included or knows_credentials(conversation, request) else "",
        request_headers=request.headers,
        body=None if alone else first.entry.request_body,
        preflight=None if asked is None else answer_of(asked),
        actual=None if alone or _is_silent(conversation.last) else answer_of(conversation.last),
        hops=tuple(answer_of(hop.entry) for hop in conversation.hops[:-1]),
        notes=conversation.last.error,
        exchanges=played.exchanges,
    )


def websocket_evidence(conversation: Conversation) -> Evidence:
    """Return what the recording says of a WebSocket's handshake, which the engine does not judge."""
    entry = conversation.first
    return Evidence(
        method=entry.method,
        url=entry.url.href,
        origin=_origin(conversation),
        page=conversation.client.url.href,
        mode=WEBSOCKET,
        actual=None if _is_silent(entry) else answer_of(entry),
        notes=entry.error,
    )


def answer_of(entry: HarEntry) -> Answer:
    """Return the answer in *entry*: all of its headers, and the beginning of its body as text."""
    if entry.status == 0:
        return Answer(failure=failure_kind(entry))
    body = entry.response_body.decode("utf-8", "replace")
    failure = failure_kind(entry)  # it may have failed in the middle
    return Answer(entry.status, entry.response_headers, whole=True, body=body, failure=failure)


def _is_silent(entry: HarEntry) -> bool:
    """Tell whether nothing is known of an answer: the request may never have been sent."""
    return entry.status == 0 and failure_kind(entry) is None


def _origin(conversation: Conversation) -> str:
    client = conversation.client
    return "file://" if client.url.scheme == "file" else client.origin.serialized


def _mode(mode: Mode, initiator: Initiator) -> str:
    return mode.value if initiator in _PLAIN else f"{mode.value} ({initiator.value})"
