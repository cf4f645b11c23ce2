"""Cores: the words that a message is known by, whatever stands around them.

A core is written in bare form (`page`). Some open a message, some say what it says, some add to it. Found in a text, in
their order, they make statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

from corsage.clients.console.page import Page
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.messages import FailureKind
from corsage.model.symptom import Symptom

MOST_MARKS: Final = 2000  # of one core
# A statement's parts stand close together: addresses are what is longest in between.
_REACH: Final = 6000


class Part(Enum):
    """What a core does in its message."""

    HEAD = "head"  # opens a message; what it says may follow
    REASON = "reason"  # says it
    TAIL = "tail"  # adds to it, or says it where nothing better does
    ALONE = "alone"  # a message by itself


class Core(NamedTuple):
    """One core.

    Attributes:
        words: in bare form.
        part: of the message.
        says: what it means; ``None`` where it only opens or adds.
        speaker: who says so; ``UNKNOWN`` where several do.
        lead: the words before the parameter, where that stands before the core.
        until: the words after the parameter, where that follows; empty: up to the closing quote.
        api: what asked, where the words tell.
        failure: of the network.
        stack: whose message it is.
        rank: of heads: which may follow which in one message.
        weak: whether the words are everybody's: they mean something after a head only, and nothing within addresses.
        url: the words before and after the address: ``("", "isblocked")`` says that it ends there and begins after the
            core, ``("loading", "")`` that it stands between these words and the core, ``("", "")`` that it follows.
        origin: likewise, for the page's origin.
        value: the parameter, where the words themselves say it.
        status: which the words imply.
        whole: whether the core begins a word: ``ENOTFOUND`` is not in "file not found".
        opening: how the sentence of the core begins, for messages that were cut off before they said more.
    """

    words: str
    part: Part
    says: Cause | Symptom | None = None
    speaker: Speaker = Speaker.UNKNOWN
    lead: str = ""
    until: str | None = None
    api: str = ""
    failure: FailureKind | None = None
    stack: str = ""
    rank: int = 0
    weak: bool = False
    url: tuple[str, str] | None = None
    origin: tuple[str, str] | None = None
    value: str = ""
    status: int | None = None
    whole: bool = False
    opening: str = ""


class Mark(NamedTuple):
    """A core, found: from where to where in the bare text."""

    start: int
    end: int
    core: Core


# In the place of the words around an origin or address: it is the word before the core; there is none.
WORD_BEFORE: Final = ("<", "")
NOWHERE: Final = ("\n", "")


@dataclass(slots=True)
class Statement:
    """The marks of one message.

    Attributes:
        marks: in their order.
        floor: where the statement before ended, in the bare text.
        ceiling: where the next one begins.
    """

    marks: list[Mark] = field(default_factory=list)
    floor: int = 0
    ceiling: int = 0

    @property
    def start(self) -> int:
        """Where the first mark begins."""
        return self.marks[0].start

    @property
    def end(self) -> int:
        """Where the last mark ends."""
        return self.marks[-1].end

    def find(self, part: Part) -> Mark | None:
        """Return the first mark of this kind."""
        return next((mark for mark in self.marks if mark.core.part is part), None)

    def mark(self, words: str) -> Mark | None:
        """Return the mark of the core with these *words*."""
        return next((mark for mark in self.marks if mark.core.words == words), None)


def statements(page: Page, cores: Iterable[Core]) -> list[Statement]:
    """Find the *cores* in the text and put together what belongs together."""
    found: list[Statement] = []
    for mark in _marks(page, cores):
        if found and _joins(found[-1], mark):
            found[-1].marks.append(mark)
        else:
            found.append(Statement([mark]))
    for before, after in pairwise(found):
        before.ceiling = after.start
        after.floor = before.end
    if found:
        found[-1].ceiling = len(page.bare)
    return found


def _marks(page: Page, cores: Iterable[Core]) -> list[Mark]:
    bare = page.bare
    marks: list[Mark] = []
    for core in cores:
        start = bare.find(core.words)
        for _ in range(MOST_MARKS):
            if start < 0:
                break
            mark = Mark(start, start + len(core.words), core)
            if _counts(page, mark):
                marks.append(mark)
            start = bare.find(core.words, mark.end)
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    for mark in marks:
        # Of two that overlap, the one that begins first says more.
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _counts(page: Page, mark: Mark) -> bool:
    """Tell words from a part of an address, ``/redirect-location/``, or of other words."""
    start = page.at(mark.start)
    if mark.core.whole and start and page.text[start - 1].isalnum():
        return False
    return not mark.core.weak or any(char.isspace() for char in page.text[start : page.after(mark.end)])


def _joins(statement: Statement, mark: Mark) -> bool:
    last, core = statement.marks[-1], mark.core
    if Part.ALONE in (core.part, last.core.part) or mark.start - last.end > _REACH:
        return False
    if (statement.marks[0].core.speaker is Speaker.FIREFOX) != (core.speaker is Speaker.FIREFOX):
        return False
    if core.part is Part.TAIL:
        return all(known.core is not core for known in statement.marks)
    if any(known.core.part in (Part.REASON, Part.TAIL) for known in statement.marks):
        return False
    return core.part is Part.REASON or core.rank > last.core.rank
