"""What each browser calls a failure, and what it prints: an outcome in, words out."""

from typing import NamedTuple

from corsage.browser.console import chromium, firefox, webkit
from corsage.browser.differences import Engine
from corsage.browser.profile import Profile
from corsage.model import Initiator, Outcome


class Report(NamedTuple):
    """What a browser says of an outcome.

    Attributes:
        code: Chromium's error code, Firefox's message category, WebKit's reason; ``None`` where nothing is named.
        parameter: Chromium's failed parameter; empty in the others.
        lines: the console's lines, in order.
    """

    code: str | None
    parameter: str
    lines: tuple[str, ...]


def report(outcome: Outcome, profile: Profile) -> Report:
    """Say what the browser of *profile* reports; the standard itself has no words, only the cause."""
    if _is_ignored_beacon(outcome):
        return Report(None, "", ())
    match profile.engine:
        case Engine.CHROMIUM:
            return Report(*chromium.report(outcome))
        case Engine.FIREFOX:
            return Report(*firefox.report(outcome))
        case Engine.WEBKIT:
            return Report(*webkit.report(outcome))
    refusal = outcome.refusal
    if refusal is None:
        return Report(None, "", ())
    return Report(refusal.cause.value, refusal.parameter, ())


def _is_ignored_beacon(outcome: Outcome) -> bool:
    """Nobody waits for a beacon's response: only its preflight can fail."""
    request, refusal = outcome.request, outcome.refusal
    return (
        request is not None
        and request.initiator is Initiator.BEACON
        and refusal is not None
        and not refusal.cause.is_preflight
    )


__all__ = ["Report", "report"]
