"""The ``cors`` package of Express: its regular expressions, which are searched for anywhere in the origin."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from corsage.server.draft import NULL
from corsage.server.importers.expressions import take_expression, without_case, witness_of
from corsage.server.importers.searched import expressions_of, without_slashes
from corsage.server.importers.translation import Translation
from corsage.server.witness.text import alternatives

_Search: TypeAlias = Callable[[str], object]
_WHOLE: Final = "It must match the whole origin."
# /example\.com$/ and /\.example\.com$/: how its README writes a domain.
_DOMAIN: Final = re.compile(r"(\^)?(\\\.)?([A-Za-z0-9_-]+(?:\\?\.[A-Za-z0-9_-]+)+)\$")


def take_regex(option: str, written: str, translation: Translation) -> None:
    """JavaScript's ``test`` searches: an expression without anchors finds its domain anywhere."""
    pattern = _read(option, written, translation)
    try:
        search = re.compile(pattern).search
    except re.error:
        says = "It is no regular expression of Python's."
        translation.lost(option, written, says, "It is left out: list the origins.")
        return
    domains = [_DOMAIN.fullmatch(each) for each in alternatives(pattern)]
    if all(found is not None and found[1] is None for found in domains):
        for found in filter(None, domains):
            _domain(option, found, search, translation)
        return
    _whole(option, pattern, search, translation)


def _read(option: str, written: str, translation: Translation) -> str:
    """Return the expression of a text that may have JavaScript's slashes and flags."""
    literal = without_slashes(written)
    if literal is None and written.startswith("(?i)"):
        says = "JavaScript does not read (?i): an expression that ignores case has a flag there."
        translation.different(
            option, written, says, "It is read in lower case, in which browsers send origins."
        )
    if literal is None:
        return without_case(written)
    pattern, flags = literal
    says = "Slashes and flags are how JavaScript writes an expression: within a text they are a part of it."
    translation.different(option, written, says, f"It is read as {pattern}, which was meant.")
    return without_case(pattern, ignored="i" in flags)


def _whole(option: str, pattern: str, search: _Search, translation: Translation) -> None:
    meant = expressions_of(pattern)
    kept = [made for _, made in meant if made is not None]
    witness = _stranger(pattern, "|".join(kept) or NULL, search)
    is_new = kept != [pattern]
    instead = f"It is written for the whole origin: {' and '.join(kept)}" if is_new else _WHOLE
    if not kept:
        instead = "Nobody is let in by it now."
    if search(NULL) and not any(re.fullmatch(made, NULL) for made in kept):
        translation.refuse_null(option, pattern)
    if witness is not None:
        says = "It was searched for, not matched: an origin that holds it anywhere was allowed."
        translation.danger(option, pattern, says, instead, f"Origin: {witness}")
    elif kept and is_new:
        translation.different(option, pattern, "It was searched for, not matched.", instead)
    for branch, made in meant:
        if made is None:
            says = "It was searched for, and no whole origin is like it: whoever it let in is not let in now."
            translation.lost(
                option, branch, says, "It is left out: nobody is allowed by it. List the origins."
            )
        else:
            take_expression(translation, option, made)


def _stranger(pattern: str, kept: str, search: _Search) -> str | None:
    """Return an origin that *search* finds *pattern* in, and that *kept* does not accept."""
    start = "" if pattern.startswith("^") else ".*"
    end = "" if pattern.endswith("$") else ".*"
    made = f"{start}(?:{pattern.removeprefix('^').removesuffix('$')}){end}"
    return witness_of(kept, made, lambda origin: search(origin) is not None)


def _domain(option: str, found: re.Match[str], search: _Search, translation: Translation) -> None:
    host = found[3].replace("\\", "").lower()
    origins = [f"https://*.{host}"] if found[2] else [f"https://{host}", f"https://*.{host}"]
    says = "It was searched for at the end of the origin: every name that ends so was allowed, over http as well."
    instead = f"{' and '.join(origins)} are allowed." if len(origins) > 1 else f"{origins[0]} is allowed."
    witness = _stranger(found[0], found[0], search)
    if witness is None:
        witness = f"http://a.{host}" if found[2] else f"https://evil{host}"
    translation.danger(option, found[0], says, instead, f"Origin: {witness}")
    for origin in origins:
        translation.take_origin(option, origin, wildcards="")
