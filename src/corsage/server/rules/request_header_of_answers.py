"""CORS162: headers of answers among the request headers."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place

ANSWER_HEADERS: Final = frozenset(
    {
        "access-control-allow-credentials",
        "access-control-allow-headers",
        "access-control-allow-methods",
        "access-control-allow-origin",
        "access-control-allow-private-network",
        "access-control-expose-headers",
        "access-control-max-age",
    }
)


class RequestHeaderOfAnswers(PolicyRule):
    """A page that sends ``Access-Control-Allow-Origin`` has mistaken its side."""

    code = "CORS162"
    name = "request-header-of-answers"
    what = "`Access-Control-Allow-Origin` and its like among the request headers."
    why = (
        "Servers send these, pages do not. A page that sets one only causes a preflight; to allow it hides the "
        "mistake in the page instead of showing it."
    )
    fix = "Remove it here, and in the page that sets it."
    sources = ("https://fetch.spec.whatwg.org/#http-responses",)
    bad = example(origins=["https://shop.example.com"], request_headers=["access-control-allow-origin"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find them."""
        for index, name in enumerate(draft.request_headers):
            if name.lower() in ANSWER_HEADERS:
                yield self.problem(
                    place(draft, "request_headers", index), name, "servers send it, pages do not"
                )
