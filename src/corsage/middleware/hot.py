"""The hot path under ASGI: what every request passes through.

This file is compiled by mypyc where a wheel is built with it, and runs as it is everywhere else. Both forms must be
fast, which explains its plainness: no closures (mypyc does not speed them up), no class on the way of a message in
pure Python (a call of an object costs 80 ns more than one of a function), lists and tuples of bytes worked out before.

Source: https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from typing import TYPE_CHECKING, Any, Final

from corsage.middleware.asgi_failure import answer_failure
from corsage.server.vary import merged_vary

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from mypy_extensions import mypyc_attr
except ImportError:  # it is there where this file is compiled, and means nothing elsewhere

    def mypyc_attr(**_: object) -> Any:  # type: ignore[misc]  # noqa: ANN401 - a decorator of classes
        """Stand in for mypyc's own."""
        return lambda kind: kind


COMPILED: Final = not __file__.endswith(".py")

Pair = tuple[bytes, bytes]
# The server's `send`; the headers to put on the response; the names that the application may not set itself; and where
# it is noted that the response has begun, if anyone asks.
State = tuple[Any, list[Pair], frozenset[bytes], list[bool] | None]

_ALLOW_ORIGIN: Final = b"access-control-allow-origin"
_REQUEST_METHOD: Final = b"access-control-request-method"
_REQUEST_HEADERS: Final = b"access-control-request-headers"
_TIMING: Final = b"timing-allow-origin"
_VARY: Final = b"vary"
# What two Origin headers become: nothing that any policy allows.
REPEATED: Final = b""


class Answers:
    """The bytes of one policy's answers. `answers_of` fills it.

    Attributes:
        policy: the `CompiledPolicy`, for what is not hot.
        any_origin: whether *plain* serves everyone.
        known: allowed origins that need no further thought, with the headers of their responses; none where everyone
            is allowed.
        strangers: origins that patterns were asked about, and do not allow.
        exact: all origins that are allowed by name.
        many: whether *exact* holds more than *known*.
        asks: whether patterns or a lookup must be asked about an origin that is not listed.
        more: whether *known* is not all there is to be said: *any_origin*, *many* or *asks*.
        plain: headers of a response to anyone who is not allowed, or does not ask.
        granted: headers of a response to an allowed origin, but for those that name it.
        timing: whether Timing-Allow-Origin names the origin, too.
        owned: lower-case names that the application may not set itself.
        preflight: headers of the answer to an allowed origin's preflight, but for Allow-Origin.
        preflight_denied: headers of the answer to any other.
        preflights: headers of whole answers to preflights, by origin.
        preflight_status: of these answers; 0 where the application answers.
        private_network: whether preflights may ask for private network access.
        memo: what browsers will find missing in preflights that were seen before.
        texts: the same as text, for WSGI; ``None`` until it is asked for.
    """

    __slots__ = (
        "any_origin",
        "asks",
        "exact",
        "granted",
        "known",
        "many",
        "memo",
        "more",
        "owned",
        "plain",
        "policy",
        "preflight",
        "preflight_denied",
        "preflight_status",
        "preflights",
        "private_network",
        "strangers",
        "texts",
        "timing",
    )

    def __init__(self, policy: object) -> None:
        self.policy = policy
        self.any_origin = False
        self.known: dict[bytes, list[Pair]] = {}
        self.strangers: dict[bytes, bool] = {}
        self.exact: frozenset[bytes] = frozenset()
        self.many = False
        self.asks = False
        self.more = False
        self.plain: list[Pair] = []
        self.granted: list[Pair] = []
        self.timing = False
        self.owned: frozenset[bytes] = frozenset()
        self.preflight: list[Pair] = []
        self.preflight_denied: list[Pair] = []
        self.preflights: dict[bytes, list[Pair]] = {}
        self.preflight_status = 204
        self.private_network = False
        self.memo: dict[bytes, Any] = {}
        self.texts: Any = None


class Current:
    """The answers that hold now. Replacing `answers` is atomic: a request sees the old ones or the new.

    Attributes:
        answers: of the one policy; ``None`` where the path decides.
        select: gives the answers for a path; ``None`` where no policy has a say.
        quiet: how many denials may pass before anyone asks again whether to log one.
    """

    __slots__ = ("answers", "quiet", "select")

    def __init__(self) -> None:
        self.answers: Answers | None = None
        self.select: Callable[[str], Answers | None] | None = None
        self.quiet = 0


def relay(state: State, message: dict[str, Any]) -> Any:  # noqa: ANN401 - what the server's send returns
    """Pass *message* on to the server; the one that starts the response gets the policy's headers, whoever made it.

    Args:
        state: what the bound method is bound to.
        message: of the application.
    """
    if "status" in message:
        send, extra, owned, started = state
        if started is not None:
            started.append(True)
        try:
            headers: list[Pair] = message["headers"]
            answered = headers + extra
            for name, _ in headers:
                if name in owned:
                    answered = merged(headers, extra, owned)
                    break
        except (KeyError, TypeError):  # no headers, or something else than a list of tuples
            answered = merged(message.get("headers") or (), extra, owned)
        # A copy: an application may send the same message twice, and to someone else.
        message = message.copy()
        message["headers"] = answered
        return send(message)
    return state[0](message)


