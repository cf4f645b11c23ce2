"""Regular expressions over paths become path patterns, where that is plain."""

import re
from typing import Final

from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_rules import check_paths

EVERYWHERE: Final = "/*"
_EVERYTHING: Final = frozenset({"", "*", ".*", "/*", "/.*", "/", ".+", "/.+"})
_BELOW: Final = re.compile(r"(?P<path>/[^*+?()\[\]{}|^$\\]*?)/?(?:/\*|/\.[*+]|/)?")


def path_pattern_of(expression: str) -> str | None:
    """Return the path pattern that the writer of *expression*, matched from the start, must have meant.

    Returns:
        ``None`` where that is not plain.
    """
    ends = expression.endswith("$") and not expression.endswith("\\$")
    bare = (
        expression.removeprefix("^").removesuffix("$" if ends else "").replace("\\.", ".").replace("\\-", "-")
    )
    if bare in _EVERYTHING:
        return EVERYWHERE
    found = _BELOW.fullmatch(bare)
    if found is None:
        return None
    exact = ends and bare == found["path"]
    pattern = found["path"] if exact else f"{found['path'].rstrip('/')}/*"
    return pattern if not check_paths([pattern]) else None


def path_witness(expression: str, pattern: str) -> str | None:
    """Return a path that *expression* matches from its start and *pattern* does not; ``None`` where none is near."""
    parsed = parse_path_pattern(pattern)
    base = pattern.removesuffix("/*").removesuffix("*") or "/"
    try:
        matches = re.compile(expression).match
    except re.error:
        return None
    candidates = (f"{base}x", f"{base}ary", f"{base}-internal")
    return next((each for each in candidates if matches(each) and not parsed.matches(each)), None)
