"""CORS131: ``*`` for methods or headers, with credentials."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example, place

_NAMES: Final = {
    "methods": "a method of that name",
    "request_headers": "a header of that name",
    "exposed_headers": "a header of that name",
}


class WildcardNamesWithCredentials(PolicyRule):
    """With credentials a star is a name like any other."""

    code = "CORS131"
    name = "wildcard-names-with-credentials"
    what = "`*` for methods, request headers or exposed headers of a policy that allows credentials."
    why = (
        "For requests with credentials browsers take the star for a literal name: only a method or header that is "
        "called `*` would be allowed. Everything that needed it fails."
    )
    fix = "Name the methods and headers, or do without credentials."
    sources = (
        "https://fetch.spec.whatwg.org/#http-new-header-syntax",
        "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0",
    )
    bad = example(origins=["https://shop.example.com"], credentials=True, request_headers="*")
    good = example(origins=["https://shop.example.com"], credentials=True, request_headers=["x-token"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find the stars."""
        for field, literal in _NAMES.items():
            entries: tuple[str, ...] = getattr(draft, field)
            if draft.credentials and WILDCARD in entries:
                yield self.problem(
                    place(draft, field, entries.index(WILDCARD)),
                    WILDCARD,
                    f"with credentials browsers take the star for {literal}",
                    suggestion="the names that are meant, or credentials = false",
                )
