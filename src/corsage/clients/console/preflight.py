"""The findings that are also made on the response to a preflight."""

from typing import Final

from corsage.model.cause import Cause

ON_PREFLIGHT: Final = {
    cause: Cause[f"PREFLIGHT_{cause.name}"]
    for cause in Cause
    if f"PREFLIGHT_{cause.name}" in Cause.__members__
}
