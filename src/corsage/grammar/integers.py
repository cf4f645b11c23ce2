"""Whole numbers in header values."""

import re
from typing import Final

# https://httpwg.org/specs/rfc9111.html#delta-seconds
_DELTA_SECONDS: Final = re.compile(r"[0-9]+", re.ASCII)
_C_INTEGER: Final = re.compile(r"[+-]?[0-9]+", re.ASCII)

# RFC 9111 (1.2.2): a recipient that cannot hold a number uses the largest it can; so must a bounded reader.
LARGEST: Final = 2**31
_MANY_DIGITS: Final = 18


def delta_seconds(text: str) -> int | None:
    """Read ``1*DIGIT``; ``None`` where *text* is anything else."""
    return _bounded(text) if _DELTA_SECONDS.fullmatch(text) else None


def parsed_like_a_c_integer(text: str) -> int | None:
    """Read an optional sign and digits, as the number parsers of C++ code bases do; ``None`` otherwise."""
    return _bounded(text) if _C_INTEGER.fullmatch(text) else None


def _bounded(text: str) -> int:
    negative = text.startswith("-")
    digits = text.lstrip("+-").lstrip("0") or "0"
    size = LARGEST if len(digits) > _MANY_DIGITS else min(LARGEST, int(digits))
    return -size if negative else size
