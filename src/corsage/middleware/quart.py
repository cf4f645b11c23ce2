"""CORS before Quart.

install(app, Policy(origins=["https://example.com"]))

A route's own policy is given by `cross_origin`, below the route's decorator, and a blueprint's by the same.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from quart import Blueprint, Quart
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import MapAdapter, RequestRedirect

from corsage.middleware.asgi_rest import Scope
from corsage.middleware.by_handler import EXEMPT, policy_of
from corsage.middleware.by_route import ByRoute, Own, RoutePolicy, asked_method, path_in_app
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.marked import MARK, marked
from corsage.middleware.native import at_work
from corsage.middleware.own import of_fields
from corsage.server import Policy

View = TypeVar("View", bound=Callable[..., Any] | Blueprint)

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


def cross_origin(
    policy: Policy | Policies | CORS | None = None,
    /,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> Callable[[View], View]:
    """Decorate a view or a blueprint: *policy* holds there, and not the application's.

    What the decorator returns for a view is a copy; the view that it is given has no policy of its own. A blueprint is
    returned as it is, and its policy holds for its views and for blueprints in it that have none.

    Args:
        policy: what is allowed there; or the fields of a `Policy`, as keywords. `EXEMPT` leaves the view alone.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given; or what is decorated is neither a function nor a blueprint.
    """
    own = of_fields(policy, fields)

    def mark(view: View) -> View:
        if isinstance(view, Blueprint):
            setattr(view, MARK, own)
            return view
        return marked(view, own)

    return mark


def _find_in(app: Quart) -> RoutePolicy:
    """Return what finds a route's own policy, by the application's own map of URLs."""
    own: dict[str, Own] = {}
    seen = -1

    def find(scope: Scope) -> Own | None:
        nonlocal own, seen
        if len(app.view_functions) != seen:
            found = {endpoint: _of_endpoint(app, endpoint) for endpoint in app.view_functions}
            own = {endpoint: policy for endpoint, policy in found.items() if policy is not None}
            seen = len(app.view_functions)
        return own.get(_endpoint(app, scope)) if own else None

    return find


def _of_endpoint(app: Quart, endpoint: str) -> Own | None:
    """Return the policy of a view, or of the nearest blueprint around it that has one."""
    own = policy_of(app.view_functions[endpoint])
    name = endpoint.rpartition(".")[0]
    while own is None and name:
        own = policy_of(app.blueprints.get(name))
        name = name.rpartition(".")[0]
    return own


def _endpoint(app: Quart, scope: Scope) -> str:
    websocket = scope["type"] == "websocket"
    method = "GET" if websocket else asked_method(scope)
    asked: Any = SimpleNamespace(  # what the application looks at to bind its map
        host=dict(scope["headers"]).get(b"host", b"").decode("latin-1"),
        method=method,
        path=path_in_app(scope),
        query_string=b"",
        root_path=scope.get("root_path", ""),
        scheme=scope.get("scheme", "http"),
    )
    try:
        adapter = app.create_url_adapter(asked)
        return "" if adapter is None else _matched(adapter, asked.path, method, websocket=websocket)
    except (HTTPException, ValueError):  # there is no such route, or the host is nonsense
        return ""


def _matched(adapter: MapAdapter, path: str, method: str, *, websocket: bool) -> str:
    try:
        return str(adapter.match(path, method, websocket=websocket)[0])
    except RequestRedirect as redirect:
        # Whoever may read the answer may follow the redirect to it.
        prefix = adapter.script_name.rstrip("/")
        path = unquote(urlsplit(redirect.new_url).path).removeprefix(prefix)
        return str(adapter.match(path, method, websocket=websocket)[0])
    except MethodNotAllowed as error:
        # 405 is an answer, too, and is read by whom the route's other methods are for.
        methods = list(error.valid_methods or ())
        if not methods:
            raise
        return str(adapter.match(path, methods[0], websocket=websocket)[0])


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
