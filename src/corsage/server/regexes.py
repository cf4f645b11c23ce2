"""Regular expressions over whole origins: in linear time where ``google-re2`` is installed."""

import re
import warnings
from functools import lru_cache
from typing import Final, Protocol

LONGEST_REGEX: Final = 1000


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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a set of Python's future is no mistake of the policy's
        try:
            plain = re.compile(pattern, re.ASCII)
        except (OverflowError, RecursionError, ValueError) as error:
            raise re.error(str(error)) from error
    try:
        import re2
    except ImportError:
        return plain
    options = re2.Options()
    options.log_errors = False
    try:
        compiled: OriginRegex = re2.compile(pattern, options)
    except (re2.error, UnicodeError):  # look-around and back-references: what cannot be done in linear time
        return plain
    return compiled


def is_linear(pattern: str) -> bool:
    """Tell whether *pattern* is matched in linear time here."""
    return not isinstance(compile_regex(pattern), re.Pattern)


def why_invalid(pattern: str) -> str | None:
    """Say why *pattern* is not to be used; ``None`` where it is."""
    if len(pattern) > LONGEST_REGEX:
        return f"it has {len(pattern):,} characters; {LONGEST_REGEX:,} are the most"
    try:
        compile_regex(pattern)
    except re.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        return f"Python cannot compile it: {error.msg}{where}"
    return None
