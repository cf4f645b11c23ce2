"""What adapters and policies say to each other, where a framework is neither ASGI nor WSGI inside.

The adapters say what was asked; `corsage.middleware.native` says what to put on the answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.wsgi_answers import Pairs, merged
from corsage.server import Policy

if TYPE_CHECKING:
    from multidict import MutableMultiMapping

# All values of a header of the request, in order; nothing where it is absent. Names in any case.
Lines: TypeAlias = Callable[[str], Sequence[str]]


# Not frozen, though nobody changes them: a frozen one takes a microsecond longer to make, for every request.
@dataclass(slots=True)
class Asked:
    """One request.

    Attributes:
        method: as received.
        path: decoded.
        lines: gives the values of a header.
    """

    method: str
    path: str
    lines: Lines

    @property
    def preflight(self) -> bool:
        """Whether the request is one."""
        if self.method != "OPTIONS" or not self.lines("Origin"):
            return False
        return bool(self.lines("Access-Control-Request-Method"))

    @property
    def handshake(self) -> bool:
        """Whether a WebSocket is asked for."""
        lines = self.lines("Upgrade")
        return bool(lines) and any(line.strip().lower() == "websocket" for line in lines)


@dataclass(slots=True)
class Answer:
    """What the policy says of one request.

    Attributes:
        headers: for the response, whoever makes it.
        owned: lower-case names that the application may not set itself.
        allowed: whether the origin is; there is none to refuse where none is named.
        status: of an answer without a body that is to be sent at once; ``None`` where the application answers.
    """

    headers: Pairs
    owned: frozenset[str]
    allowed: bool
    status: int | None = None

    def onto(self, present: Iterable[tuple[str, str]]) -> Pairs:
        """Return the headers of the application's response with the policy's in the place of its own."""
        return merged(present, self.headers, self.owned)


def put_on(headers: "MutableMultiMapping[str]", said: Answer) -> None:
    """Put what the policy *said* on *headers* of a response, in the place of the application's own."""
    for name in headers:
        if name.lower() in said.owned:
            pairs = said.onto(headers.items())
            headers.clear()
            headers.extend(pairs)
            return
    headers.extend(said.headers)


def at_work(
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Return *policy* at work: itself, where it is that already.

    Raises:
        TypeError: it is, and options are given with it.
        ValueError: *debug* with a policy for production.
    """
    if not isinstance(policy, CORS):
        return CORS(policy, on_denied=on_denied, debug=debug, log=log)
    if on_denied is not None or debug or not log:
        raise TypeError("give on_denied, debug and log to the CORS, which is made already")
    return policy
