"""CORS192: public, but not for everyone."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example


class PublicNotPublic(PolicyRule):
    """One of the two is not meant."""

    code = "CORS192"
    name = "public-not-public"
    severity = Severity.WARNING
    what = "`public` beside a list of origins, or beside credentials."
    why = (
        "`public` says that everyone may read the answers. A list says that some may, and credentials that the "
        "answers are somebody's own. One of the two is not meant."
    )
    fix = 'Remove `public`, or write `origins = "*"` without credentials.'
    bad = example(origins=["https://shop.example.com"], public=True)
    good = example(origins="*", public=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Hold the option against origins and credentials."""
        if not draft.public:
            return
        if not draft.allows_any_origin:
            yield self.problem(
                "public", "true", "everyone is meant, but not everyone is allowed", suggestion='origins = "*"'
            )
        if draft.credentials:
            yield self.problem(
                "public",
                "true",
                "answers to requests with credentials are not for everyone",
                suggestion="credentials = false",
            )
