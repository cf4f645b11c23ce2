"""CORS181: a max age that not all browsers grant."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example
from corsage.server.rules.max_age_out_of_bounds import CAPS, LONGEST

_CHROMIUM: Final = 7200


class MaxAgeCapped(PolicyRule):
    """Two hours are the longest for most users."""

    code = "CORS181"
    name = "max-age-capped"
    severity = Severity.NOTE
    what = "A `max_age` above 7200 seconds."
    why = f"{CAPS}. A longer age reaches the users of Firefox alone."
    fix = "Nothing needs to be done. 7200 says the same to most browsers."
    sources = (
        "https://fetch.spec.whatwg.org/#http-access-control-max-age",
        "https://source.chromium.org/chromium/chromium/src/+/main:services/network/public/cpp/cors/preflight_result.cc",
    )
    bad = example(origins=["https://shop.example.com"], max_age=86_400)
    good = example(origins=["https://shop.example.com"], max_age=7200)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare it with Chromium's cap."""
        if draft.max_age is not None and _CHROMIUM < draft.max_age <= LONGEST:
            yield self.problem("max_age", draft.max_age, CAPS)
