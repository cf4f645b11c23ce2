"""What a pasted text turned out to be."""

from dataclasses import dataclass
from enum import StrEnum

from corsage.model.evidence import Evidence


class PartKind(StrEnum):
    """What a part of a text is. The value is what reports and JSON show."""

    EVIDENCE = "evidence"  # structured, as JSON
    HAR = "har"
    MESSAGE = "message"
    SNIPPET = "snippet"
    EXCHANGE = "exchange"
    URL = "url"
    TEXT = "text"  # what somebody wrote, and whatever else is left
    MIXED = "mixed"  # of the whole alone: several of these
    EMPTY = "empty"  # likewise


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that was recognised.

    Attributes:
        kind: what it is.
        what: more exactly: ``curl``, ``fetch``, ``chromium``; may be empty.
        first: the number of its first line, from 1; 0 where that is not known.
        last: the number of its last line.
    """

    kind: PartKind
    what: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Pasted:
    """A pasted text, understood.

    Attributes:
        kind: what it is as a whole; `PartKind.MIXED` for several things.
        evidence: all of it, as one; empty for a HAR, which has a reader of its own.
        parts: what was recognised, in order.
        problems: what could not be read, each in a sentence.
    """

    kind: PartKind
    evidence: Evidence
    parts: tuple[Part, ...] = ()
    problems: tuple[str, ...] = ()
