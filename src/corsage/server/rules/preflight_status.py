"""CORS183: a status that makes every preflight fail."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example

_OK: Final = range(200, 300)


class PreflightStatus(PolicyRule):
    """Only an ok status lets a preflight pass."""

    code = "CORS183"
    name = "preflight-status"
    what = "A `preflight_status` outside 200 to 299."
    why = "A preflight whose answer has another status has failed, whatever its headers say."
    fix = "Write 204, or 200 for very old clients."
    sources = (
        "https://fetch.spec.whatwg.org/#ok-status",
        "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0",
    )
    bad = example(origins=["https://shop.example.com"], preflight_status=304)
    good = example(origins=["https://shop.example.com"], preflight_status=204)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare it with the ok statuses."""
        if draft.preflight_status not in _OK:
            yield self.problem(
                "preflight_status",
                draft.preflight_status,
                "browsers let a preflight pass only with a status from 200 to 299",
                suggestion="204",
            )
