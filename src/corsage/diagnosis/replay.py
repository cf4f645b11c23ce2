"""Replay: what the engine makes of recorded answers, so that evidence without a message has one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corsage.browser import CHROME, FIREFOX, WEBKIT, Profile, drive, fetch
from corsage.browser.console import report
from corsage.diagnosis.request import request_of
from corsage.model import NetworkFailure, Outcome, Request, Trace, WireKind, WireRequest, WireResponse
from corsage.model.evidence import Answer, Evidence, Message, Speaker
from corsage.rules import Case

BROWSERS: Final = (CHROME, FIREFOX, WEBKIT)


@dataclass(frozen=True, slots=True)
class Replay:
    """A request, played against the answers that were recorded.

    Attributes:
        request: as Chrome makes it.
        outcome: how it ends there.
        trace: every step of that.
        exchanges: what was asked and answered.
    """

    request: Request
    outcome: Outcome
    trace: Trace
    exchanges: tuple[tuple[WireRequest, WireResponse | NetworkFailure], ...]


class _NotRecorded(Exception):  # noqa: N818 - it ends a replay, it is no error
    """The engine asks what nobody asked before."""


def replay(case: Case, profile: Profile = CHROME) -> Replay | None:
    """Play the request of *case* against its answers; ``None`` where they are not whole, or do not suffice."""
    request = request_of(case, profile)
    if request is None:
        return None
    answers = _recorded(case.evidence)
    exchanges: list[tuple[WireRequest, WireResponse | NetworkFailure]] = []

    def serve(asked: WireRequest) -> WireResponse | NetworkFailure:
        answer = answers.get((asked.kind, asked.url.href)) or answers.get((asked.kind, ""))
        if answer is None:
            raise _NotRecorded
        exchanges.append((asked, answer))
        return answer

    trace = Trace()
    try:
        outcome = drive(fetch(request, profile=profile, trace=trace), serve)
    except _NotRecorded:
        return None
    return Replay(request, outcome, trace, tuple(exchanges))


def with_verdict(evidence: Evidence, played: Replay | None) -> Evidence:
    """Add what Chrome would print of *played* to *evidence*, where nobody pasted a message."""
    refusal = played.outcome.refusal if played is not None else None
    answered = evidence.preflight is not None or evidence.actual is not None
    if played is None or refusal is None or evidence.messages or (answered and not played.exchanges):
        return evidence
    lines = report(played.outcome, CHROME).lines
    message = Message(
        text=lines[0] if lines else refusal.cause.value,
        speaker=Speaker.CHROMIUM,
        says=refusal.cause,
        url=refusal.url.href,
        first_url=refusal.first_url.href if refusal.first_url != refusal.url else "",
        origin=refusal.origin,
        parameter=refusal.parameter,
        status=refusal.status,
    )
    return replace(evidence, messages=(message,))


def _recorded(
    evidence: Evidence,
) -> dict[tuple[WireKind, str], WireResponse | NetworkFailure]:
    """Return the answers by kind and URL; those of which only the kind is known under an empty URL."""
    found: dict[tuple[WireKind, str], WireResponse | NetworkFailure] = {
        (asked.kind, asked.url.href): answer for asked, answer in evidence.exchanges
    }
    if found:
        return found
    for kind, answer in ((WireKind.PREFLIGHT, evidence.preflight), (WireKind.ACTUAL, evidence.actual)):
        known = _answer(answer)
        if known is not None:
            found[kind, ""] = known
    return {} if evidence.hops else found


def _answer(answer: Answer | None) -> WireResponse | NetworkFailure | None:
    if answer is None:
        return None
    if answer.failure is not None:
        return NetworkFailure(answer.failure)
    if not answer.whole or answer.status is None:
        return None
    return WireResponse(answer.status, answer.headers, answer.body.encode(errors="replace"))


def served(exchanges: Sequence[tuple[WireRequest, WireResponse | NetworkFailure]]) -> bool:
    """Tell whether any server answered."""
    return any(isinstance(answer, WireResponse) for _, answer in exchanges)
