"""CORS for Flask.

    CORS(app, Policy(origins=["https://example.com"]))

It stands around ``app.wsgi_app``: before blueprints, hooks and logins, and around what answers errors.
"""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from types import FunctionType
from typing import Any, Final, TypeVar, cast

from flask import Blueprint, Flask, current_app

from corsage.middleware import cors as core
from corsage.middleware.cors import Policies
from corsage.middleware.denial import Denial
from corsage.middleware.flask_routes import DECORATED, MARK, Own, Routes
from corsage.middleware.own import EXEMPT, of_fields
from corsage.middleware.wsgi_by_route import by_route, demand_plain_lookup
from corsage.server import Policy

View = TypeVar("View", bound=Callable[..., Any] | Blueprint)

EXTENSION: Final = "corsage"
SETTING: Final = "CORSAGE"


class CORS:
    """The extension. ``app.extensions["corsage"]`` is the policy at work, whose ``replace`` changes it.

    Args:
        app: to stand before; or leave it to `init_app`.
        policy: what is allowed. Where there is neither a policy nor fields, ``app.config["CORSAGE"]`` says it: a
            policy or a dict of its fields. Where that is missing, too, only the routes with `cross_origin` have one.
        on_denied: see `corsage.middleware.CORS`.
        debug: likewise.
        log: likewise.
        **fields: of the policy, in its place: ``CORS(app, origins=["https://example.com"])``.

    Raises:
        PolicyError: the fields are not a policy.
        TypeError: both a policy and fields are given.
    """

    def __init__(
        self,
        app: Flask | None = None,
        policy: Policy | Policies | None = None,
        *,
        on_denied: Callable[[Denial], object] | None = None,
        debug: bool = False,
        log: bool = True,
        **fields: object,
    ) -> None:
        self._policy: Any = of_fields(policy, fields) if fields else policy
        self._options: dict[str, Any] = {"on_denied": on_denied, "debug": debug, "log": log}
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Stand before *app*.

        Raises:
            PolicyError: what its configuration says is not a policy.
            RuntimeError: a policy stands before it already.
            TypeError: an ``origin_lookup`` is async, for which WSGI does not wait. ``replace`` raises it, too.
            ValueError: debug is on, and a policy is for production. Views that are added later lose but the debugging.
        """
        if EXTENSION in app.extensions:
            raise RuntimeError('a policy stands before this application already: app.extensions["corsage"]')
        cors = core.CORS(self._policy_for(app), **self._options)
        routes = Routes(app)
        behind: Any = by_route(app.wsgi_app, cors, routes.policy, routes.known())
        app.extensions[EXTENSION] = cors
        app.wsgi_app = behind  # type: ignore[method-assign]  # as Flask's manual says

    def _policy_for(self, app: Flask) -> Policy | Policies:
        given: Any = app.config.get(SETTING) if self._policy is None else self._policy
        if given is None:
            return EXEMPT
        return Policy.of(given) if isinstance(given, dict) else given


def cross_origin(policy: Own | None = None, **fields: object) -> Callable[[View], View]:
    """Decorate a view or a blueprint: *policy* holds there, and not the application's. `CORS` does the work.

    It stands below ``@app.route``; in a `MethodView` it may stand above a method.

    Args:
        policy: what is allowed; a `corsage.middleware.CORS` may be replaced later; `EXEMPT` leaves the view alone,
            preflights and CORS headers of its own included.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given; or the ``origin_lookup`` is async.
    """
    own = of_fields(policy, fields)
    demand_plain_lookup(own)

    def decorate(view: View) -> View:
        return cast("View", _marked(view, own))

    return decorate


def _marked(view: Any, policy: Own) -> Any:  # noqa: ANN401 - a view or a blueprint, returned as such
    if isinstance(view, Blueprint):
        view.__dict__[MARK] = policy
        return view

    # A function of its own, since one view may stand under two addresses.
    @wraps(view)
    def with_policy(*args: object, **kwargs: object) -> object:
        _demand_extension()
        return view(*args, **kwargs)

    @wraps(view)
    async def with_policy_later(*args: object, **kwargs: object) -> object:
        _demand_extension()
        return await view(*args, **kwargs)

    made: Any = with_policy_later if iscoroutinefunction(view) else with_policy
    made.__dict__[MARK] = policy
    if isinstance(view, FunctionType):
        view.__dict__[DECORATED] = True
    return made


def _demand_extension() -> None:
    if EXTENSION not in current_app.extensions:
        raise RuntimeError(
            "a view has a policy, and nobody enforces it: write CORS(app) from corsage.middleware.flask"
        )


__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin"]
