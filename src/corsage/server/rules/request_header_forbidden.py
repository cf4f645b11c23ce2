"""CORS161: request headers that no script may set."""

from collections.abc import Iterator

from corsage.model.names import FORBIDDEN_REQUEST_HEADER_PREFIXES, FORBIDDEN_REQUEST_HEADERS
from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class RequestHeaderForbidden(PolicyRule):
    """Cookie, Origin and Host are the browser's own."""

    code = "CORS161"
    name = "request-header-forbidden"
    what = "A request header that browsers let no script set: `Cookie`, `Origin`, `Host`, `Sec-…`, `Proxy-…`."
    why = (
        "Browsers set these themselves, or never, and no page has to ask for them, so the entry has no effect. "
        "Cookies are allowed with `credentials`, not here."
    )
    fix = "Remove it. For cookies set `credentials`."
    sources = ("https://fetch.spec.whatwg.org/#forbidden-request-header",)
    bad = example(origins=["https://shop.example.com"], request_headers=["x-token", "Cookie"])
    good = example(origins=["https://shop.example.com"], request_headers=["x-token"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find forbidden names."""
        for index, written in enumerate(draft.request_headers):
            name = written.lower()
            if name in FORBIDDEN_REQUEST_HEADERS or name.startswith(FORBIDDEN_REQUEST_HEADER_PREFIXES):
                cookie = name == "cookie" and not draft.credentials
                yield self.problem(
                    place(draft, "request_headers", index),
                    written,
                    "no browser lets a script set it",
                    suggestion="credentials = true instead" if cookie else None,
                )
