"""The normal form of names, as browsers compare them."""

from collections.abc import Iterable
from typing import Final

from corsage.model.names import NORMALIZED_METHODS

_NORMAL: Final = {method.lower(): method for method in NORMALIZED_METHODS}


def without_repeats(names: Iterable[str]) -> tuple[str, ...]:
    """Return each of *names* once, in order of appearance."""
    return tuple(dict.fromkeys(names))


def normal_methods(methods: Iterable[str]) -> tuple[str, ...]:
    """Upper-case the six that browsers upper-case, and leave all others alone.

    Source: https://fetch.spec.whatwg.org/#concept-method-normalize
    """
    return without_repeats(_NORMAL.get(method.lower(), method) for method in methods)


def normal_headers(names: Iterable[str]) -> tuple[str, ...]:
    """Lower-case header names; browsers compare them without regard to case."""
    return without_repeats(name.lower() for name in names)
