"""What is not hot under ASGI: preflights, patterns and lookups, denials, exceptions, other protocols."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final, TypeAlias

from corsage.middleware.answers import MOST_KNOWN
from corsage.middleware.asgi_path import path_in_app
from corsage.middleware.asgi_websocket import handshake
from corsage.middleware.cors import CORS, compiled_of
from corsage.middleware.hot import REPEATED, Answers, Pair, State, bound, granted, guarded
from corsage.server import Reason
from corsage.server.request_headers import LONGEST_LIST

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
# Frameworks and their stubs write the three in as many ways as there are.
ASGIApplication: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

DEBUG: Final = b"corsage-denied"
_MOST_REMEMBERED: Final = 256
_LONGEST_REMEMBERED: Final = 512
_UNKNOWN: Final = object()


class Rest:
    """One application's slow paths.

    Attributes:
        guard: whether exceptions are answered here.
        denials: takes what is refused.
    """

    def __init__(self, app: ASGIApplication, cors: CORS, *, guard: bool) -> None:
        self.guard = guard
        self.denials = cors.denials
        self._app = app
        self._cors = cors
        self._current = cors.current

    def select(self, scope: Scope) -> Answers | None:
        """Return the answers for a connection, where the policy goes by paths."""
        select = self._current.select
        return None if select is None else select(path_in_app(scope))

    # --- ordinary requests ---

    def unlisted(
        self, answers: Answers, origin: bytes, scope: Scope, receive: Receive, send: Send
    ) -> Awaitable[None]:
        """Handle a request from an origin that is not listed exactly, but may be allowed."""
        found = self._cors.allows(answers, origin.decode("latin-1"))
        if isinstance(found, bool):
            return self._decided(answers, origin, (scope, receive, send), allowed=found)
        return self._awaited(found, answers, origin, (scope, receive, send))

    async def _awaited(
        self, found: Awaitable[bool], answers: Answers, origin: bytes, connection: tuple[Scope, Receive, Send]
    ) -> None:
        await self._decided(answers, origin, connection, allowed=await found)

    def _decided(
        self, answers: Answers, origin: bytes, connection: tuple[Scope, Receive, Send], *, allowed: bool
    ) -> Awaitable[None]:
        scope, receive, send = connection
        if allowed and self.guard:
            state: State = (send, granted(answers, origin), answers.owned, [])
            return guarded(self._app, scope, receive, state)
        extra = granted(answers, origin) if allowed else answers.plain
        if not allowed:
            extra = self.denied(answers, origin, scope)
        return self._app(scope, receive, bound((send, extra, answers.owned, None)))

    def denied(self, answers: Answers, origin: bytes, scope: Scope) -> list[Pair]:
        """Tell of a request whose origin is not allowed; return the headers of its response."""
        if self._cors.unheard():
            return answers.plain
        return self._explained(answers.plain, self.refused(answers, origin, scope, preflight=False))

    # --- preflights ---

    async def preflight(
        self, answers: Answers, origin: bytes, asked: bytes, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a preflight that asks for *asked*: a method, a colon, header names."""
        headers = answers.preflights.get(origin)
        if headers is None and (
            answers.any_origin
            or origin in answers.exact
            or (answers.asks and await self._allows(answers, origin))
        ):
            headers = _preflight_headers(answers, origin)
        if headers is None:
            headers = answers.preflight_denied
            if self._current.quiet:
                self._current.quiet -= 1
            elif not self._cors.unheard():
                reason = self.refused(answers, origin, scope, preflight=True)
                headers = self._explained(headers, reason)
        else:
            if answers.private_network and _asks_for_private_network(scope):
                headers = [*headers, (b"access-control-allow-private-network", b"true")]
            # What is long is not even hashed.
            unknown = len(asked) > _LONGEST_REMEMBERED or answers.memo.get(asked, _UNKNOWN) is not None
            if unknown and self.denials.wanted():
                headers = self._explained(headers, self._refused_preflight(answers, origin, asked, scope))
        if not answers.preflight_status:
            await self._app(scope, receive, bound((send, headers, answers.owned, None)))
            return
        # A copy, for whoever stands outside may change it.
        await send(
            {"type": "http.response.start", "status": answers.preflight_status, "headers": headers.copy()}
        )
        await send({"type": "http.response.body", "body": b""})

    async def _allows(self, answers: Answers, origin: bytes) -> bool:
        if answers.any_origin or origin in answers.exact:
            return True
        if not answers.asks or origin == REPEATED or origin in answers.strangers:
            return False
        found = self._cors.allows(answers, origin.decode("latin-1"))
        return found if isinstance(found, bool) else await found

    def _refused_preflight(
        self, answers: Answers, origin: bytes, asked: bytes, scope: Scope
    ) -> Reason | None:
        short = len(asked) <= _LONGEST_REMEMBERED
        refused: Any = answers.memo.get(asked, _UNKNOWN) if short else _UNKNOWN
        if refused is _UNKNOWN:
            method, _, names = asked.partition(b":")
            # One byte more than is read at most: what a stranger sends beyond that is not even decoded.
            bounded = names[: LONGEST_LIST + 1].decode("latin-1")
            refused = compiled_of(answers).refused_preflight(
                method[: LONGEST_LIST + 1].decode("latin-1"), bounded
            )
            if short:
                if len(answers.memo) >= _MOST_REMEMBERED:
                    answers.memo.clear()
                answers.memo[asked] = refused
        if refused is None:
            return None
        reason: Reason = refused[0]
        self._tell(reason, refused[1], origin, scope, preflight=True)
        return reason

    # --- what is refused ---

    def _explained(self, headers: list[Pair], reason: Reason | None) -> list[Pair]:
        """Return *headers*, with the reason where answers are to explain themselves."""
        return headers if reason is None or not self._cors.debug else [*headers, (DEBUG, reason.encode())]

    def refused(self, answers: Answers, origin: bytes, scope: Scope, *, preflight: bool) -> Reason:
        """Tell of an origin that is not allowed; return the reason."""
        text = origin.decode("latin-1")
        reason = Reason.ORIGIN_REPEATED
        if origin != REPEATED or lines(scope, b"origin") == [b""]:
            reason = compiled_of(answers).refused_origin(text)
        self._tell(reason, text, origin, scope, preflight=preflight)
        return reason

    def _tell(self, reason: Reason, detail: str, origin: bytes, scope: Scope, *, preflight: bool) -> None:
        request = (str(scope.get("method", "GET")), str(scope.get("path", "")))
        self._cors.deny(reason, detail, origin.decode("latin-1"), request, preflight=preflight)

    # --- other protocols ---

    def other(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass everything on but WebSocket handshakes, whose origin is looked at."""
        answers = None
        if scope["type"] == "websocket":
            answers = self._current.answers or self.select(scope)
        if answers is None:
            return self._app(scope, receive, send)
        return self._handshake(answers, scope, receive, send)

    async def _handshake(self, answers: Answers, scope: Scope, receive: Receive, send: Send) -> None:
        origins = lines(scope, b"origin")
        origin = REPEATED if len(origins) > 1 else origins[0] if origins else None
        allowed = origin is None or await self._allows(answers, origin)
        named = allowed and origin is not None and not answers.any_origin
        extra = granted(answers, origin) if named and origin is not None else answers.plain
        await handshake(
            compiled_of(answers),
            scope,
            receive,
            bound((send, extra, answers.owned, None)),
            self._app,
            allowed=allowed,
            on_refused=lambda: self.refused(answers, origin or b"", scope, preflight=False),
        )


def _preflight_headers(answers: Answers, origin: bytes) -> list[Pair]:
    """Return the headers of the answer to a preflight of *origin*, which is allowed; keep them for the next one."""
    name = b"*" if answers.any_origin else origin
    headers = [(b"access-control-allow-origin", name), *answers.preflight]
    if origin in answers.known and len(answers.preflights) <= MOST_KNOWN:
        answers.preflights[origin] = headers
    return headers


def lines(scope: Scope, wanted: bytes) -> list[bytes]:
    """Return the values of the header *wanted* (lower-case), in order."""
    return [bytes(value) for name, value in scope["headers"] if name == wanted]


def _asks_for_private_network(scope: Scope) -> bool:
    return lines(scope, b"access-control-request-private-network") == [b"true"]
