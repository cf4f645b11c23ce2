"""A handler's own policy, for frameworks that are neither ASGI nor WSGI inside: it wins over the application's."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.own import EXEMPT, OwnPolicies, of_fields
from corsage.server import Policy

Handler = TypeVar("Handler", bound=Callable[..., Any])

_MARK: Final = "__corsage_policy__"


def cross_origin(
    policy: Policy | Policies | CORS | None = None,
    /,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> Callable[[Handler], Handler]:
    """Give the handler that is decorated a policy of its own; stand below the framework's own decorator.

    Args:
        policy: what is allowed there; or the fields of a `Policy`, as keywords. `EXEMPT` leaves the handler alone.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    own = of_fields(policy, fields)

    def mark(handler: Handler) -> Handler:
        setattr(handler, _MARK, own)
        return handler

    return mark


def policy_of(handler: object) -> Policy | Policies | CORS | None:
    """Return what `cross_origin` gave to *handler*; ``None`` where it stands nowhere above it."""
    found = getattr(handler, _MARK, None)
    return found if isinstance(found, Policy | Policies | CORS) else None


def cors_of(policies: OwnPolicies, handler: object, method: str) -> CORS:
    """Return what holds for *handler*: its own policy, that of its method where it is a class, or the whole's."""
    if isinstance(handler, type):
        by_method = getattr(getattr(handler, method.lower(), None), _MARK, None)
        if by_method is not None:
            return policies.at_work(by_method)
    own = getattr(handler, _MARK, None)
    return policies.whole if own is None else policies.at_work(own)


__all__ = ["EXEMPT", "cors_of", "cross_origin", "policy_of"]
