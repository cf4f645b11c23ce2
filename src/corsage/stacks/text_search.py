"""Searches that pitfalls are made of where one expression would have to look far ahead: each part takes linear time."""

import re
from collections.abc import Callable
from typing import Final

_FLAGS: Final = re.IGNORECASE | re.MULTILINE


def holds(*patterns: str, lacks: str = "") -> Callable[[str], bool]:
    """Return a function that tells whether a text has all *patterns* and has not *lacks*; case is ignored."""
    wanted = [re.compile(pattern, _FLAGS) for pattern in patterns]
    unwanted = re.compile(lacks, _FLAGS) if lacks else None

    def seen(text: str) -> bool:
        found = all(pattern.search(text) for pattern in wanted)
        return found and (unwanted is None or unwanted.search(text) is None)

    return seen
