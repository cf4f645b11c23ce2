"""CORS127: ``*`` beside other origins."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example


class WildcardBesideOrigins(PolicyRule):
    """A list of partners with a star in it is a list of everyone."""

    code = "CORS127"
    name = "wildcard-beside-origins"
    severity = Severity.WARNING
    what = "`*` together with other origins, or with expressions."
    why = "The star allows everyone, so the others have no effect. Who wrote them believes that the list is one."
    fix = 'Remove the star to allow only the others, or write `origins = "*"`.'
    bad = example(origins=["*", "https://shop.example.com"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the star, once."""
        if not draft.allows_any_origin:
            return
        others = len([text for text in draft.origins if text != WILDCARD]) + len(draft.origin_regexes)
        if others:
            yield self.problem(
                f"origins[{draft.origins.index(WILDCARD)}]" if len(draft.origins) > 1 else "origins",
                WILDCARD,
                f"it allows everyone, so the other {'entry has' if others == 1 else 'entries have'} no effect",
                suggestion='origins = "*", or only the others',
            )
