"""CORS before Sanic applications.

    install(app, Policy(origins=["https://example.com"]))

Preflights are answered by a request middleware of the highest priority: before any login, and where a path has no
OPTIONS. The headers are put on by response middleware, the only thing that sees streams before they start; it is the
first and the last, since a middleware between that raises, or answers itself, keeps those after it from running. The
signal before a response is written has the last word.
Source: https://sanic.dev/en/guide/basics/middleware and https://sanic.dev/en/guide/advanced/signals
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from urllib.parse import unquote

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import MethodNotAllowed, SanicException
from sanic.response import BaseHTTPResponse, ResponseStream

from corsage.middleware.by_handler import EXEMPT, cors_of, cross_origin
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import Answer, Asked, answer, at_work, put_on
from corsage.middleware.own import OwnPolicies
from corsage.server import Policy

_OUTERMOST: Final = 1_000_000
_UNKNOWN: Final = object()


def install(
    app: Sanic[Any, Any],
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all that *app* answers: errors, streams and static files included.

    Args:
        app: not running yet.
        policy: for the handlers that have none of their own (`cross_origin`): a `Policy`, a `PolicySet`, or either at
            work in a `CORS`. `EXEMPT` leaves all to the handlers.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`; ``app.ctx.corsage``, too.

    Raises:
        RuntimeError: a policy stands before *app* already.
        TypeError: options are given with a `CORS`.
    """
    if hasattr(app.ctx, "corsage"):
        raise RuntimeError("a policy stands before this application already: app.ctx.corsage.replace(policy)")
    cors = app.ctx.corsage = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    policies = OwnPolicies(cors)

    async def answered_first(request: Request[Any, Any]) -> HTTPResponse | None:
        said = await _answer(policies, request)
        if said is None or said.status is None:
            return None
        return HTTPResponse(status=said.status, content_type="text/plain; charset=utf-8")

    async def put(request: Request[Any, Any], response: object) -> None:
        # A handler may have returned anything; Sanic refuses it after this.
        if isinstance(response, BaseHTTPResponse | ResponseStream):
            said = await _answer(policies, request)
            if said is not None:
                put_on(response.headers, said)

    app.register_middleware(answered_first, "request", priority=_OUTERMOST)
    app.register_middleware(put, "response", priority=-_OUTERMOST)
    app.register_middleware(put, "response", priority=_OUTERMOST)
    app.add_signal(put, "http.lifecycle.response")
    return cors


async def _answer(policies: OwnPolicies, request: Request[Any, Any]) -> Answer | None:
    """Say what to put on the answer to *request*; asked once, and kept."""
    known: Answer | object | None = getattr(request.ctx, "corsage", _UNKNOWN)
    if known is _UNKNOWN:
        asked = Asked(request.method, unquote(request.path), lambda name: request.headers.getall(name, ()))
        said = answer(_cors_for(policies, request, asked), asked)
        known = request.ctx.corsage = said if said is None or isinstance(said, Answer) else await said
    return known if isinstance(known, Answer) else None


def _cors_for(policies: OwnPolicies, request: Request[Any, Any], asked: Asked) -> CORS:
    """Find the policy of the handler; of a preflight, of the handler of the request to come."""
    route, method = request.route, asked.method
    if asked.preflight:
        method = asked.lines("Access-Control-Request-Method")[0]
    if not asked.preflight and route is not None:
        return _cors_of(policies, route, method)
    try:
        return _cors_of(policies, _route(request, method), method)
    except MethodNotAllowed as error:
        return _cors_for_all(policies, request, (error.headers or {}).get("Allow", ""))
    except SanicException:
        return policies.whole


def _cors_for_all(policies: OwnPolicies, request: Request[Any, Any], methods: str) -> CORS:
    """Find the policy for 405: where all other methods of the path are for the same pages, so is this answer."""
    try:
        found = {_cors_of(policies, _route(request, each), each) for each in methods.split(", ")}
    except SanicException:
        return policies.whole
    return found.pop() if len(found) == 1 else policies.whole


def _route(request: Request[Any, Any], method: str) -> Any:  # noqa: ANN401 - of the router's own kind
    return request.app.router.get(request.path, method, request.headers.getone("host", None))[0]


def _cors_of(policies: OwnPolicies, route: Any, method: str) -> CORS:  # noqa: ANN401 - of the router's own kind
    handler = route.handler
    if isinstance(handler, partial) and handler.args:  # of a WebSocket
        handler = handler.args[0]
    return cors_of(policies, getattr(handler, "view_class", handler), method)


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
