"""Mend an expression as it is written. Every proposal is studied again before it is made."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from corsage.server.regexes import why_invalid
from corsage.server.witness.finding import Kind
from corsage.server.witness.study import study
from corsage.server.witness.text import alternatives, with_escaped_dots

# A wildcard: .* or .+ or [^/]* and the like, in a group or not.
_ANY: Final = r"(?:\((?:\?:)?/?(?:\.|\[[^\]]*\])[*+]\??\)[?*]?|(?:\.|\[[^\]]*\]|\\[wSD])[*+]\??)"
_LABELS: Final = r"(?:[a-z0-9-]+\.)*"
_GREEDY_START: Final = re.compile(rf"{_ANY}(?:\\\.\?)?(?=[A-Za-z0-9])")
_GREEDY_END: Final = re.compile(rf"(?:{_ANY})+(\$?)$")
# :?\\d*, which means a port and lets digits follow the host.
_LOOSE_PORT: Final = re.compile(r":\?(?:\[\\d\]|\\d|\[0-9\])[*+]\??(\$?)$")
_OPTIONAL_SCHEME: Final = re.compile(r"^(\^?)\((?:\?:)?https\??:(?:\\?/){2}\)\?")
_SCHEME: Final = re.compile(
    r"^(\^?)(?:https\?|http|\(http\|https\)|\(https\|http\)|http\(s\)\?|[^:/]*[*+)])(?=:)"
)


def mended(pattern: str, kinds: Iterable[Kind]) -> str | None:
    """Return *pattern* without what is found of *kinds*; ``None`` where that needs its writer."""
    wanted = tuple(kinds)
    text = pattern
    for kind in wanted:
        text = next(_proposals(text, kind), text)
    return text if text != pattern and not _kinds(text) & {*wanted, Kind.NEVER, Kind.UNREAD} else None


def mended_of(pattern: str, kind: Kind) -> str | None:
    """Return *pattern* without what is found of *kind* alone."""
    return next(_proposals(pattern, kind), None)


def dead_alternatives(pattern: str) -> tuple[str, ...]:
    """Return the alternatives of *pattern* that match no origin, where others do."""
    texts = alternatives(pattern)
    dead = tuple(text for text in texts if Kind.NEVER in _kinds(text))
    return dead if len(dead) < len(texts) else ()


def with_common_scheme(pattern: str) -> str | None:
    """Put the alternatives of ``https://a|b`` into a group after the scheme."""
    first, *others = alternatives(pattern)
    start = re.match(r"\^?[a-z()|]+\??:/{2}", first)
    if start is None or not others:
        return None
    hosts = "|".join([first[start.end() :], *others]).removesuffix("$")
    made = f"{start[0]}(?:{hosts}){'$' if pattern.endswith('$') else ''}"
    return made if why_invalid(made) is None and not _dead_inside(start[0], first, others) else None


def _dead_inside(scheme: str, first: str, others: list[str]) -> bool:
    rests = (first, *(f"{scheme}{other}" for other in others))
    return any(why_invalid(text) is not None or Kind.NEVER in _kinds(text) for text in rests)


def _kinds(pattern: str) -> set[Kind]:
    return {finding.kind for finding in study(pattern)}


def _proposals(pattern: str, kind: Kind) -> Iterator[str]:
    for text in _MENDERS[kind](pattern) if kind in _MENDERS else ():
        if (
            text != pattern
            and why_invalid(text) is None
            and not _kinds(text) & {kind, Kind.NEVER, Kind.UNREAD}
        ):
            yield text


def _escape_dots(pattern: str) -> Iterator[str]:
    yield with_escaped_dots(pattern)


def _close_start(pattern: str) -> Iterator[str]:
    if "(?=" in pattern or "(?<=" in pattern:
        return  # the wildcard may be only what look-around asks for
    closed = _GREEDY_START.sub(lambda _: _LABELS, pattern, count=1)
    yield closed
    yield f"https://{closed.removeprefix('^')}"


def _close_end(pattern: str) -> Iterator[str]:
    yield _LOOSE_PORT.sub(r"(?::[0-9]+)?\1", pattern)
    yield _GREEDY_END.sub(r"\1", pattern)


def _secure(pattern: str) -> Iterator[str]:
    yield _OPTIONAL_SCHEME.sub(r"\1https://", pattern)
    yield _SCHEME.sub(r"\1https", pattern)
    yield f"https://{pattern.removeprefix('^')}"


def _match_something(pattern: str) -> Iterator[str]:
    """Take away, one after the other, what keeps an expression from ever matching."""
    text = pattern.removeprefix("^").removesuffix("$")
    for change in (_without_slash, _with_scheme, _without_default_port, _in_lower_case):
        text = change(text)
        yield text


def _without_slash(text: str) -> str:
    return text.rstrip("/").removesuffix("\\")


def _with_scheme(text: str) -> str:
    return text if "://" in text else f"https://{text.lstrip('/')}"


def _without_default_port(text: str) -> str:
    return re.sub(r"(?<=[a-z)])(?::443|(?::80(?!\d)))$", "", text)


def _in_lower_case(text: str) -> str:
    return re.sub(r"(?<!\\)[A-Z]", lambda found: found[0].lower(), text)


_MENDERS: Final[Mapping[Kind, Callable[[str], Iterator[str]]]] = {
    Kind.NEVER: _match_something,
    Kind.DOT: _escape_dots,
    Kind.OPEN_START: _close_start,
    Kind.OPEN_END: _close_end,
    Kind.INSECURE: _secure,
}
