"""One way to play a request against a list of answers, for every test of the browser's side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import pytest

from corsage.browser import (
    STANDARD,
    CookieJar,
    PreflightCache,
    Profile,
    drive,
    fetch,
    new_element_request,
    new_request,
    new_xhr_request,
)
from corsage.model import (
    Cause,
    Client,
    ElementInit,
    HeaderList,
    NetworkFailure,
    Outcome,
    Request,
    RequestInit,
    Response,
    Thrown,
    Trace,
    WireRequest,
    WireResponse,
    XhrInit,
    page,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Init: TypeAlias = RequestInit | XhrInit | ElementInit | Request | Thrown
    Pairs: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]
    # A response may be written as its status and headers.
    Answer: TypeAlias = WireResponse | NetworkFailure | tuple[int, Pairs]
    Play: TypeAlias = Callable[..., "Played"]

CLIENT = page("http://client.test:8000/app/page.html?q#f")


@dataclass
class Played:
    """How a request ended, what went over the wire, and why.

    Attributes:
        requests: what was sent, in order.
        unasked: how many of the answers were not needed.
    """

    outcome: Outcome
    trace: Trace
    requests: list[WireRequest] = field(default_factory=list)
    unasked: int = 0

    @property
    def sent(self) -> list[str]:
        """Method and URL of every request."""
        return [f"{request.method} {request.url}" for request in self.requests]

    @property
    def methods(self) -> list[str]:
        return [request.method for request in self.requests]

    @property
    def cause(self) -> Cause | None:
        return None if self.outcome.refusal is None else self.outcome.refusal.cause

    @property
    def response(self) -> Response:
        assert self.outcome.response is not None, self.outcome.refusal or self.outcome.thrown
        return self.outcome.response

    @property
    def thrown(self) -> Thrown:
        assert self.outcome.thrown is not None, "nothing was thrown"
        return self.outcome.thrown

    @property
    def notes(self) -> list[str]:
        return [step.says for step in self.trace]

    def header(self, name: str, index: int = -1) -> str | None:
        """The header *name* (lower-case) of one request."""
        return self.requests[index].headers.get(name)


def request_of(init: Init, client: Client, profile: Profile, trace: Trace) -> Request | Thrown:
    match init:
        case RequestInit():
            return new_request(init, client, profile, trace)
        case XhrInit():
            return new_xhr_request(init, client, profile, trace)
        case ElementInit():
            return new_element_request(init, client, profile, trace)
    return init


def response_of(answer: Answer) -> WireResponse | NetworkFailure:
    if not isinstance(answer, tuple):
        return answer
    status, headers = answer
    pairs = headers.items() if not isinstance(headers, list | tuple) else headers  # type: ignore[union-attr]
    return WireResponse(status, HeaderList(pairs), b"hello")


@pytest.fixture(scope="session")
def play() -> Play:
    """Play *init* on *client* against *answers*, the last of which is given again and again."""

    def play(
        init: Init,
        *answers: Answer,
        client: Client = CLIENT,
        profile: Profile = STANDARD,
        cache: PreflightCache | None = None,
        cookies: CookieJar | None = None,
        now: float = 0.0,
    ) -> Played:
        trace = Trace()
        wanted = [response_of(answer) for answer in answers]
        requests: list[WireRequest] = []

        def send(request: WireRequest) -> WireResponse | NetworkFailure:
            assert wanted, f"unexpected {request.method} {request.url}"
            requests.append(request)
            return wanted[min(len(requests), len(wanted)) - 1]

        request = request_of(init, client, profile, trace)
        conversation = fetch(request, profile=profile, cache=cache, cookies=cookies, now=now, trace=trace)
        outcome = drive(conversation, send)
        return Played(outcome, trace, requests, max(0, len(wanted) - len(requests)))

    return play
