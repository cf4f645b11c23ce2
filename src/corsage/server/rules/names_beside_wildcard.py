"""CORS155: names beside ``*``."""

from collections.abc import Iterator
from typing import Final

from corsage.model.names import NON_WILDCARD_HEADERS
from corsage.model.rule import Problem, Severity
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example, place

# Authorization is never among what the star stands for.
_STILL_NEEDED: Final = {
    "methods": frozenset[str](),
    "request_headers": NON_WILDCARD_HEADERS,
    "exposed_headers": frozenset[str](),
}


class NamesBesideWildcard(PolicyRule):
    """All and some more are all."""

    code = "CORS155"
    name = "names-beside-wildcard"
    severity = Severity.NOTE
    what = "A method or header name in a list with `*`. `Authorization` is another matter: the star leaves it out."
    why = "The star allows every name but `Authorization`, so the others have no effect."
    fix = "Remove the names, or the star."
    sources = ("https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name",)
    bad = example(origins="*", request_headers=["*", "Authorization", "X-Token"])
    good = example(origins="*", request_headers=["*", "Authorization"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find names that have no effect."""
        if draft.credentials:
            return  # then the star is the mistake
        for field, needed in _STILL_NEEDED.items():
            entries: tuple[str, ...] = getattr(draft, field)
            if WILDCARD not in entries:
                continue
            for index, name in enumerate(entries):
                if name != WILDCARD and name.lower() not in needed:
                    yield self.problem(
                        place(draft, field, index), name, "the star beside it allows it already"
                    )
