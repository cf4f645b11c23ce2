"""How servers tell whom they let in: what an origin is compared with, and what that means for a policy."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from corsage.server.draft import NULL, WILDCARD
from corsage.server.importers.express_regexes import take_regex
from corsage.server.importers.expressions import take_expression, without_case
from corsage.server.importers.options import split
from corsage.server.importers.translation import Translation
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.witness.text import alternatives

_NEVER: Final = "It was compared as text, so that no origin was ever equal to it."
_PLAIN: Final = re.compile(r"(?:[A-Za-z0-9:/_-]|\\?[.]|\\[-/:])+", re.ASCII)
_BARE_DOT: Final = re.compile(r"(?<!\\)\.")
_PATTERN: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9.\\+-]*)://"
    r"(?P<wild>\[a-z0-9_-\]\+\\\.|\(\?:\[a-z0-9_-\]\+\\\.\)\+)?"
    r"(?P<host>(?:[a-z0-9_-]|\\\.)+)"
    r"(?P<port>\(\?::\[0-9\]\+\)\?|:[0-9]+)?",
    re.ASCII,
)
# What is found in every origin, and what is the whole of any.
_FOUND_IN_ANY: Final = re.compile(r"\^?\(?(?:\?:)?\.[*+]?\)?|\(?(?:\?:)?\.?\)?\$?|\^|:|//|://")
_ANY: Final = re.compile(r"\^?\(?(?:\?:)?\.[*+]\)?\$?")
_LONGEST: Final = 20_000


class How(StrEnum):
    """How an origin is compared."""

    IS = "is"
    SEARCHED = "searched"  # an expression, anywhere in the origin
    WHOLE = "whole"  # an expression for the whole of it
    BEGINS = "begins"
    LIKE = "like"  # a pattern of ours: ``https://+.example.com``


@dataclass(frozen=True, slots=True)
class OriginTest:
    """A comparison. Two that are alike are one.

    Attributes:
        how: which kind.
        text: what it is compared with.
        ignores_case: whether upper case is as good.
    """

    how: How
    text: str
    ignores_case: bool = False


def passes_anybody(test: OriginTest) -> bool:
    """Tell whether *test* asks for nothing but some origin."""
    if test.how is How.SEARCHED and _FOUND_IN_ANY.fullmatch(test.text):
        return True
    return test.how in {How.SEARCHED, How.WHOLE} and _ANY.fullmatch(test.text) is not None


def take_test(translation: Translation, option: str, test: OriginTest) -> None:
    """Let those in who pass *test*; remark on whoever did and was not meant."""
    if len(test.text) > _LONGEST:
        translation.lost(option, test.text, "It is too long to be read.", "It is left out.")
    elif test.how is How.IS:
        _take_text(translation, option, test.text)
    elif test.how is How.LIKE:
        translation.take_origin(option, test.text, wildcards="")
    elif test.how is How.BEGINS:
        _take_beginning(translation, option, test.text)
    else:
        _take_pattern(translation, option, test)


def _take_text(translation: Translation, option: str, text: str) -> None:
    several = split(text)
    if len(several) > 1:
        says = "Several origins in one text are no origin: browsers refuse it."
        translation.different(option, text, says, "It is read as a list.")
    for each in several:
        if each == WILDCARD:
            translation.allow_everyone()
        else:
            translation.take_origin(option, each, wildcards=_NEVER)


def _take_beginning(translation: Translation, option: str, text: str) -> None:
    says = "Every origin that begins so was allowed, whatever follows."
    if parse_origin_pattern(text) is None:
        take_expression(translation, option, f"{re.escape(text)}.*")
        return
    translation.danger(option, text, says, f"{text} alone is allowed.", f"Origin: {text}.evil.com")
    translation.take_origin(option, text, wildcards="")


def _take_pattern(translation: Translation, option: str, test: OriginTest) -> None:
    pattern = without_case(test.text, ignored=test.ignores_case)
    body = pattern if test.how is How.WHOLE else _within_anchors(pattern)
    if body is None:
        take_regex(option, pattern, translation)
        return
    for each in alternatives(_ungrouped(body)):
        _take_whole(translation, option, each)


def _take_anybody(translation: Translation, option: str, pattern: str) -> None:
    if translation.credentials:
        says = (
            "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
        )
        translation.refuse_everyone_with_cookies(option, pattern, says)
    else:
        translation.different(
            option, pattern, "Every origin was reflected.", 'It is written as origins = "*".'
        )
        translation.allow_everyone()


def _take_whole(translation: Translation, option: str, text: str) -> None:
    """Take one alternative of an expression for the whole origin."""
    if text in (".*", ".+", "(.*)", "(.+)"):
        _take_anybody(translation, option, text)
        return
    plain = re.sub(r"\\(.)", r"\1", text)
    if plain == NULL:
        translation.refuse_null(option, text)
        return
    wild = _PATTERN.fullmatch(text)
    if wild is not None and parse_origin_pattern(_written(wild)) is not None:
        translation.take_origin(option, _written(wild), wildcards="")
    elif _PLAIN.fullmatch(text) and not _BARE_DOT.search(text) and parse_origin_pattern(plain) is not None:
        translation.take_origin(option, plain, wildcards="")
    else:
        take_expression(translation, option, text)


def _written(found: re.Match[str]) -> str:
    """Return what is meant by an expression of ours, as policies write it."""
    wild = found["wild"] or ""
    sign = "*." if wild.startswith("(") else "+." if wild else ""
    port = found["port"] or ""
    return "".join(
        (
            found["scheme"].replace("\\", ""),
            "://",
            sign,
            found["host"].replace("\\", ""),
            ":*" if port.startswith("(") else port,
        )
    )


def _within_anchors(pattern: str) -> str | None:
    """Return what stands between ``^`` and ``$`` where they hold for the whole; ``None`` elsewhere."""
    if not (pattern.startswith("^") and pattern.endswith("$")) or pattern.endswith("\\$"):
        return None
    body = pattern[1:-1]
    return body if len(alternatives(body)) == 1 else None


def _ungrouped(body: str) -> str:
    """Take away one group around everything."""
    for start in ("(?:", "("):
        inner = body.removeprefix(start)
        if inner != body and inner.endswith(")") and not inner.startswith("?"):
            inner = inner[:-1]
            return inner if _is_balanced(inner) else body
    return body


def _is_balanced(text: str) -> bool:
    depth = 0
    for piece in re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|[()]", text):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth < 0:
            return False
    return depth == 0
