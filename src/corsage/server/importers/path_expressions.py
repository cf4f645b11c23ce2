"""Regular expressions over paths become path patterns, where that is plain."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from corsage.server.path_pattern import parse_path_pattern
from corsage.server.path_rules import check_paths

EVERYWHERE: Final = "/*"
_MOST_BRANCHES: Final = 32
_LONGEST: Final = 2048
_PLAIN: Final = r"[^*+?()\[\]{}|^$\\]"
# With a dollar at the end, and without.
_EVERYTHING_TO_THE_END: Final = frozenset({".*", "/.*", ".+", "/.+"})
_EVERYTHING: Final = _EVERYTHING_TO_THE_END | {"", "*", "/*", "/", "/?"}
_BELOW_TO_THE_END: Final = re.compile(rf"(?P<path>/{_PLAIN}*)/\.[*+]")
_BELOW: Final = re.compile(rf"(?P<path>/{_PLAIN}*?)(?:/\*|/\.[*+]|/\?|/)?")
# A slash at the end never matters, and /* before a dollar is any number of them.
_EXACT: Final = re.compile(rf"(?P<path>(?:/{_PLAIN}*?)?)/?[?*]?")
# Alternatives in parentheses, all of them plain.
_GROUP: Final = re.compile(r"(?<!\\)\((?:\?:)?(?P<inner>(?:[\w./~|-]|\\[./-])*)\)(?![*+?{])", re.ASCII)


def path_patterns_of(expression: str) -> tuple[str, ...] | None:
    """Return the path patterns that the writer of *expression*, matched from the start, must have meant.

    Returns:
        ``None`` where that is not plain.
    """
    branches = _branches(expression)
    found = [_pattern_of(branch) for branch in branches]
    plain = [pattern for pattern in found if pattern is not None]
    if not plain or len(plain) < len(found):
        return None
    if EVERYWHERE in plain:
        return (EVERYWHERE,)
    return tuple(dict.fromkeys(plain))


def _branches(expression: str) -> list[str]:
    """Return the alternatives of *expression*, each written out."""
    if len(expression) > _LONGEST:
        return []
    waiting = [expression]
    done: list[str] = []
    while waiting and len(waiting) + len(done) <= _MOST_BRANCHES:
        first = waiting.pop()
        group = _GROUP.search(first)
        if group is None:
            done += first.split("|")
        else:
            before, after = first[: group.start()], first[group.end() :]
            waiting += [f"{before}{each}{after}" for each in reversed(group["inner"].split("|"))]
    return [] if waiting or len(done) > _MOST_BRANCHES else done


def _pattern_of(branch: str) -> str | None:
    """Return the path pattern for an expression without alternatives."""
    ends = branch.endswith("$") and not branch.endswith("\\$")
    bare = branch.removeprefix("^").removesuffix("$" if ends else "")
    bare = re.sub(r"\\([./-])", r"\1", bare)
    if bare in (_EVERYTHING_TO_THE_END if ends else _EVERYTHING):
        return EVERYWHERE
    pattern = _to_the_end(bare) if ends else _from_the_start(bare)
    return None if pattern is None or "//" in bare or check_paths([pattern]) else pattern


def _to_the_end(bare: str) -> str | None:
    below = _BELOW_TO_THE_END.fullmatch(bare)
    if below is not None:
        return f"{below['path']}/*"
    exact = _EXACT.fullmatch(bare) if bare else None
    return None if exact is None else exact["path"] or "/"


def _from_the_start(bare: str) -> str | None:
    below = _BELOW.fullmatch(bare)
    return None if below is None else f"{below['path']}/*"


def without_twins(patterns: Iterable[str]) -> list[str]:
    """Return *patterns* without those that match what an earlier one matches."""
    seen: dict[object, str] = {}
    for pattern in patterns:
        seen.setdefault(parse_path_pattern(pattern).shape, pattern)
    return list(seen.values())


def path_witness(expression: str, patterns: Sequence[str]) -> str | None:
    """Return a path that *expression* matches from its start and no pattern does; ``None`` where none is near."""
    candidates = (f"{_base(each)}{more}" for each in patterns for more in ("x", "ary", "-internal"))
    return next(
        (each for each in candidates if _covers(expression, each) and not _any_matches(patterns, each)), None
    )


def path_gained(expression: str, patterns: Sequence[str]) -> str | None:
    """Return a path that a pattern matches and *expression* does not, with a slash at its end neither."""
    ends = ("", "/x", "/x/y")
    candidates = (f"{_base(each).rstrip('/')}{more}" or "/" for each in patterns for more in ends)
    return next(
        (
            each
            for each in candidates
            if _any_matches(patterns, each)
            and not _covers(expression, each)
            and not _covers(expression, f"{each.rstrip('/')}/")
        ),
        None,
    )


def _base(pattern: str) -> str:
    return pattern.removesuffix("/*") or "/"


def _covers(expression: str, path: str) -> bool:
    try:
        return re.match(expression, path) is not None
    except re.error:
        return expression == "*"


def _any_matches(patterns: Iterable[str], path: str) -> bool:
    return any(parse_path_pattern(each).matches(path) for each in patterns)
