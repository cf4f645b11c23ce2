"""CORS184: a resource policy that no browser knows."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example

_KNOWN: Final = ("same-origin", "same-site", "cross-origin")
_LONGEST: Final = 64


class ResourcePolicy(PolicyRule):
    """Three values, in lower case."""

    code = "CORS184"
    name = "resource-policy"
    what = "A `resource_policy` other than `same-origin`, `same-site` and `cross-origin`."
    why = (
        "Browsers ignore a value that they do not know, and compare it with regard to case. What was to be "
        "protected is not."
    )
    fix = "Write one of the three."
    sources = ("https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header",)
    bad = example(origins=["https://shop.example.com"], resource_policy="crossorigin")
    good = example(origins=["https://shop.example.com"], resource_policy="cross-origin")

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare it with the three."""
        value = draft.resource_policy
        if value is None or value in _KNOWN:
            return
        squeezed = value[:_LONGEST].strip().lower().replace("_", "-").replace(" ", "-")
        close = get_close_matches(squeezed, _KNOWN, n=1, cutoff=0.7)
        yield self.problem(
            "resource_policy",
            value,
            f"browsers know {_KNOWN[0]}, {_KNOWN[1]} and {_KNOWN[2]}, in lower case",
            suggestion=close[0] if close else None,
        )
