"""CORS151: methods that no script may use."""

from collections.abc import Iterator

from corsage.model.names import FORBIDDEN_METHODS
from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class MethodForbidden(PolicyRule):
    """Browsers refuse CONNECT, TRACE and TRACK before anything is sent."""

    code = "CORS151"
    name = "method-forbidden"
    what = "`CONNECT`, `TRACE` or `TRACK` among the methods, in any case."
    why = (
        "`fetch()` throws a TypeError for them. To allow them has no effect, and scanners complain about it."
    )
    fix = "Remove it."
    sources = ("https://fetch.spec.whatwg.org/#forbidden-method",)
    bad = example(origins=["https://shop.example.com"], methods=["PUT", "TRACE"])
    good = example(origins=["https://shop.example.com"], methods=["PUT"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find forbidden methods."""
        for index, method in enumerate(draft.methods):
            if method.upper() in FORBIDDEN_METHODS:
                yield self.problem(place(draft, "methods", index), method, "no browser lets a script use it")
