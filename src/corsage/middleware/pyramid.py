"""CORS for Pyramid.

    config.include("corsage.middleware.pyramid")
    config.set_cors_policy(Policy(origins=["https://example.com"]))

It stands around the router's execution policy: before tweens, security and views, and around what they raise.
The policy may be in the settings, too: ``corsage.origins = https://example.com``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from pyramid.config import Configurator  # type: ignore[import-untyped]
from pyramid.events import ApplicationCreated  # type: ignore[import-untyped]
from pyramid.interfaces import IRoutesMapper  # type: ignore[import-untyped]
from pyramid.router import Router  # type: ignore[import-untyped]

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.own import EXEMPT, of_fields
from corsage.middleware.wsgi import Environ
from corsage.middleware.wsgi_by_route import by_route, demand_plain_lookup
from corsage.middleware.wsgi_start import StartResponse
from corsage.model.rule import Problem, Severity
from corsage.server import Policy, PolicyError, problems_of
from corsage.server.formats.env import PREFIX, read_variables

Own = Policy | Policies | CORS

KEY: Final = "corsage"
_ROUTES: Final = "corsage routes"
# What a predicate that reads the body leaves behind, so that it can be read again.
_BODY: Final = ("wsgi.input", "webob.is_body_seekable", "CONTENT_LENGTH")


def includeme(config: Configurator) -> None:
    """Add the directive ``set_cors_policy``, and stand before the application once it is made.

    Raises:
        PolicyError: the settings that begin with ``corsage.`` are not a policy.
    """
    config.add_directive("set_cors_policy", set_cors_policy)
    config.add_subscriber(_stand_before, ApplicationCreated)
    config.registry[_ROUTES] = {}
    config.registry[KEY] = CORS(policy_from_settings(config.registry.settings))


def set_cors_policy(
    config: Configurator,
    policy: Own | None = None,
    *,
    route_name: str | None = None,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: object,
) -> None:
    """Say what is allowed. ``config.registry["corsage"]`` is the policy at work, whose ``replace`` changes it.

    Args:
        config: the configurator, of which this is a method.
        policy: for the application or, with *route_name*, for one route; `EXEMPT` leaves a route alone.
        route_name: of a route whose policy it is.
        on_denied: see `corsage.middleware.CORS`; the application's is that of its routes.
        debug: likewise.
        log: likewise.
        **fields: of the policy, in its place: ``set_cors_policy(origins=["https://example.com"])``.

    Raises:
        PolicyError: the fields are not a policy.
        TypeError: both a policy and fields are given; or the ``origin_lookup`` is async, for which WSGI does not wait.
    """
    own = of_fields(policy, fields)
    demand_plain_lookup(own)

    def register() -> None:
        if route_name is not None:
            config.registry[_ROUTES][route_name] = own
        elif isinstance(own, CORS):
            config.registry[KEY] = own
        else:
            config.registry[KEY] = CORS(own, on_denied=on_denied, debug=debug, log=log)

    config.action((KEY, route_name), register)


def policy_from_settings(settings: Mapping[str, str]) -> Policy | Policies:
    """Make a policy of the settings ``corsage.origins``, ``corsage.max_age`` and so on, if there are any.

    Raises:
        PolicyError: with every unknown name, every value that does not parse, and all that the rules find.
    """
    ours = {name: str(value) for name, value in settings.items() if name.startswith(f"{KEY}.")}
    if not ours:
        return EXEMPT
    names = {PREFIX + name.removeprefix(f"{KEY}.").upper(): name for name in ours}
    values, misread = read_variables({variable: ours[name] for variable, name in names.items()})
    problems = [
        *(replace(each, field=names.get(each.field, each.field)) for each in misread),
        *_found(values),
    ]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise PolicyError(problems)
    return Policy.of(values)


def _found(values: Mapping[str, object]) -> Iterable[Problem]:
    return (replace(problem, field=f"{KEY}.{problem.field}") for problem in problems_of(values))


def _stand_before(event: ApplicationCreated) -> None:
    router: Router = event.app
    inner = router.execution_policy

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answered: Iterable[bytes] = inner(environ, router)(environ, start_response)
        return answered

    known = router.registry[_ROUTES].values()
    behind = by_route(application, router.registry[KEY], _policies_of_routes(router), known)
    router.execution_policy = lambda _environ, _router: behind


def _policies_of_routes(router: Router) -> Callable[[Environ, str], Own | None]:
    own: Mapping[str, Own] = router.registry[_ROUTES]
    mapper = router.registry.queryUtility(IRoutesMapper)

    def find(environ: Environ, method: str) -> Own | None:
        if not own:
            return None
        asked = {**environ, "REQUEST_METHOD": method}
        try:
            route = _matched(router, mapper, asked)
        except Exception:  # noqa: BLE001 - of a predicate, or no path at all: Pyramid answers that
            return None
        finally:
            environ.update((name, asked[name]) for name in _BODY if name in asked)
        return None if route is None else own.get(route.name)

    return find


def _matched(router: Router, mapper: Callable[[Any], Mapping[str, Any]], environ: Environ) -> Any:  # noqa: ANN401 - a route
    """Find the route as Pyramid does: predicates may use all that extends requests, and the thread's own request."""
    with router.request_context(environ) as request:
        try:
            return mapper(request)["route"]
        finally:
            if request.finished_callbacks:  # which close what a predicate has opened
                request._process_finished_callbacks()  # noqa: SLF001 - there is no public way, scripts do so, too


__all__ = ["CORS", "EXEMPT", "Policy", "includeme", "policy_from_settings", "set_cors_policy"]
