"""Regular expressions over whole origins: in linear time where ``google-re2`` is installed."""

import re
import warnings
from functools import lru_cache
from typing import Final, Protocol

from corsage.server.linear_form import linear_form

LONGEST_REGEX: Final = 1000


class OriginRegex(Protocol):
    """What we ask of a compiled expression, whoever compiled it."""

    def fullmatch(self, text: str, /) -> object | None:
        """Match the whole of *text*."""


@lru_cache(maxsize=4096)
def compile_regex(pattern: str) -> OriginRegex:
    """Compile *pattern* for `fullmatch` with serialised origins, which are short and ASCII.

    Raises:
        re.error: it is no regular expression of Python's.
    """
    plain = _compile_plainly(pattern)
    form = linear_form(pattern)
    if form is None:  # look-around and back-references: what cannot be done in linear time
        return plain
    try:
        import re2
    except ImportError:
        return plain
    options = re2.Options()
    options.log_errors = False
    try:
        compiled: OriginRegex = re2.compile(form, options)
    except re2.error:  # it would take too much memory
        return plain
    return compiled


def _compile_plainly(pattern: str) -> OriginRegex:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a set of Python's future is no mistake of the policy's
        try:
            return re.compile(pattern, re.ASCII)
        except (OverflowError, RecursionError, ValueError) as error:
            raise re.error(str(error)) from error


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
