"""MIME types as browsers parse them (https://mimesniff.spec.whatwg.org/#parsing-a-mime-type)."""

import re
from typing import Final, NamedTuple

from corsage.grammar.failure import FAILURE, Failure
from corsage.grammar.tokens import HTTP_WHITESPACE, is_token

# https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point
_QUOTED_STRING_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


class MimeType(NamedTuple):
    """A parsed MIME type: lower-case type and subtype, parameters in order of appearance."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def essence(self) -> str:
        """``type/subtype``, lower-case (https://mimesniff.spec.whatwg.org/#mime-type-essence)."""
        return f"{self.type}/{self.subtype}"


def parse_mime_type(text: str) -> MimeType | Failure:
    """Parse a MIME type; parameters that do not parse are skipped, a bad type or subtype is `FAILURE`."""
    essence, _, rest = text.strip(HTTP_WHITESPACE).partition(";")
    kind, slash, subtype = essence.partition("/")
    subtype = subtype.rstrip(HTTP_WHITESPACE)
    if not slash or not is_token(kind) or not is_token(subtype):
        return FAILURE
    return MimeType(kind.lower(), subtype.lower(), tuple(_parameters(rest).items()))


def _parameters(rest: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    position = 0
    while position < len(rest):
        position = _skip_whitespace(rest, position)
        end = _next_of(rest, position, ";=")
        name = rest[position:end].lower()
        position = end
        if position >= len(rest):
            break
        position += 1
        if rest[position - 1] == ";":
            continue
        if rest[position : position + 1] == '"':
            value, position = _quoted(rest, position + 1)
            position = _next_of(rest, position, ";") + 1
        else:
            end = _next_of(rest, position, ";")
            value = rest[position:end].rstrip(HTTP_WHITESPACE)
            position = end + 1
            if not value:
                continue
        if is_token(name) and _QUOTED_STRING_VALUE.fullmatch(value) and name not in parameters:
            parameters[name] = value
    return parameters


def _skip_whitespace(text: str, position: int) -> int:
    while position < len(text) and text[position] in HTTP_WHITESPACE:
        position += 1
    return position


def _next_of(text: str, position: int, stops: str) -> int:
    while position < len(text) and text[position] not in stops:
        position += 1
    return position


def _quoted(text: str, position: int) -> tuple[str, int]:
    """Collect an HTTP quoted string whose opening quote was consumed; return its value and the position after it."""
    value: list[str] = []
    while position < len(text):
        char = text[position]
        position += 1
        if char == '"':
            break
        if char == "\\" and position < len(text):
            char = text[position]
            position += 1
        value.append(char)
    return "".join(value), position
