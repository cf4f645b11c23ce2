"""CORS before any ASGI application.

    app = CORSMiddleware(app, Policy(origins=["https://example.com"]))

It must stand outermost, before what answers errors and asks for logins: a preflight never carries credentials, and an
error without CORS headers is unreadable. Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

import inspect
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final, overload

from corsage.middleware.asgi_rest import ASGIApplication, Receive, Rest, Scope, Send
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.hot import COMPILED, Core, handle
from corsage.server import Policy

# Applications of these answer their own exceptions, through the `send` that we give them.
_ANSWER_THEMSELVES: Final = frozenset(
    {
        "blacksheep.server.application.Application",
        "connexion.apps.asynchronous.AsyncApp",
        "django.core.handlers.asgi.ASGIHandler",
        "falcon.asgi.app.App",
        "litestar.app.Litestar",
        "litestar.middleware._internal.exceptions.middleware.ExceptionHandlerMiddleware",
        "quart.app.Quart",
        "sanic.app.Sanic",
        "starlette.applications.Starlette",
        "starlette.middleware.errors.ServerErrorMiddleware",
    }
)


@overload
def CORSMiddleware(
    app: ASGIApplication,
    policy: Policy | Policies,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> ASGIApplication: ...


@overload
def CORSMiddleware(
    app: ASGIApplication,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> ASGIApplication: ...


def CORSMiddleware(  # noqa: N802 - where frameworks want a class, they call it: this is called likewise
    app: ASGIApplication,
    policy: Policy | Policies | None = None,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: Any,
) -> ASGIApplication:
    """Put *policy* before *app*.

    Args:
        app: an ASGI 3 application.
        policy: what is allowed; or the fields of a `Policy`, as keywords.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    if policy is None:
        policy = Policy.of(fields)
    elif fields:
        raise TypeError(f"give a policy or its fields, not both: {', '.join(fields)}")
    return wrap(app, CORS(policy, on_denied=on_denied, debug=debug, log=log))


def wrap(app: ASGIApplication, cors: CORS) -> ASGIApplication:
    """Return *app* behind *cors*."""
    rest = Rest(app, cors, guard=_needs_guard(app))
    if COMPILED:
        detectable: Any = _Detectable(app, cors.current, rest, rest.guard)
        detectable.cors = cors
        return detectable  # type: ignore[no-any-return]  # a subclass of a compiled class may have any attribute
    core = Core(app, cors.current, rest, rest.guard)
    # A function whose last argument is bound as its default: a call of an object, or one more frame, would cost 80 ns.
    function = FunctionType(handle.__code__, handle.__globals__, "cors", (core,))
    function.__doc__ = "The application, behind its CORS policy."
    function.__dict__["cors"] = cors
    mark(function)
    return function


class _Detectable(Core):
    """Has a ``__dict__``, where servers find what they take for a coroutine function."""

    def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - as Core
        super().__init__(*arguments)
        mark(self)


def mark(application: Any) -> None:  # noqa: ANN401 - a function or an object
    """Let servers see that *application* returns an awaitable, though it is no coroutine function.

    uvicorn and asgiref ask asyncio or inspect, hypercorn looks at ``__call__``.
    """

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        await application(scope, receive, send)

    application.__dict__["__call__"] = call
    if sys.version_info >= (3, 12):
        if isinstance(application, FunctionType):
            inspect.markcoroutinefunction(application)
    else:
        from asyncio import coroutines

        application._is_coroutine = coroutines._is_coroutine  # type: ignore[attr-defined]  # noqa: SLF001 - 3.11 has no other way


def _needs_guard(app: object) -> bool:
    owner = getattr(app, "__self__", app)  # of a bound method, as in app.asgi_app = cors.asgi(app.asgi_app)
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(owner).__mro__}
    if kinds.isdisjoint(_ANSWER_THEMSELVES):
        return True
    # Starlette's last resort is the application's own handler, where it has one: that may raise, too.
    handlers = getattr(owner, "exception_handlers", None) or {}
    return getattr(owner, "handler", None) is not None or 500 in handlers or Exception in handlers  # noqa: PLR2004


__all__ = ["CORS", "ASGIApplication", "CORSMiddleware", "Denial"]
