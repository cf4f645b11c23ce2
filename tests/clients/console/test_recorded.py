"""What real browsers printed in the recorded scenarios is read as what the engine says was wrong.

Browsers do not always say enough: Safari has one sentence for four mistakes, and for preflights and actual requests;
Firefox has one for all that the network did. Then the reader says what they say, and no more.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corsage.browser import PROFILES
from corsage.browser.console import report as engines_report
from corsage.clients.console import read_messages
from corsage.clients.recordings import playback, read_rows
from corsage.model import Cause, Outcome
from corsage.model.evidence import Message
from corsage.model.symptom import Symptom

CORPUS = Path(__file__).parents[2] / "corpus"
FAMILIES = sorted(CORPUS.glob("*.jsonl.xz"))
PROFILE_OF = {"chromium": "chromium", "firefox": "firefox", "webkit": "webkitgtk"}
# As large a share of the recorded refusals is read to the very cause; of all others as much as was printed.
TO_THE_CAUSE = {"chromium": 0.975, "firefox": 0.95, "webkit": 0.54}

ALLOW_ORIGIN = {
    Cause.MISSING_ALLOW_ORIGIN,
    Cause.MULTIPLE_ALLOW_ORIGIN,
    Cause.INVALID_ALLOW_ORIGIN,
    Cause.ALLOW_ORIGIN_MISMATCH,
}
NO_ANSWER = {
    Cause.NETWORK_FAILURE,
    Cause.BAD_PORT,
    Cause.INVALID_REDIRECT,
    Cause.PREFLIGHT_INVALID_REDIRECT,
    Cause.REDIRECT_CONTAINS_CREDENTIALS,
    Cause.TOO_MANY_REDIRECTS,
    Cause.UNSAFE_REDIRECT,
}
# What is said, to what may be meant.
LESS: dict[Cause | Symptom, set[Cause]] = {
    Symptom.ALLOW_ORIGIN_UNSPECIFIC: ALLOW_ORIGIN,
    Symptom.DID_NOT_SUCCEED: NO_ANSWER,
    Symptom.NETWORK: {Cause.NETWORK_FAILURE},
    Symptom.FETCH_FAILED: {Cause.REDIRECT_MODE_ERROR},
    Symptom.UNSAFE_LOAD: {Cause.DISALLOWED_BY_MODE},
    Cause.CORP_NOT_SAME_ORIGIN: {Cause.CORP_NOT_SAME_SITE},
    Cause.CORS_DISABLED_SCHEME: {Cause.UNSAFE_REDIRECT, Cause.LOCAL_RESOURCE},
    Cause.LOCAL_RESOURCE: {Cause.UNSAFE_REDIRECT},
    Cause.UNSAFE_REDIRECT: {Cause.INVALID_REDIRECT},
    Cause.INVALID_REDIRECT: {Cause.PREFLIGHT_INVALID_REDIRECT},
    # What Firefox could not parse, it repeats as an answer that did not match.
    Cause.MULTIPLE_ALLOW_ORIGIN: {Cause.NETWORK_FAILURE},
}
ACTUAL = {
    Cause[f"PREFLIGHT_{cause.name}"]: cause
    for cause in Cause
    if f"PREFLIGHT_{cause.name}" in Cause.__members__
}


def rows(browser: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Cause, tuple[Message, ...]]]:
    """Return, for each recorded refusal, its id, the engine's cause, and what is read in the recorded console."""
    causes: list[Cause | None] = []
    report = engines_report

    def listen(outcome: Outcome, profile: Any) -> Any:
        causes.append(outcome.refusal.cause if outcome.refusal else None)
        return report(outcome, profile)

    monkeypatch.setattr(playback, "report", listen)
    found = []
    for path in FAMILIES:
        for row in read_rows(str(path)):
            causes.clear()
            playback.play(row, PROFILES[PROFILE_OF[browser]])
            console = row.recorded[browser].get("console") or ()
            if len(causes) == 1 and causes[0] is not None and console:
                found.append((row.scenario["id"], causes[0], read_messages("\n".join(console))))
    return found


def agrees(cause: Cause, message: Message) -> str:
    """Say how what is read stands to the cause: it is the same, less, or another."""
    said = message.says
    if said is cause:
        return "same"
    actual = ACTUAL.get(cause, cause)
    if said is actual or actual in LESS.get(said, ()) or cause in LESS.get(said, ()):
        return "less"
    # Firefox says twice what fails on a preflight, and what fails on a redirect.
    return "less" if isinstance(said, Cause) and ACTUAL.get(said) is cause else "other"


@pytest.mark.parametrize("browser", PROFILE_OF)
def test_recorded_consoles_are_read_to_their_cause(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counts: Counter[str] = Counter()
    others = []
    for name, cause, messages in rows(browser, monkeypatch):
        found = {agrees(cause, message) for message in messages}
        best = next((kind for kind in ("same", "less") if kind in found), "other")
        counts[best] += 1
        if best == "other":
            others.append((name, cause, [message.says for message in messages]))
    assert others == []
    assert counts["same"] >= TO_THE_CAUSE[browser] * counts.total()
