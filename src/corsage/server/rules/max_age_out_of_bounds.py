"""CORS180: a max age that means nothing."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example

LONGEST: Final = 86_400
CAPS: Final = "Chromium keeps an answer for 7200 seconds at most, Firefox for 86400, WebKit for 600"


class MaxAgeOutOfBounds(PolicyRule):
    """A day is more than any browser keeps."""

    code = "CORS180"
    name = "max-age-out-of-bounds"
    what = "A `max_age` below -1 or above 86400 seconds, which is a day."
    why = (
        f"No browser keeps a preflight's answer for longer than a day, and none knows an age below 0. {CAPS}."
    )
    fix = "Write 86400 for as long as possible, 7200 for as long as most browsers can, 0 for not at all."
    sources = ("https://fetch.spec.whatwg.org/#http-access-control-max-age",)
    bad = example(origins=["https://shop.example.com"], max_age=604_800)
    good = example(origins=["https://shop.example.com"], max_age=7200)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare it with the bounds."""
        age = draft.max_age
        if age is None or -1 <= age <= LONGEST:
            return
        if age < 0:
            yield self.problem("max_age", age, "an age is not negative; 0 means not at all", suggestion="0")
        else:
            yield self.problem("max_age", age, f"it is more than a day; {CAPS}", suggestion=str(LONGEST))
