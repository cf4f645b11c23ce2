"""Looks for words in what people write, without regular expressions: one pass, whatever the text."""

import re
from functools import cache
from typing import Final

LONGEST_TEXT: Final = 20_000
# Dots, quotes and brackets part words, so that app.UseCors() says "usecors"; slashes and hyphens hold them together.
# Those before an option's name are none of it.
_NOT_A_WORD: Final = re.compile(r"(?:[^a-z0-9:/*_@-]|(?<![a-z0-9])-)+")
_SHORT: Final = 3
_NEVER: Final = "\0"


def plain_words(text: str) -> str:
    """Return the words of *text*: lower-case, single spaces, one at either end; the rest is cut off."""
    return f" {_NOT_A_WORD.sub(' ', text[:LONGEST_TEXT].lower()).strip()} "


def find_words(text: str, wanted: tuple[str | tuple[str, ...], ...]) -> str | None:
    """Return the first of *wanted* that the plain words *text* say; a tuple is said where all of its parts are."""
    for each in wanted:
        if isinstance(each, str):
            if _needle(each) in text:
                return each.strip()
        elif all(_needle(part) in text for part in each):
            return " … ".join(part.strip() for part in each)
    return None


@cache
def _needle(words: str) -> str:
    """Return *words* as they stand in plain text: at the start of a word; short ones, and what ends in a mark, whole."""
    plain = _NOT_A_WORD.sub(" ", words.lower()).strip()
    if not plain:
        return _NEVER
    whole = len(plain) <= _SHORT or not (words[-1:].isalnum() or words[-1:] in "*_-/:@")
    return f" {plain} " if whole else f" {plain}"
