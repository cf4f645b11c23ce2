"""Errors between windows and frames: people take them for CORS, and no request is at fault that a rule could judge."""

from typing import Final

from corsage.model.symptom import Symptom
from corsage.rules import Case

_FIX: Final = (
    "The same-origin policy keeps the documents of different origins apart, in frames and windows alike, and no "
    "header of CORS changes that. Let the two pages talk with postMessage: name the receiver's exact origin as its "
    "target, and let the receiver check event.origin. A frame that only has to be shown needs nothing."
)


def fix_of_frames(case: Case) -> str:
    """Return what to do where one document reached for another, and nothing else was printed; empty elsewhere."""
    return _FIX if case.says == {Symptom.FRAME_ACCESS} else ""
