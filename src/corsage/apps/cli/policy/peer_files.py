"""Files of other programs: JSON, TOML, YAML, XML or text of their own, found out by name and by what is in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from corsage.apps.cli.policy.peer_code import advice_for, is_code
from corsage.apps.cli.policy.reading import STANDARD_INPUT, UnusableError, read_bytes
from corsage.middleware.files import LARGEST_FILE
from corsage.server.formats import read_json, read_toml
from corsage.server.formats.json import parse_json
from corsage.server.importers import IMPORTERS, LIST_IMPORTERS, TEXT_IMPORTERS
from corsage.server.policy import PolicyError

_ENDINGS: Final = {
    ".json": "json",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".properties": "text",
    ".xml": "text",
}
_JSON_LIST: Final = re.compile(r'\[\s*(?:[{"\]]|$)')
_TABLE_OR_KEY: Final = re.compile(r"\[{1,2}[^\[\]]{1,200}\]{1,2}\s*(?:#.*)?$|[\w.\"'-]{1,200}\s*=")
_PROPERTY: Final = re.compile(r"[^\s=:]{1,300}\s*=")
# Read by importers that look at this much of a program and no more.
_PROGRAMS: Final = frozenset({"aspnet", "laravel", "rack-cors"})
_LONGEST_PROGRAM: Final = 200_000
_TYPES: Final = {"str": "a text", "list": "a list", "NoneType": "nothing", "bool": "true or false"}


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file.

    Attributes:
        number: from 1; a file has several where it is YAML.
        value: a mapping, a list, or the text of the whole file.
    """

    number: int
    value: object


def read_peer_file(name: str, peer: str) -> list[Document]:
    """Read the file *name* as the importer of *peer* takes it; there is at least one document.

    Raises:
        UnusableError: it cannot be read, does not parse, or is nothing that the importer takes.
    """
    text = _text(name)
    if not text.strip():
        raise UnusableError(f"{name}: it is empty. corsage policy import --list says what {peer} takes.")
    form = _form(name, text, peer)
    if peer in _PROGRAMS and len(text) > _LONGEST_PROGRAM:
        raise UnusableError(
            f"{name}: it has more than {_LONGEST_PROGRAM:,} characters; give the part about CORS"
        )
    if form == "text":
        return [Document(1, text)]
    code = f"{name}: this is code, which is not read. {advice_for(peer)}" if is_code(name, text) else ""
    if code and form == "yaml":  # YAML takes many a line of code for a mapping or a text
        raise UnusableError(code)
    try:
        values = _parsed(text, form, peer)
    except PolicyError as error:
        raise UnusableError(code or "; ".join(f"{name}: {each.says}" for each in error.problems)) from error
    except ValueError as error:
        raise UnusableError(code or f"{name}: {error}") from error
    documents = [Document(number, value) for number, value in enumerate(values, 1)]
    fitting = [each for each in documents if _fits(each.value, peer)]
    if not fitting:
        raise UnusableError(code or f"{name}: {_misfit(values[0], peer)}")
    return fitting


def _misfit(value: object, peer: str) -> str:
    wanted = "an object or a list of rules" if peer in LIST_IMPORTERS else "an object with options by name"
    held = _TYPES.get(type(value).__name__, "a number")
    return f"it holds {held}, and {peer} takes {wanted}"


def _text(name: str) -> str:
    data = read_bytes(name)
    if len(data) > LARGEST_FILE:
        raise UnusableError(f"{name}: it is larger than {LARGEST_FILE:,} bytes; give the part about CORS")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableError(f"{name}: it is not UTF-8") from error


def _form(name: str, text: str, peer: str) -> str:
    """Return ``json``, ``toml``, ``yaml``, or ``text`` for what the importer reads by itself."""
    if peer not in IMPORTERS:
        return "text"
    ending = next((form for end, form in _ENDINGS.items() if name.lower().endswith(end)), None)
    form = ending if ending is not None and name != STANDARD_INPUT else _by_content(text, peer)
    if form == "text" and peer not in TEXT_IMPORTERS:
        raise UnusableError(f"{name}: {peer} is read from JSON, TOML or YAML, not from this")
    return form


def _by_content(text: str, peer: str) -> str:
    rows = (row.strip() for row in text.split("\n"))
    first = next((row for row in rows if row and not row.startswith(("#", "!", "---", "//"))), "")
    if first.startswith("{") or _JSON_LIST.match(first):
        return "json"
    if first.startswith("<"):
        return "text"
    if peer == "spring" and _PROPERTY.match(first):
        return "text"
    return "toml" if _TABLE_OR_KEY.match(first) else "yaml"


def _parsed(text: str, form: str, peer: str) -> list[object]:
    if form == "toml":
        return [read_toml(text)]
    if form == "json":
        return [parse_json(text) if peer in LIST_IMPORTERS else read_json(text)]
    from corsage.apps.cli.policy.peer_yaml import read_yaml  # the reader of YAML takes its time to load

    found = read_yaml(text)
    if not found:
        raise ValueError("there is no document in it")
    return found


def _fits(value: object, peer: str) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and peer in LIST_IMPORTERS)
