"""CORS185: Private Network Access is gone."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example


class PrivateNetwork(PolicyRule):
    """Browsers ask the user now, not the server."""

    code = "CORS185"
    name = "private-network"
    severity = Severity.NOTE
    what = "`private_network`, which answers the preflights of Private Network Access."
    why = (
        "Chromium has given up Private Network Access for Local Network Access, in which the user is asked and no "
        "header helps. Only old versions still send such preflights, and they did not insist on an answer."
    )
    fix = "Leave it out, unless you serve old versions of Chromium that are told to insist."
    sources = (
        "https://wicg.github.io/local-network-access/",
        "https://wicg.github.io/private-network-access/",
    )
    bad = example(origins=["https://shop.example.com"], private_network=True)
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the option."""
        if draft.private_network:
            yield self.problem(
                "private_network", "true", "today's browsers ask the user instead, and read no header"
            )
