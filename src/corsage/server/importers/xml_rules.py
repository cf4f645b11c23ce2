"""Rules of buckets in XML, which strangers wrote: bounded, without entities, without a document type."""

from typing import Final
from xml.parsers import expat

_LONGEST: Final = 1_000_000
_DEEPEST: Final = 20


class UnreadableXmlError(ValueError):
    """The text is no XML, or more than is wanted; it says what."""


class _Reader:
    def __init__(self, names: frozenset[str], rule: str) -> None:
        self.rules: list[dict[str, list[str]]] = []
        self._names = names
        self._rule = rule
        self._path: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._path.append(name.rpartition(":")[2])
        self._text = []
        if len(self._path) > _DEEPEST:
            raise UnreadableXmlError("elements are nested too deep")
        if self._path[-1] == self._rule:
            self.rules.append({})

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        del name
        last = self._path.pop()
        if last in self._names and self._path and self._path[-1] == self._rule:
            self.rules[-1].setdefault(last, []).append("".join(self._text).strip())


def read_rules(text: str, rule: str, names: frozenset[str]) -> list[dict[str, list[str]]]:
    """Read every element *rule*: the texts of its children *names*, without namespaces.

    Raises:
        UnreadableXmlError: it is no XML, too long, too deep, or has a document type.
    """
    if len(text) > _LONGEST:
        raise UnreadableXmlError("the text is longer than a million characters")
    reader = _Reader(names, rule)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.data
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    except (expat.ExpatError, ValueError) as error:
        raise UnreadableXmlError(str(error)) from error
    return reader.rules


def _refuse(*parts: object) -> None:
    del parts
    raise UnreadableXmlError("document types and entities are not read")
