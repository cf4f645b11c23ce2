"""Play a recorded conversation to the engine, with the recorded answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corsage.browser import Profile, drive, fetch
from corsage.clients.har.pairing import Conversation, Hop
from corsage.clients.har.verdict import Verdict, failure_kind, network_failure
from corsage.model import (
    Cause,
    FailureKind,
    HeaderList,
    NetworkFailure,
    Outcome,
    Request,
    WireKind,
    WireRequest,
    WireResponse,
)

NOT_RECORDED: Final = NetworkFailure(FailureKind.CONNECTION_CLOSED, "the recording holds no answer")
_NETWORK: Final = frozenset({Cause.NETWORK_FAILURE, Cause.PREFLIGHT_NETWORK_FAILURE})


@dataclass(frozen=True, slots=True)
class Replay:
    """How the engine judged a conversation.

    Attributes:
        request: as it was rebuilt.
        profile: the browser.
        outcome: the engine's; ``None`` where it needed an answer that was not recorded.
        exchanges: what was asked and answered.
        assumed_preflight: whether the answer to a preflight was made up: the actual request was answered, so that
            the preflight must have been, or a cache knew.
    """

    request: Request
    profile: Profile
    outcome: Outcome | None
    exchanges: tuple[tuple[WireRequest, WireResponse | NetworkFailure], ...]
    assumed_preflight: bool

    @property
    def refused(self) -> bool:
        """Whether the engine refuses, by what was recorded."""
        return self.outcome is not None and self.outcome.refusal is not None


def replay(
    conversation: Conversation, requests: Sequence[Request], profile: Profile, verdict: Verdict
) -> Replay:
    """Return how the engine judges the first of *requests* that ends as the recorder says, or else the first."""
    # Where the network failed, no refusal is wanting for an explanation.
    refused = verdict is Verdict.FAILED and failure_kind(conversation.last) is None
    first: Replay | None = None
    for request in requests:
        played = _play(conversation, request, profile)
        if played.refused == refused:
            return played
        first = first or played
    assert first is not None  # noqa: S101 - the caller has at least one request
    return first


@dataclass(slots=True)
class _Server:
    """Answers as it was recorded, hop after hop."""

    hops: Sequence[Hop]
    is_preflight_alone: bool
    next: int = 0
    exchanges: list[tuple[WireRequest, WireResponse | NetworkFailure]] = field(default_factory=list)
    lacked: bool = False
    assumed: bool = False

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        answer = self._preflight(request) if request.kind is WireKind.PREFLIGHT else self._actual(request)
        self.lacked = answer is NOT_RECORDED
        self.exchanges.append((request, answer))
        return answer

    def _hop(self, request: WireRequest) -> Hop | None:
        hop = self.hops[self.next] if self.next < len(self.hops) else None
        return hop if hop is not None and hop.entry.url.href == _sent_url(request) else None

    def _actual(self, request: WireRequest) -> WireResponse | NetworkFailure:
        hop = self._hop(request)
        if hop is None or self.is_preflight_alone:
            return NOT_RECORDED
        self.next += 1
        entry = hop.entry
        if entry.status == 0:
            return network_failure(entry) if failure_kind(entry) is not None else NOT_RECORDED
        return WireResponse(entry.status, entry.response_headers, entry.response_body, entry.address or None)

    def _preflight(self, request: WireRequest) -> WireResponse | NetworkFailure:
        hop = self._hop(request)
        if hop is None:
            return NOT_RECORDED
        recorded = hop.entry if self.is_preflight_alone else hop.preflight
        if recorded is None and hop.entry.status:
            # It was answered, or was not needed: the actual request went out.
            self.assumed = True
            return _leave(request)
        recorded = recorded or hop.earlier
        if recorded is None:
            return NOT_RECORDED
        if recorded.status == 0:
            return network_failure(recorded) if failure_kind(recorded) is not None else NOT_RECORDED
        return WireResponse(recorded.status, recorded.response_headers, b"", recorded.address or None)


def _sent_url(request: WireRequest) -> str:
    return request.url.href.partition("#")[0]


def _leave(request: WireRequest) -> WireResponse:
    """Return the answer that allows exactly what *request* asks for."""
    asked = request.headers
    pairs = [
        ("Access-Control-Allow-Origin", asked.get("origin") or "null"),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", asked.get("access-control-request-method") or "GET"),
    ]
    names = asked.get("access-control-request-headers")
    if names is not None:
        pairs.append(("Access-Control-Allow-Headers", names))
    return WireResponse(204, HeaderList(pairs))


def _play(conversation: Conversation, request: Request, profile: Profile) -> Replay:
    server = _Server(conversation.hops, conversation.is_preflight_alone)
    outcome: Outcome | None = drive(fetch(request, profile=profile), server)
    if outcome is not None and outcome.refusal is not None:
        lacked = server.lacked and outcome.refusal.cause in _NETWORK
        outcome = None if lacked else outcome
    return Replay(request, profile, outcome, tuple(server.exchanges), server.assumed)
