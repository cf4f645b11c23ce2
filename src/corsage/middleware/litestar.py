"""CORS before Litestar.

install(app, Policy(origins=["https://example.com"]))

Routes, controllers and routers may have their own policy: ``opt={"cors": Policy(...)}``, or `cross_origin` below the
handler's decorator.
"""

from collections.abc import Callable, Iterator
from typing import Any

from litestar import Litestar
from litestar.exceptions import LitestarException
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.utils import normalize_path

from corsage.middleware.asgi_rest import Scope
from corsage.middleware.by_handler import EXEMPT, cross_origin, policy_of
from corsage.middleware.by_route import ByRoute, Own, RoutePolicy, asked_method
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import at_work
from corsage.server import Policy

OPTION = "cors"


def install(
    app: Litestar,
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all that *app* answers; leave out its own ``cors_config``.

    Args:
        app: with all of its routes.
        policy: for the routes that have none of their own: a `Policy`, a `PolicySet`, or either at work in a `CORS`.
            `EXEMPT` leaves all to the routes.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`; ``app.state.corsage``, too.

    Raises:
        RuntimeError: a policy stands before *app* already.
        TypeError: options are given with a `CORS`.
    """
    if "corsage" in app.state:
        raise RuntimeError(
            "a policy stands before this application already: app.state.corsage.replace(policy)"
        )
    cors = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    app.state.corsage = cors
    find = _find_in(app)
    inner: Any = app.asgi_handler
    behind: Any = cors.asgi(inner) if find is None else ByRoute(inner, cors, find)
    app.asgi_handler = behind
    return cors


def _find_in(app: Litestar) -> RoutePolicy | None:
    """Return what finds a route's own policy, by the application's own router; ``None`` where no route has one."""
    if all(_own(handler) is None for handler in _handlers(app)):
        return None
    router = app.asgi_router

    def find(scope: Scope) -> Own | None:
        path, root = scope["path"], scope.get("root_path", "")
        below = path.split(root, maxsplit=1)[-1] if root else path
        method = asked_method(scope) if scope["type"] == "http" else None
        try:
            return _own(router.handle_routing(path=normalize_path(below), method=method)[1])
        except LitestarException:  # there is no such route, or not for this method
            return None

    return find


def _handlers(app: Litestar) -> Iterator[BaseRouteHandler]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from route.route_handlers
        else:
            yield route.route_handler


def _own(handler: BaseRouteHandler) -> Own | None:
    found = handler.opt.get(OPTION)
    return found if isinstance(found, Policy | Policies | CORS) else policy_of(handler.fn)


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
