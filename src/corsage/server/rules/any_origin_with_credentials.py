"""CORS130: everyone, with credentials."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example, place


class AnyOriginWithCredentials(PolicyRule):
    """Browsers refuse it, and to get round them is worse."""

    code = "CORS130"
    name = "any-origin-with-credentials"
    what = "`*` among the origins of a policy that allows credentials."
    why = (
        "Browsers refuse `Access-Control-Allow-Origin: *` for requests with credentials. Some libraries send back "
        "whatever origin asked instead: then every site on the web can read what your users see when they are "
        "logged in. There is no option that allows it here."
    )
    fix = "List the origins that may act for your users, or do without credentials."
    sources = (
        "https://fetch.spec.whatwg.org/#cors-check",
        "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
    )
    bad = example(origins="*", credentials=True)
    good = example(origins=["https://shop.example.com"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the star."""
        if draft.credentials and draft.allows_any_origin:
            yield self.problem(
                place(draft, "origins", draft.origins.index(WILDCARD)),
                WILDCARD,
                "with credentials everyone could read what your users see, so browsers refuse it",
                suggestion="the origins that are meant, or credentials = false",
            )
