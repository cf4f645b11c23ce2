"""CORS135: the users' own machines, in production."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings
from corsage.server.sorted_origins import sorted_origins
from corsage.server.witness import Kind


class LoopbackInProduction(PolicyRule):
    """On each user's machine ``localhost`` is another program."""

    code = "CORS135"
    name = "loopback-in-production"
    what = (
        "This machine over http or https, among the origins for production: `localhost` and names below it, addresses "
        "that begin with 127, `0.0.0.0`, `[::1]`, `[::]`, and these addresses of version 4 written as version 6."
    )
    why = (
        "In a user's browser localhost is whatever program listens on that machine: a game, a driver, a "
        "colleague's experiment. It speaks for itself, not for you. Mostly the entry is a leftover of development."
    )
    fix = (
        "Move it to the policy for development. Where programs on users' machines are meant, say so with "
        "`dangerously_allow_loopback_in_production`."
    )
    sources = ("https://w3c.github.io/webappsec-secure-contexts/#localhost",)
    bad = example(origins=["https://shop.example.com", "http://localhost:3000"], environment="production")
    good = example(origins=["https://shop.example.com"], environment="production")

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find patterns and expressions that this machine matches."""
        if not draft.is_production or draft.dangerously_allow_loopback_in_production:
            return
        for index, pattern in sorted_origins(draft.origins).loopback:
            # capacitor://localhost and tauri://localhost are apps on phones, not programs that listen.
            if pattern.scheme in {"http", "https"}:
                yield self.problem(
                    place(draft, "origins", index),
                    pattern.text,
                    "in a user's browser this is any program on that machine",
                )
        for index, text, finding in findings(draft, Kind.LOOPBACK):
            yield self.problem(
                place(draft, "origin_regexes", index),
                text,
                "it accepts this machine: in a user's browser, any program on it",
                witness=finding.witness,
            )
