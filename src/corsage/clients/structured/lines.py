"""JSON lines of evidence."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from corsage.clients.bounded_lines import bounded_lines
from corsage.clients.structured.report import read_structured
from corsage.model.evidence import Evidence

LONGEST_LINE: Final = 4 * 1024 * 1024
_BLANK: Final = "\ufeff \t\r\n"


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no evidence.

    Attributes:
        line: its number, from 1.
        reason: what is wrong with it.
    """

    line: int
    reason: str


def read_evidence_lines(lines: Iterable[str]) -> Iterator[Evidence | Unread]:
    """Read JSON lines: one `Evidence` or `Unread` for each that is not blank. *lines* may be an open text file."""
    for number, line in enumerate(bounded_lines(lines, LONGEST_LINE), 1):
        if not line.strip(_BLANK):
            continue
        if len(line) > LONGEST_LINE:
            yield Unread(number, f"longer than {LONGEST_LINE} characters")
            continue
        try:
            value = json.loads(line.strip(_BLANK))
        except (ValueError, RecursionError) as error:
            yield Unread(number, f"not JSON: {error}")
            continue
        yield read_structured(value) if isinstance(value, dict) else Unread(number, "not a JSON object")
