"""Single byte ranges: ``Range: bytes=0-10``."""

import re
from typing import Final, NamedTuple

from corsage.grammar.failure import FAILURE, Failure

_SINGLE_RANGE: Final = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.ASCII)
_LONGEST: Final = 128


class ByteRange(NamedTuple):
    """First and last byte position, either of which may be open (``None``)."""

    start: int | None
    end: int | None


def parse_single_range(value: str) -> ByteRange | Failure:
    """Read one byte range without whitespace.

    Source: https://fetch.spec.whatwg.org/#simple-range-header-value
    """
    match = _SINGLE_RANGE.fullmatch(value) if len(value) <= _LONGEST else None
    if match is None:
        return FAILURE
    start, end = (int(digits) if digits else None for digits in match.groups())
    if start is None and end is None:
        return FAILURE
    if start is not None and end is not None and start > end:
        return FAILURE
    return ByteRange(start, end)
