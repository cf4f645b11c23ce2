"""CORS150: what is no method."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.name_repair import mended_names, method_fault


class MethodInvalid(PolicyRule):
    """A method is a token: no spaces, no commas."""

    code = "CORS150"
    name = "method-invalid"
    what = "An entry of `methods` that is no token, as `PUT, DELETE` in one text, or has more than 64 characters."
    why = "No request has such a method, and browsers throw the whole answer away when they cannot read the list."
    fix = "Write one method in each entry."
    sources = (
        "https://fetch.spec.whatwg.org/#concept-method",
        "https://httpwg.org/specs/rfc9110.html#tokens",
    )
    bad = example(origins=["https://shop.example.com"], methods=["PUT, DELETE"])
    good = example(origins=["https://shop.example.com"], methods=["PUT", "DELETE"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what is no token, and what is far too long for one."""
        for index, method in enumerate(draft.methods):
            reason = method_fault(method)
            if reason is not None:
                yield self.problem(
                    place(draft, "methods", index), method, reason, suggestion=mended_names(method)
                )
