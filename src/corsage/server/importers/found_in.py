"""Looks for something in what YAML or JSON gave, however deep it is."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from corsage.server.importers.budget import Budget

_DEEPEST: Final = 40

_T = TypeVar("_T")


def found_in(value: object, read: Callable[[Mapping[object, object]], _T | None]) -> Iterator[_T]:
    """Give every mapping in *value* to *read*, and return what it makes of them; not of those within such a one.

    Raises:
        TooLargeError: there is too much of it, as aliases of YAML can make it.
    """
    yield from _within(value, read, Budget(), 0)


def _within(
    value: object, read: Callable[[Mapping[object, object]], _T | None], budget: Budget, depth: int
) -> Iterator[_T]:
    budget.spend()
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        made = read(value)
        if made is not None:
            yield made
            return
        for each in value.values():
            yield from _within(each, read, budget, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _within(each, read, budget, depth + 1)
