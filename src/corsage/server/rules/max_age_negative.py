"""CORS182: -1, which is sent as 0."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example


class MaxAgeNegative(PolicyRule):
    """An old habit for: do not keep it."""

    code = "CORS182"
    name = "max-age-negative"
    severity = Severity.NOTE
    what = "A `max_age` of -1."
    why = (
        "It is an old way to say that a preflight's answer is not to be kept. The standard's grammar has no sign, "
        "and browsers that cannot read the value keep the answer for five seconds; so 0 is sent instead."
    )
    fix = "Write 0."
    sources = ("https://fetch.spec.whatwg.org/#http-access-control-max-age",)
    bad = example(origins=["https://shop.example.com"], max_age=-1)
    good = example(origins=["https://shop.example.com"], max_age=0)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find -1."""
        if draft.max_age == -1:
            yield self.problem("max_age", "-1", "0 is sent, because browsers cannot read -1", suggestion="0")
