"""Copies of handlers that carry a policy: the same function may stand, without one, under another address."""

import copy
from collections.abc import Callable
from functools import partial, update_wrapper
from types import FunctionType, MethodType, new_class
from typing import Any, Final, TypeVar, cast

from corsage.middleware.cors import CORS, Policies
from corsage.server import Policy

Handler = TypeVar("Handler", bound=Callable[..., Any])

MARK: Final = "__corsage_policy__"


def marked(handler: Handler, policy: Policy | Policies | CORS) -> Handler:
    """Return what does as *handler* does, with *policy*; *handler* itself has none of it.

    A function is copied, not wrapped, so that its signature, its annotations and its kind stay, and no call costs
    more. A class gets a subclass of its name.

    Raises:
        TypeError: *handler* is something else; nobody would look for its policy.
    """
    return cast("Handler", _marked(handler, policy))


def _marked(handler: Any, policy: object) -> Any:  # noqa: ANN401 - as it was given
    if isinstance(handler, MethodType):  # bound; what it is bound to stays
        return MethodType(_marked(handler.__func__, policy), handler.__self__)
    if isinstance(handler, staticmethod | classmethod):
        return type(handler)(_marked(handler.__func__, policy))
    if isinstance(handler, FunctionType):
        made: Any = _copy_of(handler)
    elif isinstance(handler, type):
        made = _subclass_of(handler)
    elif isinstance(handler, partial):
        made = copy.copy(handler)
    else:
        raise TypeError(
            f"cross_origin stands above functions, methods and classes, below the route's decorator; "
            f"it does nothing for {type(handler).__qualname__}"
        )
    setattr(made, MARK, policy)
    return made


def _copy_of(function: FunctionType) -> FunctionType:
    made = FunctionType(
        function.__code__,
        function.__globals__,
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    made.__kwdefaults__ = function.__kwdefaults__ and dict(function.__kwdefaults__)
    update_wrapper(made, function)
    made.__dict__.clear()  # it wraps what the original wraps, and not the original
    made.__dict__.update(function.__dict__)
    if getattr(function, "__annotate__", None) is None:  # else they are worked out when somebody asks
        made.__annotations__ = dict(function.__annotations__)
    return made


def _subclass_of(kind: type) -> type:
    names = {name: getattr(kind, name) for name in ("__module__", "__qualname__", "__doc__")}
    return new_class(kind.__name__, (kind,), exec_body=lambda body: body.update(names))
