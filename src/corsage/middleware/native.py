"""What a policy says of one request, where a framework is neither ASGI nor WSGI inside."""

from collections.abc import Awaitable, Callable
from typing import Final

from corsage.middleware.cors import CORS, compiled_of
from corsage.middleware.hot import Answers
from corsage.middleware.native_words import Answer, Asked, at_work, put_on
from corsage.middleware.own_host import is_own
from corsage.middleware.wsgi_answers import Pairs, WSGIAnswers
from corsage.server import Policy, Reason

DEBUG: Final = "Corsage-Denied"
_FORBIDDEN: Final = 403


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
    if not found and one is not None and answers.asks:
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
        hosts = self._asked.lines("Host")
        own = len(hosts) == 1 and is_own(self._origin or "", hosts[0])
        return compiled_of(self._answers).policy.guard_websockets and not own

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
        denied = refused == self._refused_origin
        found = refused() if (not self._cors.unheard() if denied else self._cors.denials.wanted()) else None
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


__all__ = ["Answer", "Asked", "answer", "at_work", "put_on", "texts_of"]
