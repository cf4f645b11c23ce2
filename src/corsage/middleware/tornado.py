"""CORS before Tornado applications.

    install(application, Policy(origins=["https://example.com"]))

Preflights are answered where the application finds its handlers: before `prepare`, where logins are asked for. The
headers are put on where a response is written to the connection, which every response is, whoever makes it: handlers,
applications within this one, WSGI applications. What the server would answer before the application is asked for, a
body over its limit, is answered by `within_limit`.
Source: https://www.tornadoweb.org/en/stable/routing.html
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import unquote

from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from corsage.middleware.by_handler import EXEMPT, cors_of, cross_origin
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import Answer, Asked, answer, at_work
from corsage.middleware.own import OwnPolicies
from corsage.middleware.tornado_limit import within_limit
from corsage.server import Policy

_SETTING: Final = "corsage"
_ANSWER: Final = "corsage"


def install(
    application: Application,
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all that *application* answers: errors, streams and static files included.

    Args:
        application: complete or not; handlers may be added later.
        policy: for the handlers that have none of their own (`cross_origin`): a `Policy`, a `PolicySet`, or either at
            work in a `CORS`. `EXEMPT` leaves all to the handlers.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`; ``application.settings["corsage"]``, too.

    Raises:
        RuntimeError: a policy stands before *application* already.
        TypeError: options are given with a `CORS`.
    """
    if _SETTING in application.settings:
        raise RuntimeError(
            'a policy stands before this application already: application.settings["corsage"].replace(policy)'
        )
    cors = application.settings[_SETTING] = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    policies = OwnPolicies(cors)
    find = application.find_handler

    def find_behind(request: HTTPServerRequest, **kwargs: Any) -> Any:  # noqa: ANN401 - as find_handler
        delegate = find(request, **kwargs)
        if _ANSWER in request.__dict__:  # an application within this one, or around it, has a policy
            return delegate
        handler = getattr(delegate, "handler_class", None)
        asked = Asked(request.method or "", unquote(request.path), request.headers.get_list)
        said = answer(cors_of(policies, handler, _method_to_come(asked)), asked)
        if said is None:
            return delegate
        if isinstance(said, Answer):
            return _decided(application, request, delegate, said)
        request.__dict__[_ANSWER] = None
        return _Waiting(application, request, delegate, said)

    application.find_handler = find_behind  # type: ignore[method-assign]  # what every way to the handlers calls
    return cors


def _method_to_come(asked: Asked) -> str:
    """Return the method of the request; of a preflight, the one that it announces."""
    return asked.lines("Access-Control-Request-Method")[0] if asked.preflight else asked.method


def _decided(
    application: Application, request: HTTPServerRequest, delegate: HTTPMessageDelegate, said: Answer
) -> HTTPMessageDelegate:
    """Return what handles *request*, now that it is known what the policy says."""
    request.__dict__[_ANSWER] = said
    if request.connection is not None:
        _put_on_response(request.connection, said)
    if said.status is None:
        return within_limit(application, request, delegate)
    return application.get_handler_delegate(request, _AnsweredFirst, {"status": said.status})


class _AnsweredFirst(RequestHandler):
    """Answers preflights, and handshakes that are refused."""

    def initialize(self, status: int) -> None:
        self._status = status

    def prepare(self) -> None:
        self.set_status(self._status)
        self.clear_header("Content-Type")
        self.finish()


class _Waiting(HTTPMessageDelegate):
    """Handles a request when a lookup has been awaited."""

    def __init__(
        self,
        application: Application,
        request: HTTPServerRequest,
        delegate: HTTPMessageDelegate,
        found: Awaitable[Answer],
    ) -> None:
        self._application = application
        self._request = request
        self._delegate = delegate
        self._found = found

    async def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        said = await self._found
        self._delegate = _decided(self._application, self._request, self._delegate, said)
        received = self._delegate.headers_received(start_line, headers)
        if received is not None:
            await received

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._delegate.data_received(chunk)

    def finish(self) -> None:
        self._delegate.finish()

    def on_connection_close(self) -> None:
        self._delegate.on_connection_close()


def _put_on_response(connection: HTTPConnection, said: Answer) -> None:
    """Have the headers put on the response when it is written to *connection*, once."""
    attributes: dict[str, Any] = vars(connection)
    before = attributes.get("write_headers")
    write = connection.write_headers

    def write_headers(
        start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders, chunk: bytes | None = None
    ) -> Any:  # noqa: ANN401 - a future
        if before is None:
            del attributes["write_headers"]
        else:
            attributes["write_headers"] = before
        return write(start_line, _with(headers, said), chunk)

    attributes["write_headers"] = write_headers


def _with(headers: HTTPHeaders, said: Answer) -> HTTPHeaders:
    pairs = said.headers
    if any(name.lower() in said.owned for name in headers):
        pairs = said.onto(headers.get_all())
        headers = HTTPHeaders()
    for name, value in pairs:
        headers.add(name, value)
    return headers


class OriginsOfPolicy(WebSocketHandler):
    """A WebSocket handler that the origins of the policy may connect to, beside the host's own.

    Tornado refuses all others by itself, whatever `Policy.guard_websockets` says.
    """

    def check_origin(self, origin: str) -> bool:
        """Tell whether a page of *origin* may connect."""
        said: Answer | None = self.request.__dict__.get(_ANSWER)
        return (said is not None and said.allowed) or super().check_origin(origin)


__all__ = ["CORS", "EXEMPT", "OriginsOfPolicy", "Policy", "cross_origin", "install"]
