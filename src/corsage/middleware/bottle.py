"""CORS for Bottle.

    app.install(CORS(Policy(origins=["https://example.com"])))

A plugin, but one that stands before hooks and routing and around errors, where Bottle's plugins do not reach.
A route's own policy is a keyword of it, ``@app.get("/public", cors=Policy(origins="*", public=True))``, and
``skip="corsage"`` leaves a route alone.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from bottle import Bottle, HTTPError, PluginError, Route  # type: ignore[import-untyped]

from corsage.middleware import cors as core
from corsage.middleware.cors import Policies
from corsage.middleware.denial import Denial
from corsage.middleware.own import EXEMPT, of_fields
from corsage.middleware.wsgi import Environ
from corsage.middleware.wsgi_by_route import by_route
from corsage.server import Policy

Own = Policy | Policies | core.CORS
Callback = TypeVar("Callback", bound=Callable[..., object])

KEYWORD: Final = "cors"


class CORS:
    """The plugin. Install it into the outermost application; what is mounted stands behind it, too.

    Args:
        policy: for the routes that have none of their own.
        on_denied: see `corsage.middleware.CORS`.
        debug: likewise.
        log: likewise.
        **fields: of the policy, in its place: ``CORS(origins=["https://example.com"])``.

    Attributes:
        cors: the policy at work, whose ``replace`` changes it.

    Raises:
        PolicyError: the fields are not a policy.
        TypeError: both a policy and fields are given.
    """

    name = "corsage"
    api = 2

    def __init__(
        self,
        policy: Policy | Policies | None = None,
        *,
        on_denied: Callable[[Denial], object] | None = None,
        debug: bool = False,
        log: bool = True,
        **fields: object,
    ) -> None:
        made: Any = of_fields(policy, fields)
        self.cors = core.CORS(made, on_denied=on_denied, debug=debug, log=log)
        self._app: Bottle | None = None

    def setup(self, app: Bottle) -> None:
        """Stand before *app*; Bottle calls this."""
        if self._app is not None or "wsgi" in vars(app):
            raise PluginError("one plugin of this kind stands before one application")
        routes = _Routes(app, self)
        app.wsgi = by_route(app.wsgi, self.cors, routes.policy, routes.known())
        self._app = app

    def apply(self, callback: Callback, route: Route) -> Callback:  # noqa: ARG002 - as Bottle calls it
        """Change nothing of a route: all is done before it."""
        return callback

    def close(self) -> None:
        """Stand aside; Bottle calls this."""
        vars(self._app).pop("wsgi", None)
        self._app = None


class _Routes:
    """Which policy the route of a request has."""

    def __init__(self, app: Bottle, plugin: CORS) -> None:
        self._app = app
        self._plugin = plugin
        self._seen = -1
        self._own: dict[Route, Own] = {}

    def policy(self, environ: Environ, method: str) -> Own | None:
        """Return the policy of the route for a request; where none has any, the address is not even looked at."""
        if len(self._app.routes) != self._seen:
            self.known()
        if not self._own:
            return None
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "ignore")  # as Bottle does
        route = self._matched(path, method)
        return None if route is None else self._own.get(route)

    def known(self) -> Iterable[Own]:
        """Return the policies of the routes that there are."""
        routes = self._app.routes
        self._own = {route: own for route in routes if (own := self._of_route(route)) is not None}
        self._seen = len(routes)
        return self._own.values()

    def _of_route(self, route: Route) -> Own | None:
        # skip=True is left out: it is what applications have that are mounted.
        if any(skipped in (self._plugin.name, self._plugin, CORS) for skipped in route.skiplist):
            return EXEMPT
        own: Any = route.config.get(KEYWORD)
        if own is None and not any(key.startswith(f"{KEYWORD}.") for key in route.config):
            return None
        if not isinstance(own, Policy | Policies | core.CORS):
            raise TypeError(f"cors={own!r} of {route.method} {route.rule} is no policy: write cors=Policy(…)")
        return own

    def _matched(self, path: str, method: str) -> Route | None:
        try:
            return self._found(path, method)
        except Exception:  # noqa: BLE001 - no such address, or a filter failed: the application answers that
            return None

    def _found(self, path: str, method: str) -> Route | None:
        match = self._app.router.match
        try:
            return match({"REQUEST_METHOD": method, "PATH_INFO": path})[0]
        except HTTPError as error:
            # 405 is an answer, too, and is read by whom the route's other methods are for.
            others = error.get_header("Allow", "").split(",")
        return match({"REQUEST_METHOD": others[0], "PATH_INFO": path})[0] if others[0] else None


__all__ = ["CORS", "Policy"]
