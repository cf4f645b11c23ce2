"""The verdict: one word, one code, one sentence, one exit code."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corsage.apps.cli.checking.questions import Question
from corsage.apps.cli.checking.words import NETWORK
from corsage.apps.cli.text import shown
from corsage.model import Cause, ElementInit, Initiator, Outcome, Refusal, ResponseType

READABLE_EXIT: Final = 0
BLOCKED_EXIT: Final = 1
USAGE_EXIT: Final = 2
NETWORK_EXIT: Final = 3


class Kind(StrEnum):
    """What came of a request, for the page."""

    READABLE = "readable"
    LOADED = "loaded"
    OPAQUE = "opaque"
    BLOCKED = "blocked"
    UNUSABLE = "unusable"
    THROWN = "thrown"
    NETWORK_FAILURE = "network-failure"

    @property
    def exit_code(self) -> int:
        """What the process ends with: 0 where the page gets what it asked for, 1 where not, 3 without a network."""
        if self in (Kind.READABLE, Kind.LOADED):
            return READABLE_EXIT
        return NETWORK_EXIT if self is Kind.NETWORK_FAILURE else BLOCKED_EXIT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a question.

    Attributes:
        kind: in one word.
        code: the stable error code; ``None`` where nothing was refused.
        sentence: for people, complete.
    """

    kind: Kind
    code: str | None
    sentence: str


# The network failed, whichever of the two requests it was.
_NETWORK_CAUSES: Final = frozenset({Cause.NETWORK_FAILURE, Cause.PREFLIGHT_NETWORK_FAILURE})
_SCRIPTS: Final = frozenset({Initiator.SCRIPT, Initiator.MODULE, Initiator.STYLESHEET})
_OK: Final = range(200, 300)


def judge(question: Question, outcome: Outcome) -> Verdict:
    """Return the verdict on *outcome*."""
    if outcome.thrown is not None:
        thrown = outcome.thrown
        sentence = f"{question.api} throws {thrown.name}: {shown(thrown.reason)}. Nothing is sent."
        return Verdict(Kind.THROWN, thrown.name, sentence)
    if outcome.refusal is not None:
        return _refused(question, outcome.refusal)
    if isinstance(question.init, ElementInit):
        return _loaded(question, question.init.initiator, outcome)
    return _answered(question, outcome)


def is_network_failure(refusal: Refusal) -> bool:
    """Tell whether there was no response to judge."""
    return refusal.cause in _NETWORK_CAUSES


def exit_code(kinds: Iterable[Kind]) -> int:
    """Return the exit code of several verdicts: a block outweighs a network failure."""
    codes = {kind.exit_code for kind in kinds}
    return next((code for code in (BLOCKED_EXIT, NETWORK_EXIT) if code in codes), READABLE_EXIT)


def _refused(question: Question, refusal: Refusal) -> Verdict:
    if is_network_failure(refusal):
        return Verdict(Kind.NETWORK_FAILURE, refusal.cause.value, f"No answer: {_network(refusal)}.")
    does = "use" if isinstance(question.init, ElementInit) else "read"
    sentence = f"Blocked: {_page(question)} cannot {does} the response."
    if refusal.status is None:
        sentence = f"Blocked: the browser does not let {_page(question)} send this."
    return Verdict(Kind.BLOCKED, refusal.cause.value, sentence)


def _network(refusal: Refusal) -> str:
    if refusal.failure is None:
        return "no response came"
    return NETWORK[refusal.failure.kind][0].format(host=place(refusal))


def place(refusal: Refusal) -> str:
    """Return the host of a refusal, with its port where that was named."""
    return shown(refusal.url.href.partition("//")[2].partition("/")[0].rpartition("@")[2])


def _page(question: Question) -> str:
    client = question.client
    if question.origin != "null":
        return f"the page at {shown(question.origin)}"
    if client.url.scheme == "file":
        return "a page with origin null"
    return f"the sandboxed frame at {shown(client.top_level_origin.serialized)}, origin null,"


def _loaded(question: Question, initiator: Initiator, outcome: Outcome) -> Verdict:
    response = outcome.response
    assert response is not None  # noqa: S101 - neither thrown nor refused
    status = response.internal.status
    if status not in _OK and (initiator in _SCRIPTS or initiator is Initiator.EVENTSOURCE):
        return Verdict(
            Kind.UNUSABLE,
            None,
            f"Not usable: CORS lets it pass, but {question.api} needs a 2xx, not {status}.",
        )
    if response.type is ResponseType.OPAQUE:
        sentence = f"Loaded: {_page(question)} can show it, not read it (opaque, status {status})."
    else:
        sentence = f"Loaded: {_page(question)} can use and read it (status {status})."
    return Verdict(Kind.LOADED, None, sentence)


def _answered(question: Question, outcome: Outcome) -> Verdict:
    response = outcome.response
    assert response is not None  # noqa: S101 - neither thrown nor refused
    if outcome.readable:
        sentence = f"Readable: {_page(question)} can read the response (status {response.status})."
        return Verdict(Kind.READABLE, None, sentence)
    if response.type is ResponseType.OPAQUE:
        why = "mode no-cors hides status, headers and body, whatever the server says"
    else:
        why = "redirect: 'manual' hides where it leads"
    sentence = f"Opaque: sent and answered, but {_page(question)} cannot read it: {why}."
    return Verdict(Kind.OPAQUE, None, sentence)
