"""WebSocket handshakes: browsers make them across origins without asking, so the server must look.

Source: https://www.rfc-editor.org/rfc/rfc6455#section-10.2
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from corsage.middleware.own_host import is_own
from corsage.server import CompiledPolicy

_FORBIDDEN: Final = 403
_POLICY_VIOLATION: Final = 1008  # https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
_EXTENSION: Final = "websocket.http.response"


async def handshake(
    policy: CompiledPolicy,
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    app: Callable[..., Awaitable[None]],
    *,
    allowed: bool,
    on_refused: Callable[[], object],
) -> None:
    """Let *app* answer a handshake, or refuse it.

    Args:
        policy: says whether handshakes are guarded.
        scope: of the connection.
        receive: of the connection.
        send: puts the policy's headers on an HTTP answer.
        app: the application.
        allowed: whether the policy allows the origin, or there is none: no browser.
        on_refused: called before the handshake is refused; whoever asked may be gone afterwards.
    """
    if allowed or not policy.policy.guard_websockets or _is_own(scope):
        await app(scope, receive, send)
        return
    on_refused()
    await receive()  # websocket.connect
    if _EXTENSION in (scope.get("extensions") or {}):
        headers = [(b"content-length", b"0")]
        await send({"type": f"{_EXTENSION}.start", "status": _FORBIDDEN, "headers": headers})
        await send({"type": f"{_EXTENSION}.body", "body": b""})
    else:
        # Before it is accepted, closing is how a server without the extension is told to answer 403.
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "origin not allowed"})


def _is_own(scope: MutableMapping[str, Any]) -> bool:
    """Tell whether a page of the host itself asks."""
    origins = [value for name, value in scope["headers"] if name == b"origin"]
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    single = len(origins) == 1 and len(hosts) == 1
    return single and is_own(origins[0].decode("latin-1"), hosts[0].decode("latin-1"))
