"""Failure, the standard's word for "this text does not follow the grammar"."""

from enum import Enum
from typing import Final, Literal


class Failure(Enum):
    """The single value `FAILURE`: neither absent (``None``) nor an empty list."""

    FAILURE = "failure"

    def __bool__(self) -> Literal[False]:
        return False


FAILURE: Final = Failure.FAILURE
