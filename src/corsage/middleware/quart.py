"""CORS before Quart.

install(app, Policy(origins=["https://example.com"]))

A route's own policy is given by `cross_origin`, below the route's decorator.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from quart import Quart
from werkzeug.exceptions import HTTPException

from corsage.middleware.asgi_rest import Scope
from corsage.middleware.by_handler import EXEMPT, cross_origin, policy_of
from corsage.middleware.by_route import ByRoute, Own, RoutePolicy, asked_method, path_in_app
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import at_work
from corsage.server import Policy

EXTENSION = "corsage"


def install(
    app: Quart,
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all that *app* answers.

    Args:
        app: before or after its routes are declared.
        policy: for the routes that have none of their own (`cross_origin`): a `Policy`, a `PolicySet`, or either at
            work in a `CORS`. `EXEMPT` leaves all to the routes.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`; ``app.extensions["corsage"]``, too.

    Raises:
        RuntimeError: a policy stands before *app* already.
        TypeError: options are given with a `CORS`.
    """
    if EXTENSION in app.extensions:
        raise RuntimeError(
            "a policy stands before this application already: app.extensions['corsage'].replace(policy)"
        )
    cors = at_work(policy, on_denied=on_denied, debug=debug, log=log)
    app.extensions[EXTENSION] = cors
    inner: Any = app.asgi_app
    behind: Any = ByRoute(inner, cors, _find_in(app))
    app.asgi_app = behind  # type: ignore[method-assign]  # as Quart's documentation says
    return cors


def _find_in(app: Quart) -> RoutePolicy:
    """Return what finds a route's own policy, by the application's own map of URLs."""
    own: dict[str, Own] = {}
    looked = False

    def find(scope: Scope) -> Own | None:
        nonlocal looked
        if not looked:  # at the first request: by then the routes are declared
            found = {endpoint: policy_of(view) for endpoint, view in app.view_functions.items()}
            own.update({endpoint: policy for endpoint, policy in found.items() if policy is not None})
            looked = True
        return own.get(_endpoint(app, scope)) if own else None

    return find


def _endpoint(app: Quart, scope: Scope) -> str:
    websocket = scope["type"] == "websocket"
    asked: Any = SimpleNamespace(  # what the application looks at to bind its map
        host=dict(scope["headers"]).get(b"host", b"").decode("latin-1"),
        method="GET" if websocket else asked_method(scope),
        path=path_in_app(scope),
        query_string=b"",
        root_path=scope.get("root_path", ""),
        scheme=scope.get("scheme", "http"),
    )
    try:
        adapter = app.create_url_adapter(asked)
        rule, _ = adapter.match(return_rule=True, websocket=websocket) if adapter else (None, {})
    except (
        HTTPException,
        ValueError,
    ):  # there is no such route, not for this method, or the host is nonsense
        return ""
    return "" if rule is None else str(rule.endpoint)


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
