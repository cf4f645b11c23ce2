"""A route's own policy, before ASGI frameworks: it wins over the application's.

The adapters know which endpoint a request is for. A preflight is for the endpoint of the method that it announces.
"""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from corsage.middleware.asgi_path import path_in_app
from corsage.middleware.asgi_rest import ASGIApplication, Receive, Scope, Send
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.own import OwnPolicies
from corsage.server import Policy

Own: TypeAlias = Policy | Policies | CORS
# Gives the policy of the route that a connection is for; `None` where it has none of its own.
RoutePolicy: TypeAlias = Callable[[Scope], Own | None]

PREFLIGHT: Final = b"access-control-request-method"


def asked_method(scope: Scope) -> str:
    """Return the method of a request; of a preflight, the one that it announces."""
    method = str(scope.get("method", "GET"))
    if method == "OPTIONS":
        headers = dict(scope["headers"])
        announced = headers.get(PREFLIGHT)
        if announced is not None and b"origin" in headers:
            return str(announced.decode("latin-1"))
    return method


class ByRoute:
    """An ASGI application behind the policies of its routes, and another for all else.

    Args:
        app: the application.
        cors: for the routes without a policy of their own.
        find: gives a route's own policy.
    """

    __slots__ = ("_app", "_behind", "_default", "_find", "_policies")

    def __init__(self, app: ASGIApplication, cors: CORS, find: RoutePolicy) -> None:
        self._app = app
        self._default = cors.asgi(app)
        self._find = find
        self._policies = OwnPolicies(cors)
        self._behind: dict[int, ASGIApplication] = {}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Handle one connection."""
        own = self._find(scope) if scope["type"] in {"http", "websocket"} else None
        if own is None:
            return self._default(scope, receive, send)
        cors = self._policies.at_work(own)  # which keeps it, so that its identity stays its own
        behind = self._behind.get(id(cors))
        if behind is None:
            behind = self._behind[id(cors)] = cors.asgi(self._app)
        return behind(scope, receive, send)


__all__ = ["ByRoute", "Own", "RoutePolicy", "asked_method", "path_in_app"]
