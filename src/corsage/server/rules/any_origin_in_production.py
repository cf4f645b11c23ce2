"""CORS134: everyone, in production."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example, place


class AnyOriginInProduction(PolicyRule):
    """A star is right for a public service, and a leftover of development everywhere else."""

    code = "CORS134"
    name = "any-origin-in-production"
    what = "`*` among the origins for production, without `public`."
    why = (
        "For data that is everybody's a star is right, and the best choice for caches. More often it was meant for "
        "development and stayed."
    )
    fix = "List the origins; or, if everyone is meant, say so with `public`."
    sources = ("https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",)
    bad = example(origins="*", environment="production")
    good = example(origins="*", environment="production", public=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the star."""
        if draft.is_production and draft.allows_any_origin and not draft.public:
            yield self.problem(
                place(draft, "origins", draft.origins.index(WILDCARD)),
                WILDCARD,
                "in production everyone is allowed only if that is meant",
                suggestion="the origins that are meant, or public = true",
            )
