"""CORS before aiohttp applications: one line, ``setup(app, policy)``.

The middleware stands first and answers preflights, before any login; a signal puts the headers on whatever is sent:
streams, files, redirects, 404, and the 500 of an exception that nobody caught.
Source: https://docs.aiohttp.org/en/stable/web_advanced.html#signals
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler

from corsage.middleware.by_handler import EXEMPT, cors_of, cross_origin
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import Answer, Asked, answer, at_work, put_on
from corsage.middleware.own import OwnPolicies
from corsage.server import Policy

_POLICIES: Final = web.AppKey("corsage", OwnPolicies)
# Older aiohttp has texts for keys; 3.14 warns of them.
_ANSWER: Final[Any] = web.RequestKey("corsage", object) if hasattr(web, "RequestKey") else "corsage"


def setup(
    app: web.Application,
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before *app*. A nested application that is set up, too, goes by its own.

    Args:
        app: not running yet.
        policy: what is allowed: a `Policy`, a `PolicySet`, or either at work in a `CORS`. `EXEMPT` leaves all
            to `cross_origin`.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work; its `replace` lets another hold while the application runs.

    Raises:
        RuntimeError: *app* runs already, or has a policy.
        TypeError: options are given with a `CORS`.
    """
    if _POLICIES in app:
        raise RuntimeError("a policy stands before this application already: call the replace of its CORS")
    cors = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    app[_POLICIES] = OwnPolicies(cors)
    app.middlewares.insert(0, _answered_first)
    app.on_response_prepare.append(_prepared)
    return cors


@web.middleware
async def _answered_first(request: web.Request, handler: Handler) -> web.StreamResponse:
    if _ANSWER not in request:  # nor has an application around this one
        said = await _answer(request)
        request[_ANSWER] = said
        if said is not None and said.status is not None:
            return web.Response(status=said.status)
    return await handler(request)


async def _prepared(request: web.Request, response: web.StreamResponse) -> None:
    # What refuses an Expect header does so before any middleware.
    said = request[_ANSWER] if _ANSWER in request else await _answer(request)
    if said is not None:
        put_on(response.headers, said)


async def _answer(request: web.Request) -> Answer | None:
    asked = Asked(request.method, request.path, lambda name: request.headers.getall(name, ()))
    said = answer(await _cors_for(request, asked), asked)
    return said if said is None or isinstance(said, Answer) else await said


async def _cors_for(request: web.Request, asked: Asked) -> CORS:
    """Find the policy of the handler, or of the nearest application around it that has one."""
    match = request.match_info
    policies = next(app[_POLICIES] for app in reversed(match.apps) if _POLICIES in app)
    method = request.method
    if asked.preflight:
        # The handler is that of the request to come.
        method = asked.lines("Access-Control-Request-Method")[0]
        match = await request.app.router.resolve(request.clone(method=method))
    refused = match.http_exception
    if isinstance(refused, web.HTTPMethodNotAllowed):
        return await _cors_for_all(policies, request, refused.allowed_methods)
    return cors_of(policies, match.handler, method)


async def _cors_for_all(policies: OwnPolicies, request: web.Request, methods: Iterable[str]) -> CORS:
    """Find the policy for 405: where all other methods of the path are for the same pages, so is this answer."""
    found = set()
    for each in methods:
        match = await request.app.router.resolve(request.clone(method=each))
        found.add(cors_of(policies, match.handler, each))
    return found.pop() if len(found) == 1 else policies.whole


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "setup"]
