"""Values of a HAR file, of whatever type they turn out to be, as the types they should have."""

from datetime import datetime
from typing import Final

from corsage.clients.har.secrets import SECRET_HEADERS, without_secrets
from corsage.model import HeaderList

LONGEST_VALUE: Final = 16_384
MOST_HEADERS: Final = 400
_BLANKS: Final = " \t\r\n"


def mapping(value: object) -> dict[str, object]:
    """Return *value* where it is an object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def text(value: object, longest: int = LONGEST_VALUE) -> str:
    """Return *value* where it is a string, cut to *longest* characters and without lone surrogates."""
    if not isinstance(value, str):
        return ""
    if len(value) > longest:
        value = value[:longest]
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def integer(value: object, otherwise: int = 0) -> int:
    """Return *value* as an integer where it is a number, or digits; HAR writers have both."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < LONGEST_VALUE // 1000:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return otherwise
    return int(value) if -1e15 < value < 1e15 else otherwise  # noqa: PLR2004 - infinities and NaN are neither


def seconds(value: object) -> float:
    """Return a ``startedDateTime`` as seconds since 1970; 0 where it is none."""
    if not isinstance(value, str):
        return 0.0
    try:
        return datetime.fromisoformat(value[:40]).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def header_list(value: object) -> tuple[HeaderList, int]:
    """Return the headers in *value*, and how many entries of it are none.

    They are a list of objects with name and value; some writers have an object of names instead. Lines that a writer
    joined with line ends are taken apart again.
    """
    pairs: list[tuple[str, str]] = []
    wrong = 0
    if isinstance(value, dict):
        value = [{"name": name, "value": each} for name, each in value.items()]
    elif not isinstance(value, list):
        return HeaderList(), 0 if value is None else 1
    for each in value[:MOST_HEADERS]:
        try:
            name, content = each["name"], each["value"]
            lower = name.lower()
            plain = content.isascii() and len(content) <= LONGEST_VALUE and lower not in SECRET_HEADERS
        except (KeyError, TypeError, AttributeError):
            wrong += 1
            continue
        if not name or name[0] == ":":
            continue  # a pseudo-header of HTTP/2 is none that a page or a server set
        if plain and "\n" not in content:
            pairs.append((text(name, 256), content.strip(_BLANKS)))
        else:
            pairs += [(text(name, 256), line) for line in _lines(lower, content)]
    return HeaderList(pairs), wrong


def _lines(name: str, value: str) -> list[str]:
    value = value[:LONGEST_VALUE]
    if not value.isascii():
        value = _bytes_as_characters(value)
    lines = (
        [value.strip(_BLANKS)] if "\n" not in value else [line.strip(_BLANKS) for line in value.split("\n")]
    )
    return [without_secrets(name, line) for line in lines] if name in SECRET_HEADERS else lines


def _bytes_as_characters(value: str) -> str:
    """Return *value* with one character for each byte, as `HeaderList` has it."""
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode("utf-8", "replace").decode("latin-1")
    return value
