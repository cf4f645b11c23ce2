"""CORS150: what is no method."""

from collections.abc import Iterator

from corsage.grammar import is_method
from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.name_repair import mended_names


class MethodInvalid(PolicyRule):
    """A method is a token: no spaces, no commas."""

    code = "CORS150"
    name = "method-invalid"
    what = "An entry of `methods` that is no token, such as `PUT, DELETE` in one text."
    why = "No request has such a method, and browsers throw the whole answer away when they cannot read the list."
    fix = "Write one method in each entry."
    sources = (
        "https://fetch.spec.whatwg.org/#concept-method",
        "https://httpwg.org/specs/rfc9110.html#tokens",
    )
    bad = example(origins=["https://shop.example.com"], methods=["PUT, DELETE"])
    good = example(origins=["https://shop.example.com"], methods=["PUT", "DELETE"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what is no token."""
        for index, method in enumerate(draft.methods):
            if not is_method(method):
                yield self.problem(
                    place(draft, "methods", index),
                    method,
                    "this is no method: a method has no spaces, commas or quotes"
                    if method
                    else "it is empty",
                    suggestion=mended_names(method),
                )
