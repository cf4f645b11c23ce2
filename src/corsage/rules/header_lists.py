"""What Access-Control-Allow-Headers lists, in an answer or in what was pasted."""

from corsage.model import Cause
from corsage.rules.case import Case
from corsage.rules.reading import members

_NAME = "access-control-allow-headers"


def allows_by_star(case: Case) -> bool:
    """Tell whether the list is ``*``."""
    answered = case.preflight.headers.get(_NAME) or case.actual.headers.get(_NAME)
    if answered is not None:
        return "*" in members(answered)
    return case.noted(f"{_NAME} *", f"{_NAME}: *", f"{_NAME} : *") is not None


def star_leaves_out(case: Case) -> bool:
    """Tell whether the list is ``*`` and Authorization is what is missing: no star ever covers it."""
    refused = case.message(Cause.HEADER_DISALLOWED, Cause.INVALID_ALLOW_HEADERS)
    names = case.headers.names() if refused is None else [refused.parameter.lower()]
    return "authorization" in names and allows_by_star(case)
