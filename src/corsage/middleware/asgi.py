"""CORS before any ASGI application.

    app = CORSMiddleware(app, Policy(origins=["https://example.com"]))

It must stand outermost, before what answers errors and asks for logins: a preflight never carries credentials, and an
error without CORS headers is unreadable. Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

import inspect
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from types import FunctionType
from typing import Any, Final, TypeAlias

from corsage.middleware.cors import CORS, Policies, compiled_of
from corsage.middleware.denial import Denial, shown
from corsage.middleware.hot import COMPILED, REPEATED, Answers, Core, Pair, granted, handle, relayed
from corsage.server import CompiledPolicy, Policy, Reason
from corsage.server.draft import WILDCARD

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApplication: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

# Applications of these answer their own exceptions, through the `send` that we give them.
_ANSWER_THEMSELVES: Final = frozenset(
    {"blacksheep", "connexion", "django", "falcon", "fastapi", "litestar", "quart", "sanic", "starlette"}
)
_FORBIDDEN: Final = 403
_POLICY_VIOLATION: Final = 1008  # https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
_DEBUG: Final = b"corsage-denied"


def CORSMiddleware(  # noqa: N802 - where frameworks want a class, they call it: this is called likewise
    app: ASGIApplication,
    policy: Policy | Policies | None = None,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
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
    kind = app if isinstance(app, FunctionType) else type(app)
    return str(getattr(kind, "__module__", "")).partition(".")[0] not in _ANSWER_THEMSELVES


class Rest:
    """What is not hot: preflights, patterns and lookups, denials, other protocols."""

    def __init__(self, app: ASGIApplication, cors: CORS, *, guard: bool) -> None:
        self.guard = guard
        self._app = app
        self._cors = cors

    # --- ordinary requests ---

    def unlisted(
        self, answers: Answers, origin: bytes, scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        """Handle a request from an origin that is not listed exactly."""
        if not compiled_of(answers).needs_more:
            return self._denied(answers, origin, scope, receive, send)
        found = self._cors.allows(answers, origin.decode("latin-1"))
        if found is True:
            return self._granted(answers, origin, scope, receive, send)
        if found is False:
            return self._denied(answers, origin, scope, receive, send)
        return self._awaited(found, answers, origin, (scope, receive, send))

    async def _awaited(
        self,
        found: bool | Awaitable[bool],  # noqa: FBT001 - or what will become one
        answers: Answers,
        origin: bytes,
        connection: tuple[Scope, Receive, Send],
    ) -> None:
        allowed = found if isinstance(found, bool) else await found
        if allowed:
            await self._granted(answers, origin, *connection)
        else:
            await self._denied(answers, origin, *connection)

    def _granted(
        self, answers: Answers, origin: bytes, scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        extra = granted(answers, origin)
        if self.guard:
            return self.guarded(answers, extra, scope, receive, send)
        return self._app(scope, receive, relayed(send, extra, answers.owned))

    def _denied(
        self, answers: Answers, origin: bytes, scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        extra = answers.plain
        if self._cors.denials.wanted() or self._cors.debug:
            reason = self._refused(answers, origin, scope, preflight=False)
            if self._cors.debug:
                extra = [*extra, (_DEBUG, reason.encode())]
        return self._app(scope, receive, relayed(send, extra, answers.owned))

    async def guarded(
        self, answers: Answers, extra: list[Pair], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Run the application; where it raises before it has answered, answer 500 with *extra*, and raise on.

        The server would answer, too, but without CORS headers: the page could not tell the failure from a refusal.
        """
        started = False
        passing = relayed(send, extra, answers.owned)

        async def watching(message: Message) -> None:
            nonlocal started
            started = True
            await passing(message)

        try:
            await self._app(scope, receive, watching)
        except Exception:
            if not started:
                text = b"Internal Server Error"
                headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"21")]
                await passing({"type": "http.response.start", "status": 500, "headers": headers})
                await passing({"type": "http.response.body", "body": text})
            raise

    # --- preflights ---

    def preflight(
        self, answers: Answers, origin: bytes, scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        """Answer a preflight."""
        if answers.any_origin or origin in answers.exact:
            return self._answer(answers, origin, True, (scope, receive, send))
        if not compiled_of(answers).needs_more or origin == REPEATED:
            return self._answer(answers, origin, False, (scope, receive, send))
        found = self._cors.allows(answers, origin.decode("latin-1"))
        return self._answer(answers, origin, found, (scope, receive, send))

    async def _answer(
        self,
        answers: Answers,
        origin: bytes,
        found: bool | Awaitable[bool],  # noqa: FBT001 - or what will become one
        connection: tuple[Scope, Receive, Send],
    ) -> None:
        scope, receive, send = connection
        policy = compiled_of(answers)
        allowed = found if isinstance(found, bool) else await found
        headers = self._preflight_headers(answers, origin, scope, allowed=allowed)
        if policy.policy.preflight_continue:
            await self._app(scope, receive, relayed(send, headers, answers.owned))
            return
        status = policy.policy.preflight_status
        if status != 204:  # noqa: PLR2004 - 204 has no body, and no length
            headers.append((b"content-length", b"0"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _preflight_headers(
        self, answers: Answers, origin: bytes, scope: Scope, *, allowed: bool
    ) -> list[Pair]:
        policy = compiled_of(answers)
        headers: list[Pair] = []
        if allowed:
            headers.append((b"access-control-allow-origin", b"*" if answers.any_origin else origin))
            headers += answers.preflight
            if policy.policy.private_network and _asks_for_private_network(scope):
                headers.append((b"access-control-allow-private-network", b"true"))
        headers.append(answers.preflight_vary)
        if self._cors.denials.wanted() or self._cors.debug:
            reason = self._refused_preflight(answers, origin, scope, allowed=allowed)
            if self._cors.debug and reason is not None:
                headers.append((_DEBUG, reason.encode()))
        return headers

    def _refused_preflight(
        self, answers: Answers, origin: bytes, scope: Scope, *, allowed: bool
    ) -> Reason | None:
        if not allowed:
            return self._refused(answers, origin, scope, preflight=True)
        method = b", ".join(_lines(scope, b"access-control-request-method")).decode("latin-1")
        names = b",".join(_lines(scope, b"access-control-request-headers")).decode("latin-1")
        refused = compiled_of(answers).refused_preflight(method, names)
        if refused is None:
            return None
        self._tell(*refused, origin, scope, preflight=True)
        return refused[0]

    # --- what is refused ---

    def _refused(self, answers: Answers, origin: bytes, scope: Scope, *, preflight: bool) -> Reason:
        text = origin.decode("latin-1")
        reason = Reason.ORIGIN_REPEATED
        if origin != REPEATED or _lines(scope, b"origin") == [b""]:
            reason = compiled_of(answers).refused_origin(text)
        self._tell(reason, text, origin, scope, preflight=preflight)
        return reason

    def _tell(self, reason: Reason, detail: str, origin: bytes, scope: Scope, *, preflight: bool) -> None:
        request = (str(scope.get("method", "GET")), str(scope.get("path", "")))
        self._cors.deny(reason, detail, origin.decode("latin-1"), request, preflight=preflight)

    # --- other protocols ---

    def other(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass everything on but WebSocket handshakes that the policy refuses."""
        if scope["type"] != "websocket":
            return self._app(scope, receive, send)
        current = self._cors.current
        answers = current.answers
        if answers is None and current.select is not None:
            answers = current.select(scope["path"])
        if answers is None:
            return self._app(scope, receive, send)
        return self._handshake(answers, scope, receive, send)

    async def _handshake(self, answers: Answers, scope: Scope, receive: Receive, send: Send) -> None:
        origins = _lines(scope, b"origin")
        if not origins:
            await self._app(scope, receive, relayed(send, answers.plain, answers.owned))
            return
        origin = origins[0] if len(origins) == 1 else REPEATED
        allowed = await self._allows(answers, origin)
        extra = granted(answers, origin) if allowed and not answers.any_origin else answers.plain
        if allowed or not guards(compiled_of(answers)) or _is_own(origin, scope):
            await self._app(scope, receive, relayed(send, extra, answers.owned))
            return
        self._refused(answers, origin, scope, preflight=False)
        await _refuse(scope, receive, relayed(send, answers.plain, answers.owned))

    async def _allows(self, answers: Answers, origin: bytes) -> bool:
        if answers.any_origin or origin in answers.exact:
            return True
        found = self._cors.allows(answers, origin.decode("latin-1"))
        return found if isinstance(found, bool) else await found


def guards(policy: CompiledPolicy) -> bool:
    """Tell whether WebSocket handshakes are checked."""
    return policy.policy.guard_websockets and WILDCARD not in policy.policy.origins


async def _refuse(scope: Scope, receive: Receive, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Refuse a handshake: with 403 where the server can say so, by closing where it cannot."""
    await receive()  # websocket.connect
    if "websocket.http.response" in scope.get("extensions", {}):
        headers = [(b"content-length", b"0")]
        await send({"type": "websocket.http.response.start", "status": _FORBIDDEN, "headers": headers})
        await send({"type": "websocket.http.response.body", "body": b""})
        return
    await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "origin not allowed"})


def _is_own(origin: bytes, scope: Scope) -> bool:
    """Tell whether a page of the host itself asks. The scheme is left out: a proxy may have ended TLS."""
    hosts = _lines(scope, b"host")
    return len(hosts) == 1 and origin.partition(b"://")[2] == hosts[0].lower()


def _asks_for_private_network(scope: Scope) -> bool:
    return _lines(scope, b"access-control-request-private-network") == [b"true"]


def _lines(scope: Scope, wanted: bytes) -> list[bytes]:
    return [bytes(value) for name, value in scope["headers"] if name == wanted]


__all__ = ["CORS", "ASGIApplication", "CORSMiddleware", "Denial", "shown"]
