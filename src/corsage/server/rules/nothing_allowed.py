"""CORS103: a policy with options and without origins."""

from collections.abc import Iterator
from typing import Final

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example

# What has a meaning only for origins that are allowed.
_IDLE: Final = (
    "methods",
    "request_headers",
    "exposed_headers",
    "credentials",
    "max_age",
    "private_network",
    "timing",
)


class NothingAllowed(PolicyRule):
    """Somebody who writes what pages may do means some pages."""

    code = "CORS103"
    name = "nothing-allowed"
    severity = Severity.WARNING
    what = "A policy that says what pages may do, but no origin, expression or lookup that says whose."
    why = "Nobody is allowed, so the rest has no effect. Often an environment variable with the origins is empty."
    fix = "Name the origins, or remove what has no effect. A policy without any fields refuses everyone in silence."
    bad = example(methods=["PUT"], timing=True)
    good = example(origins=["https://shop.example.com"], methods=["PUT"], timing=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the first field that has no effect."""
        misfits = {name for name, _, _ in draft.misfits}
        if (
            draft.origins
            or draft.origin_regexes
            or draft.origin_lookup
            or draft.dangerously_allow_null_origin
        ):
            return
        if misfits & {"origins", "origin_regexes", "origin_lookup"} or any(
            not wanted for _, _, wanted in draft.misfits
        ):
            return  # they were meant, at least
        idle = [name for name in _IDLE if getattr(draft, name) not in ((), None, False)]
        if idle:
            verb = "have" if len(idle) > 1 else "has"
            yield self.problem("origins", "", f"no origin is allowed, so {', '.join(idle)} {verb} no effect")
