"""Regular expressions of other libraries: matched from the start alone, or anywhere; ours are for whole origins."""

import re
from collections.abc import Callable

from corsage.server.importers.translation import Translation
from corsage.server.regexes import why_invalid
from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness import Kind, mended, study

# Who is accepted by mistake. What is not encrypted matters with credentials alone.
_STRANGERS = frozenset({Kind.DOT, Kind.OPEN_START, Kind.OPEN_END, Kind.STRANGER, Kind.ANY_HOST, Kind.SUFFIX})


def whole(pattern: str) -> str:
    """Return *pattern* without the anchors that matching whole origins makes needless."""
    bare = pattern.removeprefix("^")
    return bare[:-1] if bare.endswith("$") and not bare.endswith("\\$") else bare


def witness_of(pattern: str, made: str, matches: Callable[[str], bool]) -> str | None:
    """Return an origin that a peer accepts and the whole *pattern* does not.

    Args:
        pattern: as it was written.
        made: an expression for whole origins that accepts what the peer does.
        matches: the peer's own way to match.
    """
    try:
        fullmatch = re.compile(pattern).fullmatch
    except re.error:
        return None
    for finding in study(made):
        origin = finding.witness
        if origin and split_serialized_origin(origin) and matches(origin) and not fullmatch(origin):
            return origin
    return None


def take_expression(translation: Translation, option: str, pattern: str) -> None:
    """Take *pattern* for whole origins, mended where it accepts strangers."""
    kept = whole(pattern)
    invalid = why_invalid(kept)
    if invalid is not None:
        translation.lost(
            option, pattern, f"As an expression for whole origins: {invalid}.", "It is left out."
        )
        return
    found = [each for each in study(kept) if each.kind in _STRANGERS]
    if any(each.kind is Kind.ANY_HOST for each in found):
        _take_any_host(translation, option, pattern, found[0].witness)
        return
    if found:
        better = mended(kept, [each.kind for each in found])
        if better is not None:
            translation.danger(
                option,
                pattern,
                "Even matched as a whole it accepts an origin that its writer did not mean.",
                f"It is mended: {better}",
                f"Origin: {found[0].witness}",
            )
            kept = better
    translation.values["origin_regexes"] = [*translation.listed("origin_regexes"), kept]


def _take_any_host(translation: Translation, option: str, pattern: str, witness: str) -> None:
    if translation.credentials:
        translation.refuse_everyone_with_cookies(
            option, pattern, "It accepts every host, with cookies.", f"Origin: {witness}"
        )
    else:
        translation.different(
            option, pattern, "It accepts every host.", 'It is written as what it is: origins = "*".'
        )
        translation.allow_everyone()
    if re.fullmatch(pattern, "null") is None:
        says = "It did not accept null, nor the schemes of programs that are no browsers."
        instead = 'origins = "*" is for sandboxed frames, local files and programs, too.'
        translation.different(option, pattern, says, instead, "Origin: null")
