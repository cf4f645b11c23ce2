"""Expressions of a configuration that are run: only those that cannot take long."""

import re
from typing import Final

_LONGEST: Final = 300
# Characters, escapes of punctuation, dots; one star or plus; groups that nothing repeats.
_SIMPLE: Final = re.compile(
    r"(?:[A-Za-z0-9_:;/,=@ \"'&%#!<>~-]|\\[^A-Za-z0-9]|[.^$|]|\((?:\?:)?|\)(?![*+?{])|[*+?])*"
)


def harmless_search(pattern: str, text: str, *, ignores_case: bool = False) -> bool | None:
    """Tell whether *pattern* is found in *text*; ``None`` where it is not simple enough to be tried."""
    short = len(pattern) <= _LONGEST and len(text) <= _LONGEST
    if (
        not short
        or _SIMPLE.fullmatch(pattern) is None
        or len(re.findall(r"[*+?]", pattern.replace("(?:", ""))) > 1
    ):
        return None
    try:
        return re.search(pattern, text, re.IGNORECASE if ignores_case else 0) is not None
    except re.error:
        return None