class Relay:
    """`relay` and its state, for the compiled form, which calls its own objects faster."""

    __slots__ = ("state",)

    def __init__(self, state: State) -> None:
        self.state = state

    def __call__(self, message: dict[str, Any]) -> Any:  # noqa: ANN401 - as above
        """Pass *message* on."""
        return relay(self.state, message)


# `relay` with its state, in the form that is made and called fastest: a bound method costs half of a partial.
bound: Final[Any] = Relay if COMPILED else relay.__get__


async def guarded(app: Any, scope: Any, receive: Any, state: State) -> None:  # noqa: ANN401 - as above
    """Run *app*; where it raises before it has answered, answer 500 with the policy's headers, and raise on.

    The server would answer, too, but without CORS headers: the page could not tell the failure from a refusal.
    """
    passing: Any = bound(state)
    try:
        await app(scope, receive, passing)
    except Exception as error:
        if not state[3]:
            await answer_failure(error, scope, receive, passing)
        raise


def merged(headers: Any, extra: list[Pair], owned: frozenset[bytes]) -> list[Pair]:  # noqa: ANN401 - any iterable of pairs
    """Return *headers* without those that we own, then *extra*, the two ``Vary`` joined."""
    kept: list[Pair] = []
    vary: list[bytes] = []
    for name, value in headers:
        lower = bytes(name).lower()
        if lower == _VARY:
            vary.append(bytes(value))
        elif lower not in owned:
            kept.append((name, value))
    wanted: list[bytes] = []
    for pair in extra:
        if pair[0] == _VARY:
            wanted.append(pair[1])
        else:
            kept.append(pair)
    if vary or wanted:
        present = b", ".join(vary).decode("latin-1")
        names = b", ".join(wanted).decode("latin-1").split(", ") if wanted else []
        kept.append((_VARY, merged_vary(present, names).encode("latin-1")))
    return kept


def granted(answers: Answers, origin: bytes) -> list[Pair]:
    """Return the headers of a response to *origin*, which is allowed."""
    if answers.timing:
        return [(_ALLOW_ORIGIN, origin), (_TIMING, origin), *answers.granted]
    return [(_ALLOW_ORIGIN, origin), *answers.granted]


@mypyc_attr(allow_interpreted_subclasses=True)
class Core:
    """One application behind one policy.

    Attributes:
        app: the application.
        current: the answers that hold now.
        guard: whether an exception of *app* must be answered here, for who would answer it has no CORS headers.
        rest: takes what is not hot: other protocols, preflights, origins that are not listed.
    """

    __slots__ = ("app", "current", "guard", "rest")

    def __init__(self, app: Any, current: Current, rest: Any, guard: bool) -> None:  # noqa: ANN401, FBT001 - called once
        self.app: Any = app
        self.current = current
        self.rest: Any = rest
        self.guard = guard

    def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:  # noqa: ANN401 - ASGI
        """Handle one connection."""
        return handle(scope, receive, send, self)


def handle(scope: dict[str, Any], receive: Any, send: Any, core: Core) -> Any:  # noqa: ANN401, C901, PLR0912 - each call saved is 50 ns
    """Handle one connection: find Origin, and put the policy's headers on whatever answers.

    Not a coroutine, but what returns one: the application's own.
    """
    if scope["type"] != "http":
        return core.rest.other(scope, receive, send)
    current = core.current
    found: Answers | None = current.answers
    if found is None:
        found = core.rest.select(scope)
        if found is None:
            return core.app(scope, receive, send)
    answers: Answers = found
    extra: list[Pair] = answers.plain
    # A policy for everyone answers everyone alike: only preflights need a look at the headers.
    if not answers.any_origin or scope["method"] == "OPTIONS":
        origin: bytes | None = None
        headers: list[Pair] = scope["headers"]
        for name, value in headers:
            if name == b"origin":
                origin = value if origin is None else REPEATED
        if origin is not None:
            if scope["method"] == "OPTIONS":
                asked = asked_for(headers)
                if asked is not None:
                    return core.rest.preflight(answers, origin, asked, scope, receive, send)
            if origin in answers.known:
                extra = answers.known[origin]
            elif answers.more:
                if answers.many and origin in answers.exact:
                    extra = granted(answers, origin)
                elif answers.asks and origin not in answers.strangers:
                    return core.rest.unlisted(answers, origin, scope, receive, send)
                elif not answers.any_origin:
                    extra = core.rest.denied(answers, origin, scope)
            elif current.quiet:
                current.quiet -= 1
            else:
                extra = core.rest.denied(answers, origin, scope)
    if core.guard and (answers.any_origin or extra is not answers.plain):
        return guarded(core.app, scope, receive, (send, extra, answers.owned, []))
    if COMPILED:
        return core.app(scope, receive, Relay((send, extra, answers.owned, None)))
    return core.app(scope, receive, bound((send, extra, answers.owned, None)))


def asked_for(headers: list[Pair]) -> bytes | None:
    """Return the method and the names that a preflight asks for, ``PUT:x-a,x-b``; ``None`` where it is none."""
    method: bytes | None = None
    names = b""
    for name, value in headers:
        if name == _REQUEST_METHOD:
            method = value if method is None else method + b", " + value
        elif name == _REQUEST_HEADERS:
            names = names + b"," + value if names else value
    return None if method is None else method + b":" + names
