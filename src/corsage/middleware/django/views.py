"""Policies of single views, which win over the one in the settings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any, ClassVar, Final, TypeVar

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.urls import get_resolver
from django.views import View

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import LOGGER
from corsage.middleware.django.found import view_at
from corsage.middleware.own import EXEMPT, of_fields
from corsage.server import Policy

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Own = Policy | Policies | CORS

_MARK: Final = "corsage_policy"
_HIDDEN: Final = (
    "the policy of the view %s does nothing: a decorator above hides it, or another view calls it. Write @cors above"
    " all decorators, @api_view included"
)


def cors(policy: Own | None = None, **fields: object) -> Callable[[Decorated], Decorated]:
    """Decorate a view: *policy* holds for it, and not the one in the settings. `CORSMiddleware` does the work.

    Classes take it through Django's own ``method_decorator(cors(policy), name="dispatch")``; above ``get`` or ``post``
    alone it holds for that method. It stands above decorators that hide what is below them, such as ``@api_view``.

    Args:
        policy: what is allowed; a `CORS` may be replaced later.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    own = of_fields(policy, fields)

    def decorate(view: Decorated) -> Decorated:
        return _marked(view, own)

    return decorate


def cors_exempt(view: Decorated) -> Decorated:
    """Decorate a view: it is left alone, preflights and CORS headers of its own included."""
    return _marked(view, EXEMPT)


def _marked(view: Decorated, policy: Own) -> Decorated:
    # A function of its own, since one view may stand in the URLconf twice.
    @wraps(view)
    def with_policy(*args: object, **kwargs: object) -> object:
        _tell_if_hidden(view, policy, args)
        return view(*args, **kwargs)

    if iscoroutinefunction(view):
        markcoroutinefunction(with_policy)
    with_policy.__dict__[_MARK] = policy
    Known.some = True
    return with_policy  # type: ignore[return-value]  # called and awaited as the view itself


def _tell_if_hidden(view: object, policy: Own, args: Iterable[object]) -> None:
    """Log, once, that another view answers the request, as far as Django knows: *policy* does nothing."""
    # The request comes first, or behind self; whoever calls a view in a test has found none.
    match = next((found for each in args if (found := getattr(each, "resolver_match", None))), None)
    name = getattr(view, "__qualname__", repr(view))
    if match is None or name in Known.hidden or any(own is policy for own in _all_of(match.func)):
        return
    Known.hidden.add(name)
    LOGGER.error(_HIDDEN, name)


def _all_of(view: object) -> Iterator[Own | None]:
    """Give the policies of *view* and of its methods, which may call each other."""
    yield getattr(view, _MARK, None)
    for method in View.http_method_names:
        yield _own_of(view, method.upper())


def _own_of(view: object, method: str) -> Own | None:
    """Return the policy of *view*: that of its method where it is a class."""
    # as_view() says so, and the view sets of Django REST framework say it in their own way.
    of_class: object = getattr(view, "view_class", None) or getattr(view, "cls", None)
    actions: Mapping[str, str] = getattr(view, "actions", None) or {}
    if of_class is not None:
        # View.setup lets get answer HEAD.
        for name in (method.lower(), "get") if method == "HEAD" else (method.lower(),):
            by_method: Own | None = getattr(getattr(of_class, actions.get(name, name), None), _MARK, None)
            if by_method is not None:
                return by_method
    own: Own | None = getattr(view, _MARK, None)
    return own


class Known:
    """What is known of the views of this process.

    Attributes:
        some: whether a view has a policy of its own. Where none has, nobody looks for it.
        loaded: whether the URLconf, and the views with it, has been imported.
        hidden: names of views whose policy does nothing.
    """

    hidden: ClassVar[set[str]] = set()

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
    view = view_at(request) if match is None else match.func
    return _own_of(view, _method_to_come(request))


def _method_to_come(request: HttpRequest) -> str:
    """Return the method of *request*; of a preflight, the one that it announces."""
    method = request.method or ""
    if method == "OPTIONS" and "HTTP_ORIGIN" in request.META:
        return str(request.META.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", method))
    return method
