"""Answers of servers that do CORS, and left this origin out."""

from typing import Final

from corsage.model import Cause
from corsage.model.evidence import Answer
from corsage.rules.case import Case

_FIRST_ERROR: Final = 400
_SIGNS: Final = (
    "access-control-allow-credentials",
    "access-control-allow-methods",
    "access-control-allow-headers",
    "access-control-expose-headers",
)
_PROBES: Final = ("preflight-plain", "preflight-method")


def sign_of_a_list(case: Case) -> str | None:
    """Return what shows that the answer that was judged comes from a server with a list, without this origin.

    Such an answer has other headers of CORS, or varies by origin, and names no origin. ``None`` where it does not.
    """
    judged, other = (case.preflight, case.actual) if case.on_preflight else (case.actual, case.preflight)
    if case.allow_origin or _names_an_origin(judged) or _names_an_origin(other):
        return None
    # The origin was good enough for another method, or for fewer headers.
    if any(_names_an_origin(case.probed(name)) for name in _PROBES):
        return None
    sign = next((name for name in _SIGNS if judged.headers.get(name) is not None), None)
    if sign is not None:
        return sign
    known = judged.whole or case.message(Cause.MISSING_ALLOW_ORIGIN) is not None
    good = judged.status is not None and judged.status < _FIRST_ERROR
    varies = "origin" in (judged.headers.get("vary") or "").lower().replace(" ", "").split(",")
    return "vary: origin" if known and good and varies else None


def _names_an_origin(answer: Answer) -> bool:
    """Tell whether *answer* has the header, be its name misspelt."""
    return any("origin" in name and name.startswith("ac") for name in answer.headers.names())
