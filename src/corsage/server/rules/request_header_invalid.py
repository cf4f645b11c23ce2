"""CORS160: what is no header name, among the request headers."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.name_repair import header_fault, mended_names


class RequestHeaderInvalid(PolicyRule):
    """A header name is a token: no spaces, no colon."""

    code = "CORS160"
    name = "request-header-invalid"
    what = (
        "An entry of `request_headers` that is no header name, such as `X-Token: 1` or two names in one text, or "
        "that has more than 256 characters."
    )
    why = "No request has such a header, and browsers throw the whole answer away when they cannot read the list."
    fix = "Write one name in each entry, without a colon and a value."
    sources = (
        "https://fetch.spec.whatwg.org/#header-name",
        "https://httpwg.org/specs/rfc9110.html#tokens",
    )
    bad = example(origins=["https://shop.example.com"], request_headers=["X-Token, X-Trace"])
    good = example(origins=["https://shop.example.com"], request_headers=["X-Token", "X-Trace"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find what is no token, and what is far too long for one."""
        for index, name in enumerate(draft.request_headers):
            reason = header_fault(name)
            if reason is not None:
                yield self.problem(
                    place(draft, "request_headers", index), name, reason, suggestion=mended_names(name)
                )
