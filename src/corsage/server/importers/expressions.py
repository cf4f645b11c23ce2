"""Regular expressions of other libraries: matched from the start alone, or anywhere; ours are for whole origins."""

import re
from collections.abc import Callable

from corsage.server.draft import NULL
from corsage.server.importers.translation import Translation
from corsage.server.regexes import why_invalid
from corsage.server.serialized_origin import split_serialized_origin
from corsage.server.witness import Kind, mended, study

# What expressions for any host often leave out.
_OTHERS = (NULL, "capacitor://localhost", "http://evil.com", "https://evil.com", "https://evil.com:8443")
# Not those of escapes and of groups, which mean something else in lower case.
_LETTER = re.compile(r"\\.|\(\?P|[A-Z]", re.DOTALL)
# Who is accepted by mistake. What is not encrypted matters with credentials alone.
_STRANGERS = frozenset({Kind.DOT, Kind.OPEN_START, Kind.OPEN_END, Kind.STRANGER, Kind.ANY_HOST, Kind.SUFFIX})


def whole(pattern: str) -> str:
    """Return *pattern* without the anchors that matching whole origins makes needless."""
    bare = pattern.removeprefix("^")
    return bare[:-1] if bare.endswith("$") and not bare.endswith("\\$") else bare


def without_case(pattern: str, *, ignored: bool = False) -> str:
    """Return *pattern* in lower case, in which browsers send origins, where it ignores case; else as it is.

    Args:
        pattern: as it was written; ``(?i)`` at its start says that it ignores case.
        ignored: whether the peer ignores it anyway.
    """
    bare = pattern.removeprefix("(?i)")
    if bare == pattern and not ignored:
        return pattern
    return _LETTER.sub(lambda found: found[0].lower() if len(found[0]) == 1 else found[0], bare)


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
    kept = whole(without_case(pattern))
    invalid = why_invalid(kept)
    if invalid is not None:
        translation.lost(
            option, pattern, f"As an expression for whole origins: {invalid}.", "It is left out."
        )
        return
    if _is_left_out(translation, option, pattern, kept):
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


def _is_left_out(translation: Translation, option: str, pattern: str, kept: str) -> bool:
    """Remark on null, and on what accepts no origin at all; tell whether that is so."""
    kinds = {each.kind for each in study(kept)}
    if Kind.ANY_HOST not in kinds and re.fullmatch(kept, NULL):
        translation.refuse_null(option, pattern)
        return Kind.NEVER in kinds
    if Kind.NEVER not in kinds:
        return False
    better = mended(kept, [Kind.NEVER])
    perhaps = "" if better is None else f" Perhaps {better} was meant."
    says = "As an expression for whole origins it accepts none that a browser sends."
    translation.lost(option, pattern, says, f"It is left out: nobody is let in by it now.{perhaps}")
    return True


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
    others = [each for each in _OTHERS if re.fullmatch(pattern, each) is None]
    if others:
        says = f"It did not accept every origin: not {', '.join(others)}."
        instead = 'origins = "*" is for all of them: sandboxed frames, local files and programs, too.'
        translation.different(option, pattern, says, instead, f"Origin: {others[0]}")
