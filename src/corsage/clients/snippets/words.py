"""Command lines become words, as the shell that they were written for reads them.

bash and its kin: quotes of every kind, ``$'…'`` among them, backslashes, comments, redirections.
Nothing is expanded
or run.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_COMMAND: Final = 128 * 1024
MOST_WORDS: Final = 2000

_PLAIN: Final = re.compile(r"[^\s'\"\\$`;|&<>^\u201c\u201d\u2018\u2019#]+")
_DOUBLE: Final = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_SINGLE: Final = re.compile(r"'([^']*+)'")
_ANSI: Final = re.compile(r"\$'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
_TYPOGRAPHIC: Final = re.compile(r"\u201c([^\u201d\u201c]*+)\u201d|\u2018([^\u2019\u2018]*+)\u2019")
_IN_DOUBLE: Final = re.compile(r'\\([$`"\\\n])')
_ANSI_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|(.))", re.DOTALL
)
_ANSI_NAMED: Final = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "v": "\v",
}
_CONTINUED: Final = re.compile(r"[ \t]*(?:\\|`|\^)?[ \t]*\r?\n")
_REDIRECT: Final = re.compile(r"\d?(?:>>|>&|>|<<<|<)[ \t]*(?:&?[^\s;|&<>]*)")
_OPTION_LINE: Final = re.compile(r"[ \t]*(?:\r?\n[ \t]*){1,2}(-[A-Za-z]|--[a-z][a-z0-9-]+)(?=[\s'\"=]|$)")


@dataclass(slots=True)
class Words:
    """The words of one command.

    Attributes:
        words: in order.
        end: where the command ends in the text.
    """

    words: list[str]
    end: int


def posix_words(text: str, start: int = 0, stop: int | None = None) -> Words:
    """Read one command of a POSIX shell from *start* on: up to its line's end, ``;``, ``|`` or ``&``.

    A line that begins with an option belongs to the command before it, for continuations get lost on the way.
    """
    reader = _Posix(text, start, len(text) if stop is None else stop)
    return Words(reader.read(), reader.at)


class _Posix:
    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.at = start
        self.stop = min(stop, start + LONGEST_COMMAND)
        self.words: list[str] = []
        self.word: list[str] | None = None
        # Quotes of which none is closed from here on.
        self.hopeless: set[str] = set()

    def read(self) -> list[str]:
        while self.at < self.stop and len(self.words) < MOST_WORDS:
            char = self.text[self.at]
            if char in " \t\xa0":
                self._end_word()
                self.at += 1
            elif char in "\r\n":
                self._end_word()
                if not self._goes_on():
                    break
            elif self._is_end(char):
                break
            else:
                self._piece(char)
        self._end_word()
        return self.words

    def _goes_on(self) -> bool:
        found = _OPTION_LINE.match(self.text, self.at, self.stop)
        if found is None:
            return False
        self.at = found.start(1)
        return True

    def _is_end(self, char: str) -> bool:
        if char == "#" and self.word is None:
            return True
        if char not in ";|&":
            return False
        following = self.text[self.at + 1 : self.at + 2]
        # An address without quotes may hold them: the writer meant no end.
        return self.word is None or char == "|" or following in ("", " ", "\n", "\r", char)

    def _piece(self, char: str) -> None:
        if char in "<>" and self.word is None:
            redirect = _REDIRECT.match(self.text, self.at, self.stop)
            closed = self.text.find(">", self.at, self.at + 100) if char == "<" else -1
            if redirect is not None and (closed < 0 or "\n" in self.text[self.at : closed]):
                self.at = max(redirect.end(), self.at + 1)
                return
        if char in "'\"$\u201c\u2018" and char not in self.hopeless and self._quoted(char):
            return
        if char in "\\`^":
            self._escape(char)
            return
        found = _PLAIN.match(self.text, self.at, self.stop)
        end = found.end() if found else self.at + 1
        self._add(self.text[self.at : end])
        self.at = end

    def _quoted(self, char: str) -> bool:
        pattern = {"'": _SINGLE, '"': _DOUBLE, "$": _ANSI}.get(char, _TYPOGRAPHIC)
        found = pattern.match(self.text, self.at, self.stop)
        if found is None:
            if char != "$" or self.text.startswith("$'", self.at):
                self.hopeless.add(char)
            return False
        inside = found.group(1) if found.group(1) is not None else found.group(2)
        if char == '"':
            inside = _IN_DOUBLE.sub(lambda escape: escape.group(1).replace("\n", ""), inside)
        elif char == "$":
            inside = _ANSI_ESCAPE.sub(_ansi, inside)
        self._add(inside)
        self.at = found.end()
        return True

    def _escape(self, char: str) -> None:
        """Read a backslash, or a backtick or caret where that continues the line."""
        continued = _CONTINUED.match(self.text, self.at, self.stop)
        if continued is not None:
            # Two halves of a word are joined; an option was meant to be one of its own.
            halves = self.text.startswith("\\\n", self.at) and not self.text.startswith("-", continued.end())
            if not halves:
                self._end_word()
            self.at = continued.end()
        elif char == "\\" and self.at + 1 < self.stop:
            self._add(self.text[self.at + 1])
            self.at += 2
        else:
            self._add(char)
            self.at += 1

    def _add(self, piece: str) -> None:
        if self.word is None:
            self.word = []
        self.word.append(piece)

    def _end_word(self) -> None:
        if self.word is not None:
            self.words.append("".join(self.word))
            self.word = None


def _ansi(escape: re.Match[str]) -> str:
    two, four, eight, octal, char = escape.groups()
    digits = two or four or eight
    if digits or octal:
        code = int(digits, 16) if digits else int(octal, 8) & 0xFF
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"  # noqa: PLR2004
    return _ANSI_NAMED.get(char, char if char in "\\'\"?" else "\\" + char)
