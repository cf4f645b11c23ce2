"""A route's own policy, before ASGI frameworks: it wins over the application's.

The adapters know which endpoint a request is for. A preflight is for the endpoint of the method that it announces.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias, TypeVar

from corsage.middleware.asgi_rest import ASGIApplication, Receive, Scope, Send
from corsage.middleware.cors import CORS
from corsage.server import Policy

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
# Gives the policy of the route that a connection is for; `None` where it has none of its own.
RoutePolicy: TypeAlias = Callable[[Scope], Policy | None]

_MARK: Final = "__corsage_policy__"


def cross_origin(policy: Policy | None = None, /, **fields: Any) -> Callable[[Endpoint], Endpoint]:  # noqa: ANN401 - the fields of Policy, which checks them
    """Give the endpoint that is decorated a policy of its own; stand below the framework's own decorator.

    Args:
        policy: what is allowed there; or the fields of a `Policy`, as keywords.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    if policy is not None and fields:
        raise TypeError(f"give a policy or its fields, not both: {', '.join(fields)}")
    own = Policy.of(fields) if policy is None else policy

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _MARK, own)
        return endpoint

    return mark


def policy_of(endpoint: object) -> Policy | None:
    """Return the policy that `cross_origin` gave to *endpoint*."""
    found = getattr(endpoint, _MARK, None)
    return found if isinstance(found, Policy) else None


def asked_method(scope: Scope) -> str:
    """Return the method of a request; of a preflight, the one that it announces."""
    method = str(scope.get("method", "GET"))
    if method == "OPTIONS":
        headers = dict(scope["headers"])
        announced = headers.get(b"access-control-request-method")
        if announced is not None and b"origin" in headers:
            return str(announced.decode("latin-1"))
    return method


def path_in_app(scope: Scope) -> str:
    """Return the path without what a proxy or a mount has put before it, as routers read it."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    below = path[len(root) :]
    return below if root and path.startswith(root) and below[:1] in {"", "/"} else path


class ByRoute:
    """An ASGI application behind the policies of its routes, and another for all else.

    Args:
        app: the application.
        cors: for the routes without a policy of their own.
        find: gives a route's own policy.
        make: makes a `CORS` of it.
    """

    __slots__ = ("_app", "_default", "_find", "_made", "_make")

    def __init__(
        self, app: ASGIApplication, cors: CORS, find: RoutePolicy, make: Callable[[Policy], CORS]
    ) -> None:
        self._app = app
        self._default = cors.asgi(app)
        self._find = find
        self._make = make
        # By identity: a policy of a million origins is not hashed for each request. It is kept, so that its
        # identity stays its own.
        self._made: dict[int, tuple[Policy, ASGIApplication]] = {}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Handle one connection."""
        policy = self._find(scope) if scope["type"] in {"http", "websocket"} else None
        if policy is None:
            return self._default(scope, receive, send)
        known = self._made.get(id(policy))
        if known is None:
            known = self._made[id(policy)] = (policy, self._make(policy).asgi(self._app))
        return known[1](scope, receive, send)
