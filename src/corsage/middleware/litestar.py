"""CORS before Litestar.

install(app, Policy(origins=["https://example.com"]))

Routes, controllers and routers may have their own policy: ``opt={"cors": Policy(...)}``, or `cross_origin` below the
handler's decorator.
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from litestar import Litestar
from litestar.exceptions import LitestarException, MethodNotAllowedException
from litestar.handlers.base import BaseRouteHandler
from litestar.routes import HTTPRoute
from litestar.utils import normalize_path

from corsage.middleware.asgi_rest import Scope
from corsage.middleware.by_handler import EXEMPT, policy_of
from corsage.middleware.by_route import ByRoute, Own, RoutePolicy, asked_method
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.marked import Handler, marked
from corsage.middleware.native import at_work
from corsage.middleware.own import of_fields
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
        app: before or after its routes are registered.
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
    inner: Any = app.asgi_handler
    behind: Any = ByRoute(inner, cors, _find_in(app))
    app.asgi_handler = behind
    return cors


def cross_origin(
    policy: Policy | Policies | CORS | None = None,
    /,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> Callable[[Handler], Handler]:
    """Give a function, below its handler's decorator, or a controller a policy of its own.

    What the decorator returns has the policy, a copy of a function or a subclass of a controller. What it is given has
    none, and may stand under another address as it is.

    Args:
        policy: what is allowed there; or the fields of a `Policy`, as keywords. `EXEMPT` leaves the handler alone.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given; or what is decorated is no function, method or controller.
    """
    own = of_fields(policy, fields)

    def mark(handler: Handler) -> Handler:
        made: Any = marked(handler, own)
        if isinstance(handler, type):
            made.opt = {**(getattr(made, "opt", None) or {}), OPTION: own}
        return cast("Handler", made)

    return mark


def _find_in(app: Litestar) -> RoutePolicy:
    """Return what finds a route's own policy, by the application's own router."""
    router = app.asgi_router
    registered = router._registered_routes  # noqa: SLF001 - grows when routes are registered; nothing else tells
    seen, any_own = -1, False

    def find(scope: Scope) -> Own | None:
        nonlocal seen, any_own
        if len(registered) != seen:
            seen, any_own = len(registered), any(_own(handler) is not None for handler in _handlers(app))
        if not any_own:
            return None
        path, root = scope["path"], scope.get("root_path", "")
        below = normalize_path(path.split(root, maxsplit=1)[-1] if root else path)
        try:
            return _routed(router, below, asked_method(scope) if scope["type"] == "http" else None)
        except LitestarException:  # there is no such route
            return None

    return find


def _routed(router: Any, path: str, method: str | None) -> Own | None:  # noqa: ANN401 - its module is private
    try:
        return _own(router.handle_routing(path=path, method=method)[1])
    except MethodNotAllowedException as error:
        # 405 is an answer, too, and is read by whom the path's other methods are for.
        allowed = (error.headers or {}).get("allow", "").partition(", ")[0]
    return _own(router.handle_routing(path=path, method=allowed)[1])


def _handlers(app: Litestar) -> Iterator[BaseRouteHandler]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from route.route_handlers
        else:
            yield route.route_handler


def _own(handler: BaseRouteHandler) -> Own | None:
    own = policy_of(handler.fn)  # nearer than the options, which are those of all layers
    found = handler.opt.get(OPTION) if own is None else own
    return found if isinstance(found, Policy | Policies | CORS) else None


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
