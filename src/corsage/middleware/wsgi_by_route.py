"""A route's own policy, before WSGI frameworks: it wins over the application's.

The adapters know which route a request is for. A preflight is for the route of the method that it announces.
"""

from collections.abc import Callable, Iterable
from inspect import iscoroutinefunction
from typing import TypeAlias

from corsage.middleware.cors import CORS, Policies, single_policies
from corsage.middleware.denial import LOGGER
from corsage.middleware.own import OwnPolicies
from corsage.middleware.wsgi import Environ, WSGIApplication
from corsage.middleware.wsgi_start import StartResponse
from corsage.server import Policy

Own: TypeAlias = Policy | Policies | CORS
# Gives the policy of the route for a request and a method; `None` where it has none of its own.
Find: TypeAlias = Callable[[Environ, str], Own | None]


def by_route(app: WSGIApplication, cors: CORS, find: Find, known: Iterable[Own] = ()) -> WSGIApplication:
    """Return *app* behind the policies of its routes, and *cors* for all else.

    Args:
        app: the application.
        cors: for the routes without a policy of their own.
        find: gives a route's own policy.
        known: the policies of routes, as far as they are known now.

    Raises:
        TypeError: a lookup is async; the ``replace`` of *cors* refuses such from now on.
        ValueError: *cors* debugs, and a policy is for production.
    """
    demand_plain_lookup(cors)
    whole = cors.wsgi(app)
    for each in known:
        demand_plain_lookup(each)
        OwnPolicies(cors).at_work(each)
    own = _OwnPolicies(cors)
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


class _OwnPolicies(OwnPolicies):
    """Those of routes that came after the application's policy: what is wrong with them is found at a request."""

    def at_work(self, policy: Own) -> CORS:
        try:
            return super().at_work(policy)
        except ValueError as error:  # the request is not at fault
            LOGGER.error("the policy of a route is at work without debug: %s", error)
        assert not isinstance(policy, CORS)  # noqa: S101 - that is at work already
        made = CORS(policy)
        made.denials = self.whole.denials
        self._made[id(policy)] = (policy, made)
        return made


def demand_plain_lookup(policy: Own) -> None:
    """See to it that nobody would have to wait for a lookup; where *policy* is at work, of later policies, too.

    Raises:
        TypeError: the ``origin_lookup`` of *policy* is async.
    """
    if isinstance(policy, CORS):
        policy.demand(_refuse_async_lookup)
        return
    for each in single_policies(policy):
        _refuse_async_lookup(each)


def _refuse_async_lookup(policy: Policy) -> None:
    lookup = policy.origin_lookup
    if iscoroutinefunction(lookup) or iscoroutinefunction(getattr(lookup, "__call__", None)):  # noqa: B004 - objects
        raise TypeError(f"origin_lookup={lookup!r} is async: WSGI needs one that is not, nobody waits for it")


def asked_method(environ: Environ) -> str:
    """Return the method of a request; of a preflight, the one that it announces."""
    method = str(environ["REQUEST_METHOD"])
    if method == "OPTIONS" and "HTTP_ORIGIN" in environ:
        return str(environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", method))
    return method
