"""Policies of single views, which win over the one in the settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_resolver, resolve

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.own import EXEMPT, of_fields
from corsage.server import Policy

View = TypeVar("View", bound=Callable[..., Any])
Own = Policy | Policies | CORS

_MARK: Final = "corsage_policy"


def cors(policy: Own | None = None, **fields: object) -> Callable[[View], View]:
    """Decorate a view: *policy* holds for it, and not the one in the settings. `CORSMiddleware` does the work.

    Classes take it through Django's own ``method_decorator(cors(policy), name="dispatch")``.

    Args:
        policy: what is allowed; a `CORS` may be replaced later.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    own = of_fields(policy, fields)

    def decorate(view: View) -> View:
        return _marked(view, own)

    return decorate


def cors_exempt(view: View) -> View:
    """Decorate a view: it is left alone, preflights and CORS headers of its own included."""
    return _marked(view, EXEMPT)


def _marked(view: View, policy: Own) -> View:
    # A function of its own, since one view may stand in the URLconf twice.
    @wraps(view)
    def with_policy(*args: object, **kwargs: object) -> object:
        return view(*args, **kwargs)

    if iscoroutinefunction(view):
        markcoroutinefunction(with_policy)
    with_policy.__dict__[_MARK] = policy
    Known.some = True
    return with_policy  # type: ignore[return-value]  # called and awaited as the view itself


class Known:
    """What is known of the views of this process.

    Attributes:
        some: whether a view has a policy of its own. Where none has, nobody looks for it.
        loaded: whether the URLconf, and the views with it, has been imported.
    """

    some = False
    loaded = False


def policy_of_view(request: HttpRequest) -> Own | None:
    """Return the policy of the view that answers *request*, or would have; ``None`` where it has none."""
    if not Known.loaded:
        _ = get_resolver().url_patterns
        Known.loaded = True
    if not Known.some:
        return None
    match = request.resolver_match
    view = _view_at(request) if match is None else match.func
    own: Own | None = getattr(view, _MARK, None)
    return own


def _view_at(request: HttpRequest) -> object:
    """Find the view of a request that did not get so far: preflights, and what a login turned away."""
    path = request.path_info
    # CommonMiddleware redirects to the address with a slash; whoever may read that may read the redirect.
    for candidate in (path, path + "/") if settings.APPEND_SLASH else (path,):
        try:
            return resolve(candidate, getattr(request, "urlconf", None)).func
        except Resolver404:
            continue
        except Exception:  # noqa: BLE001 - of a converter: Django answers that
            return None
    return None
