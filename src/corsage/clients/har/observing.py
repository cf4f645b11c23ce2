"""What pages asked of other origins, each kind once: what a policy can be made of."""

from typing import Final

from corsage.clients.har.groups import shape
from corsage.clients.har.pairing import Conversation
from corsage.clients.har.replaying import Replay
from corsage.model import Credentials, HeaderList, Mode, WireKind, WireRequest
from corsage.pair.observed import Observed

MOST: Final = 3000
# Over 128 characters no value is safelisted: more need not be kept.
_LONGEST_VALUE: Final = 160


class Observations:
    """Collects a bounded number of kinds of requests."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Observed] = {}

    def add(self, conversation: Conversation, played: Replay) -> None:
        """Note every hop of *conversation* that went to another origin under the CORS protocol."""
        request = played.request
        if request.mode is not Mode.CORS or len(self._found) >= MOST:
            return
        credentials = request.credentials is Credentials.INCLUDE
        names = tuple(sorted(request.headers.names()))
        for wire, _ in played.exchanges:
            origin = wire.headers.get("origin")
            if origin is None or conversation.client.origin.same_origin(wire.url.origin):
                continue
            method = _method(wire)
            kind = (origin, wire.url.origin.serialized, shape(wire.url.path), method, names, credentials)
            if kind not in self._found:
                headers = HeaderList((name, value[:_LONGEST_VALUE]) for name, value in request.headers)
                self._found[kind] = Observed(origin, wire.url.href, method, headers, credentials=credentials)

    def listed(self) -> tuple[Observed, ...]:
        """Return them in the order in which they were met."""
        return tuple(self._found.values())


def _method(wire: WireRequest) -> str:
    if wire.kind is WireKind.PREFLIGHT:
        return wire.headers.get("access-control-request-method") or "GET"
    return wire.method
