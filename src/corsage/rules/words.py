"""Looks for words in what people write, without regular expressions: one pass, whatever the text."""

import re
from functools import cache
from typing import Final

LONGEST_TEXT: Final = 20_000
# Dots, quotes and brackets part words, so that app.UseCors() says "usecors"; slashes and hyphens hold them together.
# Those before an option's name are none of it.
_NOT_A_WORD: Final = re.compile(r"(?:[^a-z0-9:/*_@-]|(?<![a-z0-9])-)+")
# Without these a phrase of code would be a word of everyday: `!== 'post'`, `<img>`, `resources=`, `.json`.
_OF_CODE: Final = re.compile(r"[<>\[\](){}=!?~,;+]|^\.|(?<![a-z])'|'(?![a-z])")
_AROUND_MARKS: Final = re.compile(r" ?([<>\[\](){}=!?~',;+]) ?")
_ONE_QUOTE: Final = str.maketrans(dict.fromkeys('"`‘’“”', "'"))
_SHORT: Final = 3
_NEVER: Final = "\0"


def plain_words(text: str) -> str:
    """Return the words of *text*: lower-case, single spaces, one at either end; the rest is cut off."""
    return f" {_NOT_A_WORD.sub(' ', text[:LONGEST_TEXT].lower()).strip()} "


def plain_code(text: str) -> str:
    """Return *text* with its marks: lower-case, one kind of quote, no space around a mark; the rest is cut off."""
    text = " ".join(text[:LONGEST_TEXT].lower().translate(_ONE_QUOTE).split())
    return _AROUND_MARKS.sub(r"\1", text)


def find_words(text: str, code: str, wanted: tuple[str | tuple[str, ...], ...]) -> str | None:
    """Return the first of *wanted* that somebody says.

    Args:
        text: the plain words.
        code: the same text, as `plain_code` gives it: where phrases with marks of code are looked for.
        wanted: phrases. A tuple is said where all of its parts are.
    """
    if not code:
        return None
    for each in wanted:
        if isinstance(each, str):
            if _says(text, code, each):
                return each.strip()
        elif all(_says(text, code, part) for part in each):
            return " … ".join(part.strip() for part in each)
    return None


def _says(text: str, code: str, phrase: str) -> bool:
    needle, is_code = _needle(phrase)
    return _holds(code, needle) if is_code else needle in text


def _holds(code: str, needle: str) -> bool:
    """Tell whether *needle* stands in *code*; a word at its start is the start of a word there."""
    at = code.find(needle)
    while at > 0 and needle[0].isalnum() and (code[at - 1].isalnum() or code[at - 1] in "_-"):
        at = code.find(needle, at + 1)
    return at >= 0


@cache
def _needle(words: str) -> tuple[str, bool]:
    """Return *words* as they are looked for, and whether in code.

    In plain text they stand at the start of a word; short ones, and what ends in a mark, whole.
    """
    if _OF_CODE.search(words.lower()):
        # A tag may go on with attributes.
        return plain_code(words).removesuffix(">"), True
    plain = _NOT_A_WORD.sub(" ", words.lower()).strip()
    if not plain:
        return _NEVER, False
    whole = len(plain) <= _SHORT or not (words[-1:].isalnum() or words[-1:] in "*_-/:@")
    return f" {plain} " if whole else f" {plain}", False
