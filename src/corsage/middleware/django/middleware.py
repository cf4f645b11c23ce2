"""`CORSMiddleware`: first in ``MIDDLEWARE``, before what redirects, asks for logins and checks CSRF tokens.

A preflight never carries credentials, and must not be redirected. Django answers the exceptions of what stands below,
so that errors pass through here, too.
"""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, ClassVar, Final, cast

from asgiref.sync import async_to_sync, iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from corsage.middleware.cors import CORS
from corsage.middleware.django.setting import configured
from corsage.middleware.django.stored import Stored, put, stored
from corsage.middleware.django.views import policy_of_view
from corsage.middleware.hot import Answers
from corsage.middleware.native import Answer, Asked, answer
from corsage.middleware.own import OwnPolicies

Response = HttpResponseBase | Awaitable[HttpResponseBase]

_NO_CONTENT: Final = 204
_MOST_KEPT: Final = 1000


class CORSMiddleware:
    """CORS by the setting ``CORSAGE``, and by the decorators of single views.

    Attributes:
        cors: what a subclass enforces in the place of the setting.
    """

    sync_capable: ClassVar[bool] = True
    async_capable: ClassVar[bool] = True
    cors: ClassVar[CORS | None] = None

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        # Whoever starts Django without its checks learns here what is wrong.
        self._own = OwnPolicies(self.cors or configured())
        self._stored: dict[Answers, Stored] = {}
        self._asynchronous = iscoroutinefunction(get_response)
        if self._asynchronous:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Response:
        """Answer *request*, or let it be answered."""
        if self._asynchronous:
            return self._later(request)
        if _is_preflight(request):
            said = _now(self._said(request))
            if said is not None and said.status is not None:
                return _answered(said)
            response = cast("HttpResponseBase", self.get_response(request))
        else:
            response = cast("HttpResponseBase", self.get_response(request))
            if self._put_at_once(request, response):
                return response
            said = _now(self._said(request))
        return _with(response, said)

    async def _later(self, request: HttpRequest) -> HttpResponseBase:
        """Do as `__call__`, and wait on nothing but the application and the policy's own lookup."""
        if _is_preflight(request):
            asked = self._said(request)
            said = await asked if isawaitable(asked) else asked
            if said is not None and said.status is not None:
                return _answered(said)
            response = await self.get_response(request)
        else:
            response = await self.get_response(request)
            if self._put_at_once(request, response):
                return cast("HttpResponseBase", response)
            asked = self._said(request)
            said = await asked if isawaitable(asked) else asked
        return _with(response, said)

    def _put_at_once(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """Put the headers on *response* where no thought is needed; tell whether that is so."""
        cors = self._cors_for(request)
        answers = cors.current.answers
        if answers is None:
            return False
        ready = self._stored.get(answers) or self._ready(answers)
        origin = request.META.get("HTTP_ORIGIN")
        if origin is None or ready.any_origin:
            put(response, ready.plain, ready.owned)
        elif origin in ready.exact:
            put(response, ready.granted_to(origin), ready.owned)
        elif not ready.needs_more and cors.unheard():
            put(response, ready.plain, ready.owned)
        else:
            return False
        return True

    def _ready(self, answers: Answers) -> Stored:
        if len(self._stored) >= _MOST_KEPT:  # policies that were replaced
            self._stored.clear()
        made = self._stored[answers] = Stored(answers)
        return made

    def _said(self, request: HttpRequest) -> Answer | Awaitable[Answer] | None:
        """Ask the policy; ``None`` where none has a say."""
        meta = request.META

        def lines(name: str) -> list[str]:
            value = meta.get("HTTP_" + name.upper().replace("-", "_"))
            return [] if value is None else [value]

        return answer(self._cors_for(request), Asked(request.method or "", request.path_info, lines))

    def _cors_for(self, request: HttpRequest) -> CORS:
        whole = self.cors or configured()
        own = policy_of_view(request)
        if own is None:
            return whole
        if self._own.whole is not whole:
            self._own = OwnPolicies(whole)
        return self._own.at_work(own)


def _is_preflight(request: HttpRequest) -> bool:
    meta = request.META
    return (
        request.method == "OPTIONS" and "HTTP_ORIGIN" in meta and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in meta
    )


def _now(said: Answer | Awaitable[Answer] | None) -> Answer | None:
    return async_to_sync(_awaited)(said) if isawaitable(said) else said


async def _awaited(said: Awaitable[Answer]) -> Answer:
    return await said


def _answered(said: Answer) -> HttpResponse:
    """Answer without asking the application."""
    response = HttpResponse(status=said.status)
    if said.status == _NO_CONTENT:
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Length"] = "0"
    put(response, stored(said.headers), said.owned)
    return response


def _with(response: HttpResponseBase, said: Answer | None) -> HttpResponseBase:
    if said is not None:
        put(response, stored(said.headers), said.owned | {"vary"})
    return response
