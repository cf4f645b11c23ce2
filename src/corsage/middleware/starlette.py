"""CORS before Starlette and FastAPI.

    install(app, Policy(origins=["https://example.com"]))

`app.add_middleware(CORSMiddleware, policy=...)` with `corsage.middleware.asgi.CORSMiddleware` works, too, but stands
inside of what answers bodies over `max_body_size`: that 413 has no CORS headers then, and no page can read it.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, Final, NamedTuple

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute, compile_path

from corsage.middleware.asgi_rest import ASGIApplication, Scope
from corsage.middleware.by_handler import EXEMPT, cross_origin, has_policy, policy_of
from corsage.middleware.by_route import ByRoute, Own, RoutePolicy, asked_method, path_in_app
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import at_work
from corsage.server import Policy

_NAME: Final = re.compile(r"\{[a-zA-Z_][a-zA-Z0-9_]*")


def install(
    app: Starlette,
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all that *app* answers: errors, mounted applications and WebSockets included.

    Args:
        app: of Starlette or FastAPI; the outermost one, where applications are mounted in each other.
        policy: for the routes that have none of their own (`cross_origin`): a `Policy`, a `PolicySet`, or either at
            work in a `CORS`. `EXEMPT` leaves all to the routes.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`; ``request.app.state.corsage``, too.

    Raises:
        RuntimeError: a policy stands before *app* already.
        TypeError: options are given with a `CORS`.
    """
    if hasattr(app.state, "corsage"):
        raise RuntimeError(
            "a policy stands before this application already: app.state.corsage.replace(policy)"
        )
    cors = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    app.state.corsage = cors
    build = app.build_middleware_stack

    def build_behind() -> ASGIApplication:
        return _behind(app, build(), cors)

    app.build_middleware_stack = build_behind  # type: ignore[method-assign]  # what __call__ builds its stack with
    if app.middleware_stack is not None:
        app.middleware_stack = _behind(app, app.middleware_stack, cors)
    return cors


def _behind(
    app: Starlette,
    stack: ASGIApplication,
    cors: CORS,
) -> ASGIApplication:
    find = _find_in(app)
    return cors.asgi(stack) if find is None else ByRoute(stack, cors, find)


class _Known(NamedTuple):
    kind: str
    path: re.Pattern[str]
    methods: frozenset[str] | None  # None is all
    endpoint: object
    below: "tuple[_Known, ...] | None" = None  # of what is mounted


def _find_in(app: Starlette) -> RoutePolicy | None:
    """Return what finds a route's own policy as the router finds the route; ``None`` where no route has one."""
    known = tuple(_endpoints(app.routes))
    if not any(has_policy(each.endpoint) for each in known):
        return None
    redirects = app.router.redirect_slashes

    def find(scope: Scope) -> Own | None:
        kind, path, method = scope["type"], path_in_app(scope), asked_method(scope)
        found = _first(known, kind, path, method)
        beside = known if found is None else found.below
        if beside is not None and redirects and kind == "http":
            # Whoever may read the answer may follow the redirect to it.
            found = _first(beside, kind, path.rstrip("/") if path.endswith("/") else path + "/", method)
        return None if found is None else policy_of(found.endpoint, method)

    return find


def _first(known: Iterable[_Known], kind: str, path: str, method: str) -> _Known | None:
    """Return the first that matches; where none has the method, the first that has the path: it answers 405."""
    partial_match: _Known | None = None
    for each in known:
        if each.kind in {kind, "any"} and each.path.match(path):
            if each.methods is None or method in each.methods:
                return each
            partial_match = partial_match or each
    return partial_match


def _endpoints(routes: Iterable[Any], prefix: str = "") -> Iterator[_Known]:
    for route in _flat(routes):
        path = getattr(route, "path", None)
        if path is None:  # routes by host name are a matter of the server's name, not of a path
            continue
        routes_below = getattr(route, "routes", None)
        if routes_below is not None:
            below = tuple(_endpoints(routes_below, prefix + path))
            yield from below
            # Nothing after it is reached.
            yield _Known("any", _compiled(prefix + path + "/{path:path}"), None, None, below)
            continue
        kind = "websocket" if isinstance(getattr(route, "original_route", route), WebSocketRoute) else "http"
        methods = getattr(route, "methods", None)
        endpoint = getattr(route, "endpoint", None)
        yield _Known(kind, _compiled(prefix + path), frozenset(methods) if methods else None, endpoint)


def _compiled(path: str) -> re.Pattern[str]:
    """Return *path* as the router compiles it. A mount and what is below it may use one name twice."""
    numbers = count()
    pattern, _, _ = compile_path(_NAME.sub(lambda _: f"{{_{next(numbers)}", path))
    return pattern


def _flat(routes: Iterable[Any]) -> Iterable[Any]:
    """Return *routes* with those of FastAPI's included routers, which new versions keep apart, in their places."""
    flatten = getattr(sys.modules.get("fastapi.routing"), "iter_route_contexts", None)
    return routes if flatten is None else flatten(routes)


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
