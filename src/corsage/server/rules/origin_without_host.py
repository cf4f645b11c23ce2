"""CORS129: a custom scheme with no host after it."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.sorted_origins import sorted_origins


class OriginWithoutHost(PolicyRule):
    """Few apps send it; more often the host was forgotten."""

    code = "CORS129"
    name = "origin-without-host"
    severity = Severity.WARNING
    what = "An entry of `origins` that ends after its scheme: `app://`."
    why = (
        "It allows the `Origin` of that very text alone, which some web views send for pages that have no host. It "
        "does not stand for the scheme: `app://localhost` is another origin."
    )
    fix = "Copy the origin that the app sends, as the server sees it. If it has no host, leave the entry as it is."
    sources = ("https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin",)
    bad = example(origins=["capacitor://"])
    good = example(origins=["capacitor://localhost"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find custom schemes alone; those of files have a rule of their own."""
        for index, pattern in sorted_origins(draft.origins).hostless:
            if not pattern.is_of_files:
                yield self.problem(
                    place(draft, "origins", index),
                    pattern.text,
                    f"there is no host in it: it allows an Origin of {pattern.text} alone, and no other of that scheme",
                )
