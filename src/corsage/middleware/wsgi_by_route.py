"""A route's own policy, before WSGI frameworks: it wins over the application's.

The adapters know which route a request is for. A preflight is for the route of the method that it announces.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.own import OwnPolicies
from corsage.middleware.wsgi import Environ, StartResponse, WSGIApplication
from corsage.server import Policy

# Gives the policy of the route for a request and a method; `None` where it has none of its own.
Find: TypeAlias = Callable[[Environ, str], Policy | Policies | CORS | None]


def by_route(app: WSGIApplication, cors: CORS, find: Find) -> WSGIApplication:
    """Return *app* behind the policies of its routes, and *cors* for all else.

    Args:
        app: the application.
        cors: for the routes without a policy of their own.
        find: gives a route's own policy.
    """
    whole = cors.wsgi(app)
    own = OwnPolicies(cors)
    made: dict[CORS, WSGIApplication] = {}

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        policy = find(environ, asked_method(environ))
        if policy is None:
            return whole(environ, start_response)
        chosen = own.at_work(policy)
        behind = made.get(chosen)
        if behind is None:
            behind = made[chosen] = chosen.wsgi(app)
        return behind(environ, start_response)

    return application


def asked_method(environ: Environ) -> str:
    """Return the method of a request; of a preflight, the one that it announces."""
    method = str(environ["REQUEST_METHOD"])
    if method == "OPTIONS" and "HTTP_ORIGIN" in environ:
        return str(environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", method))
    return method
