"""Undo what terminals do to long lines: break them at a width, in the middle of words.

Most messages are found whether they are wrapped or not (`page`). But where an address ends that has no quotes, or
what stands in one line, only the lines can tell.
"""

from itertools import pairwise
from typing import Final

# Stands before a line's end where the line may have been broken within a word.
BROKEN: Final = "\x0b"

_NARROWEST: Final = 20
_WIDEST: Final = 400
# So many lines of exactly the greatest width are no accident.
_NO_ACCIDENT: Final = 2
_ALIKE: Final = 8
# What a line of a quotation begins with, and an empty one.
_MARGIN: Final = ("", ">", "|", "│", "┃")
_NEARLY_ALL: Final = 0.8
_SCHEMES: Final = tuple(
    (scheme[:cut], scheme[cut:]) for scheme in ("http://", "https://") for cut in range(1, len(scheme))
)
_URL_GOES_ON: Final = "/?&=-_.%:#+~,;@*<>[]{}$!"


def unwrapped(text: str) -> tuple[str, bool]:
    """Join the lines that were broken at the text's width, and mark others that may have been with `BROKEN`.

    Returns:
        the text, and whether its lines end for want of room, so that a sentence goes on in the next.
    """
    if "\n" not in text:
        return text, False
    lines = text.split("\n")
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return text, False
    pairs = list(pairwise(lines))
    by_word = any(_did_not_fit(before, after, width) for before, after in pairs)
    is_block = not by_word and _is_block(pairs, width)
    joined = [lines[0]]
    for before, after in pairs:
        was_full = len(before) == width and after[:1] not in _MARGIN
        if was_full and (_in_address(before, after) or (is_block and _goes_on(before, after))):
            joined[-1] += after
        else:
            joined[-1] += BROKEN if was_full and not by_word and _is_middle(before, after) else ""
            joined.append(after)
    return "\n".join(joined), is_block or _is_wrapped(pairs, width)


def _is_wrapped(pairs: list[tuple[str, str]], width: int) -> bool:
    """Tell whether nearly all lines but the last of each paragraph had no room for another word."""
    inner = [pair for pair in pairs if all(pair)]
    ended = sum(1 for before, after in inner if len(before) == width or _did_not_fit(before, after, width))
    return bool(inner) and ended >= _NEARLY_ALL * len(inner)


def _did_not_fit(before: str, after: str, width: int) -> bool:
    """Tell a line that ended where the next word had no room: the text was wrapped between words."""
    words = after.split(None, 1)
    return bool(words) and len(before) < width < len(before) + 1 + len(words[0])


def _is_block(pairs: list[tuple[str, str]], width: int) -> bool:
    """Tell a terminal's lines, all full but the last of each message, from a log."""
    full = sum(1 for before, _ in pairs if len(before) == width)
    short = sum(1 for before, after in pairs if after and len(before) < width)
    return full >= max(_NO_ACCIDENT, short)


def _is_middle(before: str, after: str) -> bool:
    """Tell whether a line can begin in the middle of a word, or of a number."""
    if after[0].isdigit():
        return before[-1].isdigit()
    return after[0].islower() and not after.startswith("http")


def _in_address(before: str, after: str) -> bool:
    """Tell whether *before* ends within an address, or its scheme, and *after* can go on with it."""
    words = before.rsplit(None, 1)
    last = words[-1].lower() if words else ""
    if "://" in last:
        return after[0].islower() or after[0].isdigit() or after[0] in _URL_GOES_ON
    return any(last.endswith(head) and after.startswith(tail) for head, tail in _SCHEMES)


def _goes_on(before: str, after: str) -> bool:
    """Tell a broken line from lines of a log, which begin alike, and from whole sentences."""
    return before[:_ALIKE] != after[:_ALIKE] and not before.endswith((",", ".", ")", ":", ";", "!"))
