"""CORS152: a method in lower case that browsers leave in lower case."""

from collections.abc import Iterator

from corsage.grammar import is_method
from corsage.model.names import FORBIDDEN_METHODS, NORMALIZED_METHODS
from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class MethodCase(PolicyRule):
    """``patch`` is not ``PATCH``."""

    code = "CORS152"
    name = "method-case"
    severity = Severity.WARNING
    what = "A method in lower case other than the six that browsers put into upper case themselves."
    why = (
        "Browsers turn `put` into `PUT`, and `delete`, `get`, `head`, `options` and `post` likewise; every other "
        "method is sent as the page wrote it. The entry `patch` allows `patch` alone and refuses `PATCH`."
    )
    fix = "Write it in upper case, here and in the page."
    sources = ("https://fetch.spec.whatwg.org/#concept-method-normalize",)
    bad = example(origins=["https://shop.example.com"], methods=["patch"])
    good = example(origins=["https://shop.example.com"], methods=["PATCH"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find lower-case letters in methods that browsers do not change."""
        for index, method in enumerate(draft.methods):
            upper = method.upper()
            if method == upper or not is_method(method) or upper in NORMALIZED_METHODS | FORBIDDEN_METHODS:
                continue
            beside = upper in draft.methods
            yield self.problem(
                place(draft, "methods", index),
                method,
                f"browsers do not change its case: it allows {method} and not {upper}",
                suggestion=upper,
                severity=Severity.NOTE if beside else None,
            )
