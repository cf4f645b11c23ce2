"""CORS123: ``null`` among the origins."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import NULL, Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.spelling_rule import MOST_SPELT, ORIGIN_HEADER
from corsage.server.sorted_origins import sorted_origins
from corsage.server.spelling import Fault, spelling


class OriginNull(PolicyRule):
    """Whoever wants it can send ``Origin: null``."""

    code = "CORS123"
    name = "origin-null"
    what = "`null` in `origins`, without the option that allows it."
    why = (
        "Every site can send `Origin: null`: a sandboxed frame, a data: URL or some redirects are enough. Who "
        "allows null allows everyone, with credentials if those are allowed."
    )
    fix = "List real origins. If null is really meant, say so with `dangerously_allow_null_origin`."
    sources = (
        ORIGIN_HEADER,
        "https://w3c.github.io/webappsec-cors-for-developers/#avoid-returning-access-control-allow-origin-null",
    )
    bad = example(origins=["https://shop.example.com", "null"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find entries that mean ``null``."""
        allowed = draft.dangerously_allow_null_origin
        for index, text in sorted_origins(draft.origins).misspelt[:MOST_SPELT]:
            if (text == NULL and allowed) or Fault.NULL not in spelling(text).faults:
                continue
            reason = (
                "it is written in lower case, without quotes and spaces"
                if allowed
                else "every site can send it from a sandboxed frame; only dangerously_allow_null_origin allows it"
            )
            yield self.problem(
                place(draft, "origins", index), text, reason, suggestion=NULL if allowed else None
            )
