"""CORS170: what is no header name, among the exposed headers."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.name_repair import header_fault, mended_names


class ExposedHeaderInvalid(PolicyRule):
    """A header name is a token: no spaces, no colon."""

    code = "CORS170"
    name = "exposed-header-invalid"
    what = "An entry of `exposed_headers` that is no header name, or has more than 256 characters."
    why = "No response has such a header, and one bad name makes browsers ignore the whole list."
    fix = "Write one name in each entry, without a colon and a value."
    sources = (
        "https://fetch.spec.whatwg.org/#header-name",
        "https://fetch.spec.whatwg.org/#extract-header-list-values",
    )
    bad = example(origins=["https://shop.example.com"], exposed_headers=["X-Total X-Page"])
    good = example(origins=["https://shop.example.com"], exposed_headers=["X-Total", "X-Page"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what is no token, and what is far too long for one."""
        for index, name in enumerate(draft.exposed_headers):
            reason = header_fault(name)
            if reason is not None:
                yield self.problem(
                    place(draft, "exposed_headers", index), name, reason, suggestion=mended_names(name)
                )
