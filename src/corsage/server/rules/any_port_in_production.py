"""CORS137: any port of a host that is not this machine, in production."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import WILDCARD, Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings
from corsage.server.sorted_origins import sorted_origins
from corsage.server.this_machine import is_this_machine
from corsage.server.witness import Kind


class AnyPortInProduction(PolicyRule):
    """A host's other ports are often other people's programs."""

    code = "CORS137"
    name = "any-port-in-production"
    severity = Severity.WARNING
    what = (
        "A wildcard for the port of a host other than this machine, or an expression that accepts any port, in "
        "production."
    )
    why = (
        "Test servers, administration pages and other people's programs listen on the other ports of a host, and "
        "few of them are written with as much care as the page that is meant."
    )
    fix = "Name the port, or leave it out for the default one."
    bad = example(origins=["https://shop.example.com:*"], environment="production")
    good = example(origins=["https://shop.example.com:8443"], environment="production")

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find patterns and expressions that any port matches."""
        if not draft.is_production:
            return
        for index, pattern in sorted_origins(draft.origins).broad:
            if pattern.port == WILDCARD and not is_this_machine(pattern.host):
                yield self.problem(
                    place(draft, "origins", index),
                    pattern.text,
                    "every program on any port of the host is allowed",
                    suggestion=pattern.text.removesuffix(":*"),
                    witness=pattern.example(),
                )
        for index, text, finding in findings(draft, Kind.ANY_PORT):
            yield self.problem(
                place(draft, "origin_regexes", index),
                text,
                "every program on any port of the host is allowed",
                witness=finding.witness,
            )
