"""The conversation as arrows between page, browser and servers: what a sequence diagram draws."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corsage.diagnosis.replay import Replay
from corsage.diagnosis.secrets import header_without_secrets, without_secrets
from corsage.model import HeaderList, NetworkFailure, WireKind, WireRequest, WireResponse

_MOST_ARROWS: Final = 60
_ASKED: Final = ("origin", "access-control-request-", "cookie", "authorization", "content-type")
_ANSWERED: Final = ("access-control-", "location", "vary", "cross-origin-", "set-cookie", "content-type")
_MOST_HEADERS: Final = 8
_LONGEST: Final = 90


class Party(StrEnum):
    """Who speaks."""

    PAGE = "page"
    BROWSER = "browser"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One message of the conversation.

    Attributes:
        sender: who speaks.
        receiver: to whom.
        label: what, in a few words.
        details: headers that matter, as lines.
        refused: whether it is here that the request fails.
    """

    sender: Party
    receiver: Party
    label: str
    details: tuple[str, ...] = ()
    refused: bool = False


def sequence(played: Replay) -> tuple[Arrow, ...]:
    """Return the conversation of *played*, from the page's wish to what it gets."""
    return tuple(_arrows(played))[:_MOST_ARROWS]


def _arrows(played: Replay) -> Iterator[Arrow]:
    request = played.request
    yield Arrow(Party.PAGE, Party.BROWSER, _short(f"{request.method} {request.url.href}"))
    last = len(played.exchanges) - 1
    refusal = played.outcome.refusal
    for number, (asked, answer) in enumerate(played.exchanges):
        yield Arrow(Party.BROWSER, Party.SERVER, _asked(asked), _headers(asked.headers, _ASKED))
        refused = refusal is not None and number == last
        yield _answered(answer, refused=refused)
    if refusal is not None:
        yield Arrow(Party.BROWSER, Party.PAGE, f"refused: {refusal.cause.value}", refused=True)
    else:
        response = played.outcome.response
        status = response.status if response is not None else 0
        yield Arrow(Party.BROWSER, Party.PAGE, f"the response, {status}")


def _asked(wire: WireRequest) -> str:
    preflight = "preflight: " if wire.kind is WireKind.PREFLIGHT else ""
    return _short(f"{preflight}{wire.method} {wire.url.href}")


def _answered(answer: WireResponse | NetworkFailure, *, refused: bool) -> Arrow:
    if isinstance(answer, NetworkFailure):
        return Arrow(Party.SERVER, Party.BROWSER, f"no answer: {answer.kind.value}", refused=refused)
    details = _headers(answer.headers, _ANSWERED)
    return Arrow(Party.SERVER, Party.BROWSER, str(answer.status), details, refused)


def _headers(headers: HeaderList, wanted: tuple[str, ...]) -> tuple[str, ...]:
    rows = [
        f"{name}: {header_without_secrets(name, value)}"
        for name, value in headers
        if name.lower().startswith(wanted)
    ]
    return tuple(map(_short, rows[:_MOST_HEADERS]))


def _short(text: str) -> str:
    text = without_secrets(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
