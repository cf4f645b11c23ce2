"""A handler's own policy, for frameworks whose handlers we can find before they run: it wins over the application's."""

from collections.abc import Callable
from functools import partial
from typing import Any

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.marked import MARK, Handler, marked
from corsage.middleware.own import EXEMPT, OwnPolicies, of_fields
from corsage.server import Policy


def cross_origin(
    policy: Policy | Policies | CORS | None = None,
    /,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> Callable[[Handler], Handler]:
    """Give the handler that is decorated a policy of its own; stand below the framework's own decorator.

    What the decorator returns has the policy, a copy of a function or a subclass of a class. What it is given has
    none, and may stand under another address as it is.

    Args:
        policy: what is allowed there; or the fields of a `Policy`, as keywords. `EXEMPT` leaves the handler alone.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given; or what is decorated is no function, method or class.
    """
    own = of_fields(policy, fields)

    def mark(handler: Handler) -> Handler:
        return marked(handler, own)

    return mark


def policy_of(handler: object, method: str = "") -> Policy | Policies | CORS | None:
    """Return what `cross_origin` gave to *handler*, or to its method where it is a class; ``None`` for nothing."""
    if isinstance(handler, type) and method:
        by_method = policy_of(_of_class(handler, method))
        if by_method is not None:
            return by_method
    found = getattr(handler, MARK, None)
    if found is None and isinstance(handler, partial):
        return policy_of(handler.func)
    return found if isinstance(found, Policy | Policies | CORS) else None


def has_policy(handler: object) -> bool:
    """Tell whether `policy_of` has an answer for any method."""
    if policy_of(handler) is not None:
        return True
    kinds = handler.__mro__ if isinstance(handler, type) else ()
    return any(policy_of(each) is not None for kind in kinds for each in vars(kind).values())


def cors_of(policies: OwnPolicies, handler: object, method: str) -> CORS:
    """Return what holds for *handler*: its own policy, that of its method where it is a class, or the whole's."""
    own = policy_of(handler, method)
    return policies.whole if own is None else policies.at_work(own)


def _of_class(handler: type, method: str) -> object:
    found = getattr(handler, method.lower(), None)
    return getattr(handler, "get", None) if found is None and method == "HEAD" else found


__all__ = ["EXEMPT", "cors_of", "cross_origin", "has_policy", "policy_of"]
