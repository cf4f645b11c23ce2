"""CORS186: how long a lookup's answer holds."""

import math
from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import DEFAULTS, Draft
from corsage.server.rules.base import PolicyRule, example

_LONG: Final = 86_400


class LookupSeconds(PolicyRule):
    """A removed tenant stays allowed for so long."""

    code = "CORS186"
    name = "lookup-seconds"
    what = "An `origin_lookup_seconds` that is negative, infinite or no number, or longer than a day."
    why = (
        "For so long an origin stays allowed after your database has forgotten it. A negative time has no meaning, "
        "and an endless one makes every removal wait for a restart."
    )
    fix = "Write a number of seconds: 60 is a good start, 0 asks each time."
    bad = example(origins=["https://shop.example.com"], origin_lookup_seconds=-1)
    good = example(origins=["https://shop.example.com"], origin_lookup_seconds=60)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Compare it with the bounds."""
        seconds = draft.origin_lookup_seconds
        if not math.isfinite(seconds) or seconds < 0:
            yield self.problem(
                "origin_lookup_seconds",
                seconds,
                "it is no length of time; 0 asks each time",
                suggestion=f"{DEFAULTS['origin_lookup_seconds']:g}",
            )
        elif seconds > _LONG:
            yield self.problem(
                "origin_lookup_seconds",
                seconds,
                "an origin that is taken away stays allowed for more than a day",
                severity=Severity.WARNING,
            )
