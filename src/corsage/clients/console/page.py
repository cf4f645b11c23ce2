"""Pasted text, made ready for looking things up in it.

Terminals, chats and e-mail wrap lines at any column, set typographic quotes, quote by ``>`` and change the case. What
survives is the order of letters and digits. So messages are found in the *bare* text, which is nothing but these in
lower case, and what they name is cut out of the text itself.
"""

# ruff: noqa: RUF001 - quotes and brackets of many languages are what this file is about

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from corsage.clients.console.wrapping import BROKEN, unwrapped

LONGEST_TEXT: Final = 4 * 1024 * 1024
LONGEST_VALUE: Final = 4096

_RUN: Final = re.compile(r"[^\W_]+")
_ENTITY: Final = r"&(#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-z]{2,5});"
_NAMED: Final = {
    "amp": "&",
    "apos": "'",
    "gt": ">",
    "laquo": "«",
    "ldquo": "“",
    "lsquo": "‘",
    "lt": "<",
    "nbsp": " ",
    "quot": '"',
    "raquo": "»",
    "rdquo": "”",
    "rsquo": "’",
}
_ESCAPE: Final = r"\\(?:u([0-9a-fA-F]{4})|([nrt\"'/`]))"
_ESCAPED: Final = {"n": "\n", "r": "\n", "t": " "}
_COLOUR: Final = r"\x1b\[[0-9;]{0,20}[A-Za-z]"
_TAG: Final = r"</?(?:a|b|br|code|div|em|i|li|p|pre|span|strong)(?:\s[^<>]{0,200})?/?>"
_INVISIBLE: Final = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")

QUOTES: Final = "'\"`‘’‚‛“”„‟«»‹›´′＇＂「」『』"
_BLANKS: Final = (" ", "\t", "\xa0")
_MARGIN: Final = " \t\xa0>|│┃" + BROKEN


@dataclass(frozen=True, slots=True)
class Page:
    """A text, and the letters and digits of it.

    Attributes:
        text: what was pasted, with entities, escapes and colours resolved.
        bare: its letters and digits, in lower case.
        is_wrapped: whether a sentence goes on in the next line.
    """

    text: str
    bare: str
    is_wrapped: bool
    _bare_starts: list[int]
    _text_starts: list[int]

    @classmethod
    def of(cls, pasted: str) -> "Page":
        """Prepare *pasted*; what lies beyond 4 MB is not read."""
        joined, is_wrapped = unwrapped(pasted[:LONGEST_TEXT].replace("\r\n", "\n"))
        text = _resolved(joined)
        bare_starts: list[int] = []
        text_starts: list[int] = []
        runs: list[str] = []
        length = 0
        for run in _RUN.finditer(text):
            bare_starts.append(length)
            text_starts.append(run.start())
            runs.append(run.group())
            length += run.end() - run.start()
        return cls(text, _lower("".join(runs)), is_wrapped, bare_starts, text_starts)

    def at(self, index: int) -> int:
        """Where the letter with this *index* in the bare text stands in the text."""
        if index >= len(self.bare):
            return len(self.text)
        run = bisect_right(self._bare_starts, index) - 1
        return self._text_starts[run] + index - self._bare_starts[run]

    def after(self, index: int) -> int:
        """Where the text goes on after the letter before *index*."""
        return self.at(index - 1) + 1 if index else 0

    def between(self, start: int, end: int) -> str:
        """Return what stands in the text between two places of the bare text, bounded."""
        begin = self.after(start)
        return self.text[begin : min(self.at(end), begin + LONGEST_VALUE)]

    def rest(self, start: int) -> str:
        """Return what stands in the text from *start* on, bounded."""
        begin = self.after(start)
        return self.text[begin : begin + LONGEST_VALUE]


def _resolved(text: str) -> str:
    if "\x1b" in text:
        text = re.sub(_COLOUR, "", text)
    if "</" in text or "<br" in text:
        text = re.sub(_TAG, "\n", text, flags=re.IGNORECASE)
    if "&" in text:
        text = re.sub(_ENTITY, _entity, text)
    if "\\" in text:
        text = re.sub(_ESCAPE, _escape, text)
    return text if text.isascii() else text.translate(_INVISIBLE)


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    if name[0] != "#":
        return _NAMED.get(name, match.group())
    code = int("0" + name[1:], 0) if name[1] in "xX" else int(name[1:])
    return _char(code) or match.group()


def _escape(match: re.Match[str]) -> str:
    if match.group(1):
        return _char(int(match.group(1), 16)) or match.group()
    return _ESCAPED.get(match.group(2), match.group(2))


def _char(code: int) -> str:
    """Return the character, unless it is a surrogate, or none at all."""
    most, first_surrogate, last_surrogate = 0x10FFFF, 0xD800, 0xDFFF
    return "" if code > most or first_surrogate <= code <= last_surrogate else chr(code)


def _lower(text: str) -> str:
    """Return *text* in lower case, every letter where it was: one capital has a small form of two letters."""
    return text.replace("İ", "i").lower()


def one_line(raw: str, *, gap: str = "") -> str:
    """Undo the wrapping of a value: *gap* goes where a line ended with a word."""
    if "\n" not in raw and "\r" not in raw:
        return raw.strip()
    joined = ""
    broken = True
    for line in raw.replace("\r", "\n").split("\n"):
        part = line.strip(_MARGIN)
        if joined and part and not (broken and line[:1] not in _BLANKS):
            joined += gap
        joined += part
        broken = line.endswith(BROKEN) and line[-2:-1] not in _BLANKS
        if joined.endswith(",") and gap:
            broken = False
    return joined


def unquoted(value: str) -> str:
    """Remove one pair of quotes, of any language."""
    value = value.strip()
    if len(value) > 1 and value[0] in QUOTES and value[-1] in QUOTES:
        return value[1:-1].strip("\xa0 \u202f")
    return value
