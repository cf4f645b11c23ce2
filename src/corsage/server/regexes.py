"""Regular expressions over whole origins: in linear time where ``google-re2`` is installed."""

import re
from functools import lru_cache
from typing import Protocol


class OriginRegex(Protocol):
    """What we ask of a compiled expression, whoever compiled it."""

    def fullmatch(self, text: str, /) -> object | None:
        """Match the whole of *text*."""


@lru_cache(maxsize=1024)
def compile_regex(pattern: str) -> OriginRegex:
    """Compile *pattern* for `fullmatch`.

    Raises:
        re.error: it is no regular expression of Python's.
    """
    plain = re.compile(pattern, re.ASCII)
    try:
        import re2
    except ImportError:
        return plain
    try:
        compiled: OriginRegex = re2.compile(pattern)
    except re2.error:  # look-around and back-references: what cannot be done in linear time
        return plain
    return compiled


def is_linear(pattern: str) -> bool:
    """Tell whether *pattern* is matched in linear time here."""
    return not isinstance(compile_regex(pattern), re.Pattern)
