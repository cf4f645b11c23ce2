"""A transport that answers from what was recorded a moment ago."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

from corsage.model import NetworkFailure, WireKind, WireRequest, WireResponse

Send: TypeAlias = Callable[[WireRequest], WireResponse | NetworkFailure]
Answer: TypeAlias = tuple[WireRequest, WireResponse | NetworkFailure]


class NotRecorded(Exception):  # noqa: N818 - it names what is missing
    """A browser sends something that was never sent, and that must not be sent only to find out.

    Attributes:
        request: what it sends.
    """

    def __init__(self, request: WireRequest) -> None:
        super().__init__(f"{request.method} {request.url}")
        self.request = request


class Replay:
    """Answers requests of the same kind, method and URL; others go to the network if they are harmless."""

    def __init__(self, recorded: Iterable[Answer], send: Send | None = None) -> None:
        self._answers: defaultdict[tuple[WireKind, str, str], list[WireResponse | NetworkFailure]]
        self._answers = defaultdict(list)
        self._send = send
        for request, answer in recorded:
            self._answers[_key(request)].append(answer)

    def __call__(self, request: WireRequest) -> WireResponse | NetworkFailure:
        """Answer *request*; the n-th of its kind gets the n-th answer, and the last one repeats.

        Raises:
            NotRecorded: there is no answer, and sending could change something.
        """
        answers = self._answers.get(_key(request))
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        # A preflight, GET or HEAD changes nothing by definition (RFC 9110, 9.2.1).
        if self._send is None or not (
            request.kind is WireKind.PREFLIGHT or request.method in {"GET", "HEAD"}
        ):
            raise NotRecorded(request)
        return self._send(request)


def _key(request: WireRequest) -> tuple[WireKind, str, str]:
    return request.kind, request.method, request.url.without_credentials_and_fragment
