"""CORS194: a dangerous option that nothing needs."""

from collections.abc import Iterator, Mapping

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example
from corsage.server.rules.regex_rule import findings
from corsage.server.sorted_origins import sorted_origins
from corsage.server.witness import Kind


class DangerNeedless(PolicyRule):
    """It waits for the day when somebody adds the origin that needs it."""

    code = "CORS194"
    name = "danger-needless"
    severity = Severity.NOTE
    what = "A `dangerously_…` option that nothing in the policy needs."
    why = (
        "It changes nothing today; but it takes away the warning on the day when somebody adds what needs it."
    )
    fix = "Remove it."
    bad = example(origins=["https://shop.example.com"], dangerously_allow_insecure_origins=True)
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find options whose rule would find nothing without them."""
        for field, needed in _needed(draft).items():
            if getattr(draft, field) and not needed:
                yield self.problem(field, "true", "nothing in the policy needs it")


def _needed(draft: Draft) -> Mapping[str, bool]:
    origins = sorted_origins(draft.origins)
    return {
        "dangerously_allow_null_origin": not draft.allows_any_origin,
        "dangerously_allow_file_origins": any(pattern.is_of_files for _, pattern in origins.hostless),
        "dangerously_allow_insecure_origins": draft.credentials
        and (bool(origins.insecure) or _found(draft, Kind.INSECURE)),
        "dangerously_allow_public_suffixes": _found(draft, Kind.SUFFIX)
        or any(pattern.covers_strangers for _, pattern in origins.broad),
        "dangerously_allow_loopback_in_production": bool(origins.loopback) or _found(draft, Kind.LOOPBACK),
    }


def _found(draft: Draft, kind: Kind) -> bool:
    # Of what could not be studied nobody knows what it needs.
    return any(True for _ in findings(draft, kind, Kind.ANY_HOST, Kind.UNREAD))
