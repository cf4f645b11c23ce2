"""CORS102: a field that policies do not have."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from corsage.model.rule import Problem
from corsage.server.draft import FIELDS, Draft
from corsage.server.rules.base import PolicyRule, example

_LONGEST: Final = 64
# What other programs call it.
_ELSEWHERE: Final = {
    "origin": "origins",
    "alloworigins": "origins",
    "alloworigin": "origins",
    "allowedorigins": "origins",
    "corsallowedorigins": "origins",
    "alloworiginregex": "origin_regexes",
    "allowedoriginregexes": "origin_regexes",
    "corsallowedoriginregexes": "origin_regexes",
    "originregex": "origin_regexes",
    "allowmethods": "methods",
    "allowedmethods": "methods",
    "corsallowmethods": "methods",
    "headers": "request_headers",
    "allowheaders": "request_headers",
    "allowedheaders": "request_headers",
    "corsallowheaders": "request_headers",
    "exposeheaders": "exposed_headers",
    "exposedheaders": "exposed_headers",
    "corsexposeheaders": "exposed_headers",
    "responseheaders": "exposed_headers",
    "allowcredentials": "credentials",
    "supportscredentials": "credentials",
    "corsallowcredentials": "credentials",
    "credentialed": "credentials",
    "maxageinseconds": "max_age",
    "corspreflightmaxage": "max_age",
    "allowprivatenetwork": "private_network",
    "corsallowprivatenetwork": "private_network",
    "optionssuccessstatus": "preflight_status",
    "timingalloworigin": "timing",
    "crossoriginresourcepolicy": "resource_policy",
    "corp": "resource_policy",
    "env": "environment",
}


class UnknownField(PolicyRule):
    """An option that nobody reads does nothing, silently, in every other library."""

    code = "CORS102"
    name = "unknown-field"
    what = "A field that policies do not have."
    why = "What nobody reads has no effect: a policy would be narrower, or broader, than its writer believes."
    fix = "Write the field's name as it is spelt here, or remove it."
    bad = example(allow_origins=["https://shop.example.com"])
    good = example(origins=["https://shop.example.com"])

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report unknown names, with the known one that is nearest."""
        for field, value, wanted in draft.misfits:
            if not wanted:
                yield self.problem(
                    field[:_LONGEST], value, "policies have no such field", suggestion=_nearest(field)
                )


def _nearest(field: str) -> str | None:
    if len(field) > _LONGEST:
        return None
    squeezed = field.lower().replace("_", "").replace("-", "")
    known = {name.replace("_", ""): name for name in FIELDS}
    found = _ELSEWHERE.get(squeezed) or known.get(squeezed)
    if found is None:
        close = get_close_matches(squeezed, known, n=1, cutoff=0.7)
        found = known[close[0]] if close else None
    return found
