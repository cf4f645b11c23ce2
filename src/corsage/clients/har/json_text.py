"""JSON piece by piece: one value at a time, without the whole text, and with what is unreadable stepped over.

The standard library's scanner does the work. On 100 MB of 25,000 entries it took 0.6 s and 11 MB here; ijson with its
yajl2_c backend 0.8 s (2.3 s where bodies are large); orjson and msgspec need the whole text or entries cut out first
(2.6 s, of which orjson is a tenth). It needs no package, forgives NaN, and says where a string was left open.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Of a string that is longer than what is read at a time, this much is kept.
KEPT_OF_STRING: Final = 64 * 1024
# One value, without what was cut from its strings: memory is bounded by it.
LONGEST_VALUE: Final = 8 * 1024**2
# An error this near to the end of what was read may be no error: the rest is still to come.
_NEAR: Final = 64
_LONGEST_ESCAPE: Final = 12
_OPEN: Final = "Unterminated string"
_CUT: Final = "the file ends in the middle of it"

_BLANKS: Final = re.compile(r"[ \t\r\n]*+")
_SEPARATORS: Final = re.compile(r"[ \t\r\n,]*+")
_IN_STRING: Final = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_BETWEEN: Final = re.compile(r'[^"{}\[\]]*+')
_IN_SCALAR: Final = re.compile(r"[^,\]}]*+")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that was stepped over.

    Attributes:
        why: in a few words.
        at_end: whether the text ended within it.
    """

    why: str
    at_end: bool = False


class JsonText:
    """A text that arrives in pieces.

    Args:
        pieces: of the text.
    """

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._position = 0
        self._gone = 0
        self._scan = json.JSONDecoder(strict=False).raw_decode

    @property
    def offset(self) -> int:
        """How many characters have been read."""
        return self._gone + self._position

    def peek(self, *, separators: bool = False) -> str:
        """Return the next character that is not blank (nor a comma, with *separators*); empty at the end."""
        skipped = _SEPARATORS if separators else _BLANKS
        while True:
            match = skipped.match(self._text, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._more():
                return ""

    def take(self) -> None:
        """Step over the character that was peeked at."""
        self._position += 1

    def value(self) -> object:
        """Read one value; `Unreadable` where that cannot be done, with the position behind it."""
        while True:
            try:
                found, end = self._scan(self._text, self._position)
            except (RecursionError, ValueError) as error:
                why = self._mended(error)
                if why is not None:
                    return Unreadable(why, at_end=not self.skip())
            else:
                # A number that ends where the piece ends may go on in the next one.
                if end < len(self._text) or isinstance(found, dict | list | str) or not self._more():
                    self._position = end
                    return found

    def _mended(self, error: RecursionError | ValueError) -> str | None:
        """Read on, or cut a string, so that another try is worth it: ``None``; or say why none is."""
        if isinstance(error, RecursionError):
            return "it is nested too deeply"
        if not isinstance(error, json.JSONDecodeError):
            return "it holds a number with thousands of digits"
        is_open = error.msg.startswith(_OPEN)
        if is_open and len(self._text) - error.pos > KEPT_OF_STRING + 2:
            return self._shorten(error.pos)
        if len(self._text) - self._position > LONGEST_VALUE:
            return f"it is longer than {LONGEST_VALUE:,} characters"
        if not is_open and self._text[error.pos + _NEAR :].strip():
            return f"it is not JSON: {error.msg[:1].lower()}{error.msg[1:]}, near character {self._gone + error.pos:,}"
        if self._more():
            return None
        return _CUT if is_open or error.pos >= len(self._text.rstrip()) else "it is not JSON, or cut off"

    def skip(self) -> bool:
        """Step over one value, however large or wrong; tell whether it ended before the text did."""
        depth = 0
        while True:
            character = self._next(_BETWEEN) if depth else self.peek()
            if character == "":
                return False
            if not depth and character not in '"{[':
                self._next(_IN_SCALAR)
                return True
            self.take()
            if character == '"':
                if not self._skip_string():
                    return False
            else:
                depth += 1 if character in "{[" else -1
            if depth <= 0:
                return True

    def _skip_string(self) -> bool:
        while True:
            match = _IN_STRING.match(self._text, self._position)
            self._position = match.end() if match else self._position
            if self._text[self._position : self._position + 1] == '"':
                self.take()
                return True
            # What is left is nothing, or a backslash whose character is still to come.
            if not self._more():
                return False

    def _next(self, skipped: re.Pattern[str]) -> str:
        while True:
            match = skipped.match(self._text, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._more():
                return ""

    def _shorten(self, start: int) -> str | None:
        """Cut the string that begins at *start*, which does not end in what was read: its rest is not kept."""
        kept = self._text[self._position : start + 1 + KEPT_OF_STRING]
        last = kept.rfind("\\", -_LONGEST_ESCAPE)
        if last > start - self._position:
            kept = kept[:last].rstrip("\\")
        self._position = start + 1
        ended = self._skip_string()
        rest = self._text[self._position :] if ended else ""
        self._gone += self._position - len(kept) - 1
        self._text, self._position = f'{kept}"{rest}', 0
        return None if ended else _CUT

    def _more(self) -> bool:
        """Read on; what lies behind is forgotten."""
        # As much again as there is, so that a long value is not scanned too often; but not much more than is allowed.
        held = len(self._text) - self._position
        wanted = min(held, LONGEST_VALUE - held)
        found: list[str] = []
        for piece in self._pieces:
            found.append(piece)
            wanted -= len(piece)
            if wanted <= 0 and piece:
                break
        if not any(found):
            return False
        self._gone += self._position
        self._text = "".join([self._text[self._position :], *found])
        self._position = 0
        return True
