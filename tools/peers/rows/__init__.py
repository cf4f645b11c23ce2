"""The rows of the table, by what they are about."""

from typing import Final

from peers.rows.base import Cell, Row
from peers.rows.caches import CACHES
from peers.rows.errors import ERRORS
from peers.rows.leaks import LEAKS
from peers.rows.lists import LISTS
from peers.rows.mistakes import MISTAKES
from peers.rows.origins import ORIGINS
from peers.rows.patterns import PATTERNS
from peers.rows.preflights import PREFLIGHTS
from peers.rows.wildcards import WILDCARDS

GROUPS: Final[dict[str, tuple[Row, ...]]] = {
    "Preflights": PREFLIGHTS,
    "The lists in a preflight": LISTS,
    "Errors": ERRORS,
    "Caches": CACHES,
    "What denied pages are told": LEAKS,
    "Origins that are not on the list": ORIGINS,
    "Patterns of origins": PATTERNS,
    "Wildcards": WILDCARDS,
    "Mistakes in the configuration": MISTAKES,
}
ROWS: Final = tuple(row for rows in GROUPS.values() for row in rows)

__all__ = ["GROUPS", "ROWS", "Cell", "Row"]
