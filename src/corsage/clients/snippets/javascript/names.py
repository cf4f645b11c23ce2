"""What variables of a snippet hold, where they were given a literal."""

import re
from typing import Final

from corsage.clients.snippets.javascript.tokens import tokens
from corsage.clients.snippets.javascript.values import Call, Parser, Unknown, Value

_MOST_NAMES: Final = 100
_LONGEST: Final = 20_000
_MOST_TOKENS: Final = 1000
_DECLARED: Final = re.compile(
    r"\b(?:const|let|var|private|readonly|static)[ \t]+([\w$]{1,60})[ \t]*(?::[ \t]*[\w<>., \[\]]{1,60})?"
    r"=[ \t]*(?=[\w\"'`{\[$(])",
    re.ASCII,
)
_STEPS: Final = 20


class Names:
    """The variables of a text, read when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, int] = {}
        for found in _DECLARED.finditer(text):
            if len(self._places) >= _MOST_NAMES:
                break
            self._places.setdefault(found.group(1), found.end())
        self._values: dict[str, Value] = {}
        self._steps = _STEPS

    def value(self, name: str) -> Value:
        """Return what *name* was given, or ``None`` where that is unknown."""
        name = name.removeprefix("this.")
        if name in self._values or name not in self._places:
            return self._values.get(name)
        self._values[name] = None  # a name that needs itself stays unknown
        if self._steps > 0:
            self._steps -= 1
            value = self._read(self._places[name])
            self._values[name] = None if isinstance(value, Unknown) else value
        return self._values[name]

    def instances(self, maker: str) -> dict[str, Call]:
        """Return the variables that were given the result of calling *maker*, as ``axios.create``."""
        found: dict[str, Call] = {}
        for name in self._places:
            if self._text.startswith(maker, self._places[name]):
                value = self.value(name)
                if isinstance(value, Call) and value.name == maker:
                    found[name] = value
        return found

    def _read(self, start: int) -> Value:
        # Behind a bracket of ours, the tokens run on until something closes it.
        found = tokens("(" + self._text[start : start + _LONGEST], 0, most=_MOST_TOKENS)
        return Parser(found[1:], self.value).statement()
