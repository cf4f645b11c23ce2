"""CORS171: ``Set-Cookie`` among the exposed headers."""

from collections.abc import Iterator

from corsage.model.names import FORBIDDEN_RESPONSE_HEADERS
from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class ExposedHeaderForbidden(PolicyRule):
    """No page may read ``Set-Cookie``, whoever wishes it."""

    code = "CORS171"
    name = "exposed-header-forbidden"
    what = "`Set-Cookie` or `Set-Cookie2` among the exposed headers."
    why = (
        "Browsers take them out of every response before a page sees it: the cookie is stored, and cannot be read. "
        "The entry has no effect."
    )
    fix = "Remove it. Cookies are stored if the request had credentials and `credentials` is set."
    sources = ("https://fetch.spec.whatwg.org/#forbidden-response-header-name",)
    bad = example(origins=["https://shop.example.com"], exposed_headers=["Set-Cookie"], credentials=True)
    good = example(origins=["https://shop.example.com"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find them."""
        for index, name in enumerate(draft.exposed_headers):
            if name.lower() in FORBIDDEN_RESPONSE_HEADERS:
                yield self.problem(
                    place(draft, "exposed_headers", index), name, "no browser lets a page read it"
                )
