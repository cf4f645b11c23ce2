"""The kinds of misspelling, and what is found of them in one text."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """One way to misspell an origin. Each has its rule."""

    QUOTED = "quoted"
    SEVERAL = "several"
    NO_SCHEME = "no scheme"
    TRAILING_SLASH = "trailing slash"
    PATH = "path"
    USERINFO = "userinfo"
    UPPER_CASE = "upper case"
    DEFAULT_PORT = "default port"
    NOT_PUNYCODE = "not punycode"
    ODD_ADDRESS = "odd address"
    MISPLACED_WILDCARD = "misplaced wildcard"
    REGEX = "regex"
    NULL = "null"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was found in one text.

    Attributes:
        faults: each with its reason.
        mended: what to write instead; ``None`` where nobody can know.
    """

    faults: Mapping[Fault, str]
    mended: str | None
