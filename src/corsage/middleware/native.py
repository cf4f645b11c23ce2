"""A policy before frameworks that are neither ASGI nor WSGI inside: what to put on the answer to one request.

The adapters say what was asked, and how the framework's headers are changed; everything else is here.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from corsage.middleware.cors import CORS, Policies, compiled_of
from corsage.middleware.denial import Denial
from corsage.middleware.hot import Answers
from corsage.middleware.wsgi_answers import Pairs, WSGIAnswers, merged
from corsage.server import Policy, Reason

if TYPE_CHECKING:
    from multidict import MutableMultiMapping

DEBUG: Final = "Corsage-Denied"
_FORBIDDEN: Final = 403

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


def answer(cors: CORS, asked: Asked) -> Answer | Awaitable[Answer] | None:
    """Say what to put on the answer to *asked*, at once, or when awaited where a lookup must be.

    Returns:
        ``None`` where no policy has a say: the response is left alone.
    """
    answers = cors.current.answers
    if answers is None:
        answers = _answers_for(cors, asked.path)
        if answers is None:
            return None
    texts = answers.texts or texts_of(answers)
    origins = asked.lines("Origin")
    if not origins:
        return Answer(texts.plain, texts.owned, allowed=True)
    one = origins[0] if len(origins) == 1 else None
    found: bool | Awaitable[bool] = texts.any_origin or one in texts.exact
    if found and not asked.preflight:
        return Answer(_granted(texts, one), texts.owned, allowed=True)
    if not found and one is not None and compiled_of(answers).needs_more:
        found = cors.allows(answers, one)
    question = _Question(cors, answers, asked, one)
    return question.answered(allowed=found) if isinstance(found, bool) else question.awaited(found)


def _answers_for(cors: CORS, path: str) -> Answers | None:
    select = cors.current.select
    return cors.current.answers if select is None else select(path)


def _granted(texts: WSGIAnswers, origin: str | None) -> Pairs:
    return texts.plain if texts.any_origin else texts.granted_to(origin or "")


def texts_of(answers: Answers) -> WSGIAnswers:
    """Return the texts of *answers*, made once."""
    texts = answers.texts
    if texts is None:
        texts = answers.texts = WSGIAnswers(compiled_of(answers))
    return texts  # type: ignore[no-any-return]  # Answers cannot name what is made of it


class _Question:
    """A request with an ``Origin``; ``None`` where there are several."""

    __slots__ = ("_answers", "_asked", "_cors", "_origin", "_texts")

    def __init__(self, cors: CORS, answers: Answers, asked: Asked, origin: str | None) -> None:
        self._cors = cors
        self._answers = answers
        self._texts = texts_of(answers)
        self._asked = asked
        self._origin = origin

    async def awaited(self, found: Awaitable[bool]) -> Answer:
        """Answer when the lookup has."""
        return self.answered(allowed=await found)

    def answered(self, *, allowed: bool) -> Answer:
        """Answer, now that it is known whether the origin is allowed."""
        if self._asked.preflight:
            return self._preflight(allowed=allowed)
        texts = self._texts
        if allowed:
            return Answer(_granted(texts, self._origin), texts.owned, allowed=True)
        handshake = self._asked.handshake
        if handshake and not self._refuses_handshake():
            return Answer(texts.plain, texts.owned, allowed=False)
        headers = self._explained(texts.plain, self._refused_origin)
        return Answer(headers, texts.owned, allowed=False, status=_FORBIDDEN if handshake else None)

    def _refuses_handshake(self) -> bool:
        return compiled_of(self._answers).policy.guard_websockets and not self._is_own()

    def _is_own(self) -> bool:
        """Tell whether a page of the host itself asks. The scheme is left out: a proxy may have ended TLS."""
        hosts = self._asked.lines("Host")
        return len(hosts) == 1 and (self._origin or "").partition("://")[2] == hosts[0].lower()

    def _preflight(self, *, allowed: bool) -> Answer:
        policy = compiled_of(self._answers).policy
        headers = [*self._granted_preflight(policy)] if allowed else []
        headers.append(self._texts.preflight_vary)
        headers = self._explained(headers, self._refused_preflight if allowed else self._refused_origin)
        status = None if policy.preflight_continue else policy.preflight_status
        return Answer(headers, self._texts.owned, allowed, status)

    def _granted_preflight(self, policy: Policy) -> Pairs:
        shown = "*" if self._texts.any_origin else self._origin or ""
        headers = [("Access-Control-Allow-Origin", shown), *self._texts.preflight]
        if policy.private_network and self._lines("Access-Control-Request-Private-Network") == ["true"]:
            headers.append(("Access-Control-Allow-Private-Network", "true"))
        return headers

    # --- what is refused ---

    def _explained(self, headers: Pairs, refused: Callable[[], tuple[Reason, str] | None]) -> Pairs:
        """Tell whoever wants to know why; return *headers*, with the reason where debugging."""
        # Nothing is worked out about a denial that nobody wants to know of.
        found = refused() if self._cors.denials.wanted() else None
        if found is None:
            return headers
        reason, detail = found
        request = (self._asked.method, self._asked.path)
        self._cors.deny(reason, detail, self._origin or "", request, preflight=self._asked.preflight)
        return [*headers, (DEBUG, reason)] if self._cors.debug else headers

    def _refused_origin(self) -> tuple[Reason, str]:
        if self._origin is None:
            return Reason.ORIGIN_REPEATED, ""
        return compiled_of(self._answers).refused_origin(self._origin), self._origin

    def _refused_preflight(self) -> tuple[Reason, str] | None:
        method = ", ".join(self._lines("Access-Control-Request-Method"))
        names = ",".join(self._lines("Access-Control-Request-Headers"))
        return compiled_of(self._answers).refused_preflight(method, names)

    def _lines(self, name: str) -> list[str]:
        return list(self._asked.lines(name))


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
