"""The answer to an exception that nobody has answered."""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

_TEXT: Final = b"Internal Server Error"


async def answer_failure(
    error: Exception,
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    """Answer 500 through *send*, which has the policy's headers.

    Who stands outside would answer, too, but without CORS headers: the page could not tell the failure from a refusal.
    Inside a Starlette application, where `add_middleware` puts us, it is the application's own handler that answers.
    """
    if not await _starlette_answers(error, scope, receive, send):
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(_TEXT))]
        if scope.get("http_version", "1.1").startswith("1"):
            # The server hangs up on who raises: no further request should be on its way there.
            headers.append((b"connection", b"close"))
        await send({"type": "http.response.start", "status": 500, "headers": headers})
        await send({"type": "http.response.body", "body": _TEXT})


async def _starlette_answers(
    error: Exception,
    scope: MutableMapping[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> bool:
    """Let Starlette's own last resort answer, where the application is Starlette's; tell whether it has."""
    errors, applications = (
        sys.modules.get(f"starlette.{name}") for name in ("middleware.errors", "applications")
    )
    app = scope.get("app")
    if errors is None or applications is None or not isinstance(app, applications.Starlette):
        return False

    async def failing(*_: object) -> None:
        raise error

    handlers = app.exception_handlers
    handler = handlers.get(500, handlers.get(Exception))
    try:
        await errors.ServerErrorMiddleware(failing, handler=handler, debug=app.debug)(scope, receive, send)
    except Exception as raised:  # noqa: BLE001 - the handler may raise anything
        return raised is error
    return True


__all__ = ["answer_failure"]
