"""CORS163: request headers that need no leave."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place

# Content-Type is not among them: application/json needs leave. Nor is Range, of which only one form needs none.
# These three need it as well if their values are long or strange, which no page's are.
_SAFELISTED: Final = frozenset({"accept", "accept-language", "content-language"})


class RequestHeaderNeedless(PolicyRule):
    """Accept needs no leave, Content-Type does."""

    code = "CORS163"
    name = "request-header-needless"
    severity = Severity.NOTE
    what = "`Accept`, `Accept-Language` or `Content-Language` among the request headers."
    why = (
        "Browsers send them without asking, unless their values are longer than 128 bytes or hold unusual "
        "characters. `Content-Type` is another matter: without leave it may name only the three types that forms "
        "send, and `application/json` is none of them."
    )
    fix = "Leave it out."
    sources = ("https://fetch.spec.whatwg.org/#cors-safelisted-request-header",)
    bad = example(origins=["https://shop.example.com"], request_headers=["accept", "content-type"])
    good = example(origins=["https://shop.example.com"], request_headers=["content-type"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find safelisted names."""
        for index, name in enumerate(draft.request_headers):
            if name.lower() in _SAFELISTED:
                yield self.problem(
                    place(draft, "request_headers", index), name, "browsers send it without asking"
                )
