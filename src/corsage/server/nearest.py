"""Did you mean: the known name that a mistyped one is nearest to."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that *name* resembles most; ``None`` where it resembles none."""
    found = get_close_matches(name[:64], list(known), n=1, cutoff=0.7)
    return found[0] if found else None
