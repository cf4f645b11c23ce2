"""The start of a WSGI response, with the policy's headers.

Source: https://peps.python.org/pep-3333/#the-start-response-callable
"""

from collections.abc import Callable
from types import MethodType, TracebackType
from typing import Any, Final, TypeAlias

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


# A response that waits: its status and headers, once there are any, and the server's `write`, once it knows of them.
Held: TypeAlias = list[Any]
_BEGUN: Final = 3


def hold(
    bound: tuple[Held, State], status: str, headers: Headers, exc_info: ExcInfo | None = None
) -> Callable[[bytes], object]:
    """`relay` that waits: until there is something to send, another response may still take this one's place.

    Servers could take it back themselves, but not all of them do it well.

    Args:
        bound: what the bound method is bound to.
        status: of the application.
        headers: of the application.
        exc_info: of the application.
    """
    held, state = bound
    if held:
        if len(held) == _BEGUN or exc_info is None:  # too late, or twice: the server says so
            return relay(state, status, headers, exc_info)
        held.clear()
    held.append(status)
    held.append(headers)
    return MethodType(_write, bound)


def begin(held: Held, state: State) -> None:
    """Let the server know, if there is something to know."""
    if held and len(held) != _BEGUN:
        held.append(relay(state, held[0], held[1]))


def begun(held: Held) -> bool:
    """Tell whether the server knows of it."""
    return len(held) == _BEGUN


def _write(bound: tuple[Held, State], data: bytes) -> None:
    """Send *data*: what applications call that do not return a body."""
    held, state = bound
    begin(held, state)
    held[2](data)
