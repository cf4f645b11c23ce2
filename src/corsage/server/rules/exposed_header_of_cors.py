"""CORS172: the headers of CORS itself among the exposed ones."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.request_header_of_answers import ANSWER_HEADERS

_REQUEST_HEADERS: Final = frozenset(
    {"origin", "access-control-request-headers", "access-control-request-method"}
)


class ExposedHeaderOfCors(PolicyRule):
    """These are between server and browser."""

    code = "CORS172"
    name = "exposed-header-of-cors"
    what = "`Origin` or an `Access-Control-…` header among the exposed headers."
    why = (
        "These are the words between server and browser. To expose them gives no page any leave; mostly it is "
        "meant to, by somebody who tries everything."
    )
    fix = "Remove it. What the pages may do is said by the other fields."
    sources = ("https://fetch.spec.whatwg.org/#http-responses",)
    bad = example(origins=["https://shop.example.com"], exposed_headers=["Access-Control-Allow-Origin"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find them."""
        for index, name in enumerate(draft.exposed_headers):
            lower = name.lower()
            if lower in _REQUEST_HEADERS:
                reason = "it is a header of requests"
            elif lower in ANSWER_HEADERS:
                reason = "it speaks to the browser, and pages have no use for it"
            else:
                continue
            yield self.problem(place(draft, "exposed_headers", index), name, reason)
