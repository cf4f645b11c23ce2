"""The start of a WSGI response, with the policy's headers.

Source: https://peps.python.org/pep-3333/#the-start-response-callable
"""

from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeAlias

from corsage.middleware.wsgi_answers import merged

StartResponse: TypeAlias = Callable[..., Callable[[bytes], object]]
Headers: TypeAlias = list[tuple[str, str]]
ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
# The server's `start_response`; the headers to put on the response; the names that the application may not set itself.
State: TypeAlias = tuple[StartResponse, Headers, frozenset[str]]


def relay(
    state: State, status: str, headers: Headers, exc_info: ExcInfo | None = None
) -> Callable[[bytes], object]:
    """Start the response with the policy's headers on it, whoever made it.

    Args:
        state: what the bound method is bound to.
        status: of the application.
        headers: of the application.
        exc_info: of the application.
    """
    start_response, extra, owned = state
    for name, _ in headers:
        if name.lower() in owned:
            headers = merged(headers, extra, owned)
            break
    else:
        headers = headers + extra
    if exc_info is None:
        return start_response(status, headers)
    return start_response(status, headers, exc_info)


class Held:
    """`relay` that waits: until there is something to send, another response may still take this one's place.

    Servers could take it back themselves, but not all of them do it well.

    Attributes:
        begun: whether the server knows of it.
    """

    __slots__ = ("_headers", "_send", "_state", "_status", "begun")

    def __init__(self, state: State) -> None:
        self._state = state
        self._status: str | None = None
        self._headers: Headers = []
        self._send: Any = None
        self.begun = False

    def __call__(
        self, status: str, headers: Headers, exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], object]:
        """Take the application's start of a response."""
        if self.begun or (exc_info is None and self._status is not None):
            # Too late, or twice: the server says so.
            return relay(self._state, status, headers, exc_info)
        self._status = status
        self._headers = headers
        return self.write

    @property
    def called(self) -> bool:
        """Whether the application has started a response."""
        return self._status is not None

    def begin(self) -> None:
        """Let the server know, if there is something to know."""
        if self._status is not None and not self.begun:
            self.begun = True
            self._send = relay(self._state, self._status, self._headers)

    def write(self, data: bytes) -> None:
        """Send *data*: what the application calls that does not return a body."""
        self.begin()
        self._send(data)
