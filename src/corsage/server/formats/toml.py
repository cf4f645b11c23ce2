"""TOML: policies as people write them. Read by the standard library, written here: a few tables of plain values."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Final

from corsage.model.rule import Problem
from corsage.server.formats.document_rules import DocumentSyntax
from corsage.server.policy import PolicyError

_PLACE: Final = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_\-]+", re.ASCII)
_WIDEST: Final = 100
_SHORT_ESCAPES: Final = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}


def read_toml(text: str) -> Mapping[str, object]:
    """Parse *text*.

    Raises:
        PolicyError: it is not TOML; the problem says where.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise PolicyError(
            [DocumentSyntax.problem("the file", "", "lists in it are nested too deeply")]
        ) from None
    except ValueError as error:  # TOMLDecodeError, and the digits of a number that is too long
        raise PolicyError([_syntax(text, str(error))]) from None


def _syntax(text: str, message: str) -> Problem:
    place = _PLACE.search(message)
    reason = (message[: place.start()] if place else message).rstrip(".")
    reason = f"it is not TOML: {reason[:1].lower()}{reason[1:]}"
    lines = text.split("\n")
    if place is None:
        return DocumentSyntax.problem("the file", "", reason)
    line, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    return DocumentSyntax.problem(f"line {line}, column {column}", shown, reason)


def write_toml(document: Mapping[str, object]) -> str:
    """Write tables within tables of texts, numbers, booleans and lists of them.

    Raises:
        TypeError: there is something else in it.
    """
    return "\n".join(_tables(document, ())) + "\n"


def _tables(table: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    """Return the lines of *table*: its own values first, then the tables below it."""
    values = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    below = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines: list[str] = []
    if path and (values or not below):
        lines.append(f"[{'.'.join(map(_key, path))}]")
    lines += [f"{_key(key)} = {_value(value)}" for key, value in values.items()]
    for key, value in below.items():
        found = _tables(value, (*path, key))
        lines += ["", *found] if lines else found
    return lines


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else _string(text)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, Sequence):
        return _list([_value(each) for each in value])
    raise TypeError(f"TOML has no word for {type(value).__name__}")


def _list(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    if len(line) <= _WIDEST:
        return line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def _string(text: str) -> str:
    r"""Quote *text*: regular expressions in single quotes, as they are; what is not printable is escaped."""
    if text.isprintable() and "\\" in text and "'" not in text:
        return f"'{text}'"
    return f'"{"".join(_escape(char) for char in text)}"'


def _escape(char: str) -> str:
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    if char.isprintable():
        return char
    return f"\\U{ord(char):08x}"
