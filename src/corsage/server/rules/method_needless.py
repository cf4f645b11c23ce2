"""CORS153: methods that need no leave."""

from collections.abc import Iterator

from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place


class MethodNeedless(PolicyRule):
    """GET, HEAD and POST are always allowed."""

    code = "CORS153"
    name = "method-needless"
    severity = Severity.NOTE
    what = "`GET`, `HEAD` or `POST` among the methods."
    why = (
        "Browsers do not look for them in the answer, so the entry changes nothing; nor would its absence forbid "
        "anything. What an origin may not do is for the application to refuse."
    )
    fix = "Leave it out."
    sources = ("https://fetch.spec.whatwg.org/#cors-safelisted-method",)
    bad = example(origins=["https://shop.example.com"], methods=["GET", "PUT"])
    good = example(origins=["https://shop.example.com"], methods=["PUT"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find safelisted methods."""
        for index, method in enumerate(draft.methods):
            if method.upper() in CORS_SAFELISTED_METHODS:
                yield self.problem(place(draft, "methods", index), method, "it needs no leave")
