"""Values of a HAR file, of whatever type they turn out to be, as the types they should have."""

from typing import Final

from corsage.clients.har.secrets import SECRET_HEADERS, without_secrets
from corsage.model import HeaderList

LONGEST_VALUE: Final = 8192
MOST_HEADERS: Final = 400
# More than servers take and send by default, and less than would fill the memory with what is kept of a file.
LONGEST_HEADERS: Final = 48 * 1024
_LONGEST_NAME: Final = 256
_MOST_DIGITS: Final = 16
_LONGEST_KNOWN: Final = 256
_MOST_KNOWN: Final = 4096
_BLANKS: Final = " \t\r\n"


_KNOWN: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}


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
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < _MOST_DIGITS:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return otherwise
    return int(value) if -1e15 < value < 1e15 else otherwise  # noqa: PLR2004 - infinities and NaN are neither


def header_list(value: object) -> tuple[HeaderList, int]:
    """Return the headers in *value*, and how many entries of it are none.

    They are a list of objects with name and value, of bounded length; some writers have an object of names instead.
    Lines that a writer joined with line ends are taken apart again.
    """
    pairs: list[tuple[str, str]] = []
    wrong = 0
    if isinstance(value, dict):
        value = [{"name": name, "value": each} for name, each in value.items()]
    elif not isinstance(value, list):
        return HeaderList(), 0 if value is None else 1
    room = LONGEST_HEADERS
    for each in value[:MOST_HEADERS]:
        try:
            name, content = each["name"], each["value"]
            room -= len(name) + len(content)
            if room < 0:
                wrong += 1
                break
            pairs += _KNOWN.get((name, content)) or _pairs(name, content)
        except (KeyError, TypeError, AttributeError):
            wrong += 1
    return HeaderList(pairs), wrong


def _pairs(name: str, value: str) -> tuple[tuple[str, str], ...]:
    """Return one header, or several where lines were joined; most come again and again, and are remembered.

    Raises:
        TypeError, AttributeError: they are no strings.
    """
    if not name or name[0] == ":":
        return ()  # a pseudo-header of HTTP/2 is none that a page or a server set
    kept = text(name, _LONGEST_NAME)
    pairs = tuple((kept, line) for line in _lines(name.lower(), value))
    if len(name) + len(value) < _LONGEST_KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[name, value] = pairs
    return pairs


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
