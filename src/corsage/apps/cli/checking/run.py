"""Asks one question of the network, and of every browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from corsage.apps.cli.checking.questions import Question
from corsage.apps.cli.checking.replay import NotRecorded, Replay
from corsage.browser import CHROME, FIREFOX, WEBKIT, Profile, drive, fetch
from corsage.browser.console import Report, report
from corsage.clients.live import Exchange
from corsage.model import NetworkFailure, Outcome, Request, Trace, WireRequest, WireResponse
from corsage.model.evidence import Probe

if TYPE_CHECKING:
    from corsage.pair.repair import Repair

BROWSERS: Final = (CHROME, FIREFOX, WEBKIT)


class Transport(Protocol):
    """What sends requests and remembers them: `corsage.clients.live.LiveTransport`."""

    exchanges: list[Exchange]

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        """Send *request*."""


@dataclass(frozen=True, slots=True)
class View:
    """What one browser makes of the same conversation.

    Attributes:
        profile: the browser.
        outcome: ``None`` where it would send something that was not sent.
        report: its console; ``None`` likewise.
        unsent: what that is.
    """

    profile: Profile
    outcome: Outcome | None
    report: Report | None
    unsent: WireRequest | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A question with everything that came of it.

    Attributes:
        question: what was asked.
        profile: the browser whose verdict counts.
        outcome: how it ended there.
        trace: every step of that.
        exchanges: what went over the wire.
        views: all three browsers; empty where they were not asked.
        repair: what to change; ``None`` where nothing was refused, or nothing is known to help.
        probes: what was asked beside it, to tell causes apart; empty where nobody wanted that.
    """

    question: Question
    profile: Profile
    outcome: Outcome
    trace: Trace
    exchanges: tuple[Exchange, ...]
    views: tuple[View, ...] = ()
    repair: "Repair | None" = None
    probes: tuple[Probe, ...] = ()


def check_question(question: Question, profile: Profile, transport: Transport, *, compare: bool) -> Checked:
    """Ask *question* over the network as the browser of *profile*.

    Args:
        question: what to ask.
        profile: the browser.
        transport: sends the requests.
        compare: whether to replay the conversation in the other browsers, and to search for a repair.
    """
    trace = Trace()
    before = len(transport.exchanges)
    request = question.make(profile, trace)
    jar = question.jar()
    outcome = drive(fetch(request, profile=profile, cookies=jar, trace=trace), transport)
    exchanges = tuple(transport.exchanges[before:])
    if not compare:
        return Checked(question, profile, outcome, trace, exchanges)
    views = _views(question, profile, outcome, exchanges, transport)
    return Checked(
        question, profile, outcome, trace, exchanges, views, _repair(question, profile, outcome, exchanges)
    )


def _views(
    question: Question,
    profile: Profile,
    outcome: Outcome,
    exchanges: Sequence[Exchange],
    transport: Transport,
) -> tuple[View, ...]:
    return tuple(
        View(browser, outcome, report(outcome, browser))
        if browser is profile
        else _replayed(question, browser, exchanges, transport)
        for browser in BROWSERS
    )


def _replayed(
    question: Question, browser: Profile, exchanges: Sequence[Exchange], transport: Transport
) -> View:
    replay = Replay(_answers(exchanges), transport)
    request = question.make(browser, Trace())
    try:
        outcome = drive(fetch(request, profile=browser, cookies=question.jar()), replay)
    except NotRecorded as missing:
        return View(browser, None, None, missing.request)
    return View(browser, outcome, report(outcome, browser))


def _repair(
    question: Question, profile: Profile, outcome: Outcome, exchanges: Sequence[Exchange]
) -> "Repair | None":
    refusal = outcome.refusal
    if refusal is None or refusal.failure is not None or not isinstance(outcome.request, Request):
        return None
    from corsage.pair.repair import repair  # only a refusal pays for the search

    profiles = tuple(dict.fromkeys((profile, *BROWSERS)))
    return repair(outcome.request, _answers(exchanges), profiles, question.jar())


def _answers(exchanges: Sequence[Exchange]) -> list[tuple[WireRequest, WireResponse | NetworkFailure]]:
    return [(exchange.request, exchange.response) for exchange in exchanges]
