"""Methods and request headers for libraries that answer ``*`` with whatever was asked for, and so grant more by it."""

from typing import Final

from corsage.server import Policy
from corsage.server.draft import WILDCARD
from corsage.stacks.parts import ALL_METHODS, is_any, methods_of, request_headers_of

_AUTHORIZATION: Final = "authorization"
# What pages set most, where a policy has no names.
_USUAL_HEADERS: Final = ("accept", "content-type", "x-requested-with")

Narrowed = tuple[tuple[str, ...], tuple[str, ...]]


def named_headers(policy: Policy) -> Narrowed:
    """Return the request headers to be listed, and what is lost by it; ``("*",)`` where everything may be granted.

    In the standard ``*`` is for every header but Authorization. Libraries that send back what was asked for grant that,
    too: they are told of ``*`` only where the policy names Authorization beside it.
    """
    names = request_headers_of(policy)
    if not is_any(policy.request_headers):
        return names, ()
    if any(each.lower() == _AUTHORIZATION for each in policy.request_headers):
        return (WILDCARD,), ()
    named = tuple(each for each in policy.request_headers if each not in (WILDCARD, *_USUAL_HEADERS))
    limit = (
        "Every header but Authorization is not to be had: * grants Authorization here, too. Some usual ones are "
        "listed; add those that your pages set."
    )
    return (*_USUAL_HEADERS, *named), (limit,)


def named_methods(policy: Policy) -> Narrowed:
    """Return the methods to be listed, and what is lost by it."""
    if not is_any(policy.methods):
        return methods_of(policy), ()
    return ALL_METHODS, (
        f"Methods are listed: {', '.join(ALL_METHODS)}. Add others that your application has.",
    )


def lower_case_lost(names: tuple[str, ...]) -> tuple[str, ...]:
    """Say which methods a library that writes all of them in upper case cannot grant: browsers compare as they are."""
    return tuple(
        f"The method {name} cannot be granted: the library writes methods in upper case."
        for name in names
        if name != name.upper()
    )


def no_zero_age(policy: Policy) -> tuple[str, ...]:
    """Say that a library leaves out a Max-Age of 0, where *policy* wants it."""
    if policy.max_age is None or policy.max_age > 0:
        return ()
    return ("max_age: 0 is left out by the library: browsers keep a preflight's answer for five seconds.",)
