"""Command lines of Windows' cmd.exe, as browsers copy them: carets first, then the quotes of C programs."""

import re
from typing import Final

from corsage.clients.snippets.words import LONGEST_COMMAND, MOST_WORDS, Words

_PLAIN: Final = re.compile(r'[^\s"\\^&]+')
_NEW_LINE: Final = re.compile(r"\^\r?\n\r?\n")
_CONTINUED: Final = re.compile(r"\^[ \t]*\r?\n")


def is_cmd(text: str, start: int = 0) -> bool:
    """Tell whether the command at *start* is written for cmd.exe: carets before quotes or a line's end."""
    line_end = text.find("\n", start, start + LONGEST_COMMAND)
    line = text[start : line_end + 1 if line_end >= 0 else start + LONGEST_COMMAND]
    return '^"' in line or line.rstrip().endswith(" ^")


def cmd_words(text: str, start: int = 0, stop: int | None = None) -> Words:
    """Read one command of cmd.exe from *start* on: up to its line's end or a ``&`` outside of quotes."""
    words: list[str] = []
    word: list[str] | None = None
    quoted = False
    at, stop = start, min(len(text) if stop is None else stop, start + LONGEST_COMMAND)
    while at < stop and len(words) < MOST_WORDS:
        char = text[at]
        piece, width = _piece(text, at, stop)
        if char == '"' or text.startswith('^"', at):
            quoted = not quoted
            word = word or []
        elif char == "^" and not piece:
            pass
        elif not quoted and char in " \t\r\n&":
            if word is not None:
                words.append("".join(word))
                word = None
            if char in "\r\n&":
                break
        else:
            word = word or []
            word.append(piece)
        at += width
    if word is not None:
        words.append("".join(word))
    return Words(words, at)


def _piece(text: str, at: int, stop: int) -> tuple[str, int]:
    """Return what stands at *at* when carets and backslashes are resolved, and how long it is in the text."""
    char = text[at]
    if char == "^":
        return _caret(text, at, stop)
    if char == "\\":
        return _backslash(text, at)
    found = _PLAIN.match(text, at, stop)
    return (found.group(), found.end() - at) if found else (char, 1)


def _caret(text: str, at: int, stop: int) -> tuple[str, int]:
    found = _NEW_LINE.match(text, at, stop)
    if found is not None:
        return "\n", found.end() - at
    found = _CONTINUED.match(text, at, stop)
    if found is not None:
        return "", found.end() - at
    if text.startswith("^\\", at):
        piece, width = _backslash(text, at + 1)
        return piece, width + 1
    return text[at + 1 : at + 2], 2


def _backslash(text: str, at: int) -> tuple[str, int]:
    """Resolve a backslash before a quote or another backslash, either of which may stand behind a caret."""
    width = 2 if text.startswith("^", at + 1) and text[at + 2 : at + 3] in ('"', "\\") else 1
    escaped = text[at + width : at + width + 1]
    if escaped and escaped in '"\\$`':
        return escaped, width + 1
    return "\\", 1
