"""What configurations say of a policy beside its origins, in the form that most of them want."""

from collections.abc import Sequence
from typing import Final

from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.server import Policy
from corsage.server.draft import WILDCARD

ALL_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def is_any(names: Sequence[str] | str) -> bool:
    """Tell whether *names* is ``*``."""
    return names == WILDCARD or WILDCARD in names


def methods_of(policy: Policy) -> tuple[str, ...]:
    """Return every method that pages may use, GET, HEAD and POST first; for ``*`` those that applications have."""
    if is_any(policy.methods):
        return ALL_METHODS
    first = tuple(name for name in ALL_METHODS if name in CORS_SAFELISTED_METHODS)
    return (*first, *(name for name in policy.methods if name not in first))


def request_headers_of(policy: Policy) -> tuple[str, ...]:
    """Return the request headers that pages may set, as the policy spells them; ``("*",)`` for all."""
    return ("*",) if is_any(policy.request_headers) else tuple(policy.request_headers)


def exposed_headers_of(policy: Policy) -> tuple[str, ...]:
    """Return the response headers that pages may read beyond the safelisted ones; ``("*",)`` for all."""
    return ("*",) if is_any(policy.exposed_headers) else tuple(policy.exposed_headers)


# Why a part of a policy is missing from a configuration; renderers add what is peculiar to their stack.
LOOKUP_LOST: Final = (
    "origin_lookup is code: the configuration cannot ask it, so the origins that only it allows are left out."
)
