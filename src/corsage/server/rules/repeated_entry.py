"""CORS104: an entry that stands in its list already."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.normal import normal_methods
from corsage.server.rules.base import PolicyRule, example, place


def _as_it_is(text: str) -> str:
    return text


def _method(text: str) -> str:
    return normal_methods((text,))[0]


_LISTS: Final[Mapping[str, Callable[[str], str]]] = {
    "origins": _as_it_is,
    "origin_regexes": _as_it_is,
    "methods": _method,
    "request_headers": str.lower,
    "exposed_headers": str.lower,
}


class RepeatedEntry(PolicyRule):
    """Harmless, and a sign that somebody lost sight of the list."""

    code = "CORS104"
    name = "repeated-entry"
    severity = Severity.NOTE
    what = "An entry of a list that stands in it already; header names are compared without regard to case."
    why = "It changes nothing; but whoever takes out one of the two will wonder why nothing happens."
    fix = "Remove it."
    bad = example(origins=["https://shop.example.com"], request_headers=["X-Token", "x-token"])
    good = example(origins=["https://shop.example.com"], request_headers=["X-Token"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find the second and later of equal entries."""
        for field, normal in _LISTS.items():
            entries: tuple[str, ...] = getattr(draft, field)
            if len(set(entries)) == len(entries) and normal is _as_it_is:
                continue
            first: dict[str, int] = {}
            for index, text in enumerate(entries):
                before = first.setdefault(normal(text), index)
                if before != index:
                    there = place(draft, field, before)
                    yield self.problem(place(draft, field, index), text, f"it is the same as {there}")
