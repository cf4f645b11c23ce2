"""CORS173: exposed headers that need no leave."""

from collections.abc import Iterator

from corsage.model.names import SAFELISTED_RESPONSE_HEADERS
from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class ExposedHeaderNeedless(PolicyRule):
    """Seven response headers are always readable."""

    code = "CORS173"
    name = "exposed-header-needless"
    severity = Severity.NOTE
    what = (
        "`Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`, `Last-Modified` or "
        "`Pragma` among the exposed headers."
    )
    why = "Pages read these seven without leave, so the entry changes nothing."
    fix = "Leave it out."
    sources = ("https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name",)
    bad = example(origins=["https://shop.example.com"], exposed_headers=["Content-Length", "X-Total"])
    good = example(origins=["https://shop.example.com"], exposed_headers=["X-Total"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find safelisted names."""
        for index, name in enumerate(draft.exposed_headers):
            if name.lower() in SAFELISTED_RESPONSE_HEADERS:
                yield self.problem(
                    place(draft, "exposed_headers", index), name, "pages read it without leave"
                )
