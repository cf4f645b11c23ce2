"""JavaScript's literals as values; what is not literal keeps its words, as ``${name}``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from corsage.clients.snippets.javascript.tokens import Kind, Token

_DEEPEST: Final = 24
_LONGEST_UNKNOWN: Final = 200
_CLOSERS: Final = frozenset(")]},;")
_LITERALS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "null": None, "undefined": None}
_OPERATORS: Final = frozenset({"?", "||", "&&", "??", "===", "==", "=>", "-", "*", "/", "<", ">"})
_OPENERS: Final = frozenset("([{")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that only running the code would tell.

    Attributes:
        written: its words.
    """

    written: str


@dataclass(slots=True)
class Object:
    """An object literal, or what is made of one: ``new Headers({…})``.

    Attributes:
        pairs: keys and values, in order.
        open: whether it has more that is not literal: spreads, computed keys.
        quoted: whether every key is in double quotes, as JSON has them.
    """

    pairs: "dict[str, Value]" = field(default_factory=dict)
    open: bool = False
    quoted: bool = True

    def get(self, *names: str) -> "Value":
        """Return the value of the first of *names* that is there; ``None`` where none is."""
        return next((self.pairs[name] for name in names if name in self.pairs), None)

    def text(self, *names: str) -> str:
        """Return the value of the first of *names* as text."""
        return text_of_value(self.get(*names))


@dataclass(frozen=True, slots=True)
class Call:
    """A call within a literal: ``JSON.stringify(…)``, ``new Headers(…)``.

    Attributes:
        name: with its dots.
        arguments: the first few.
    """

    name: str
    arguments: "tuple[Value, ...]"


Value: TypeAlias = "str | float | bool | Object | list[Value] | Unknown | Call | None"


def text_of_value(value: Value) -> str:
    """Return *value* as the text that it stands for, unknown parts as ``${name}``; empty for ``None``."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Unknown):
        return f"${{{value.written}}}"
    if isinstance(value, Call):
        return f"${{{value.name}(…)}}"
    return f"{value:g}" if isinstance(value, float) else ""


Resolve: TypeAlias = Callable[[str], Value]


class Parser:
    """Reads values from tokens, one after the other. Never raises; stops at the end."""

    def __init__(self, found: list[Token], resolve: Resolve | None = None) -> None:
        self.found = found
        self.at = 0
        self.resolve = resolve

    def peek(self) -> str:
        """Return the mark or name at hand; empty for strings and at the end."""
        if self.at >= len(self.found):
            return ""
        token = self.found[self.at]
        return token.text if token.kind in (Kind.MARK, Kind.NAME) else ""

    def arguments(self, depth: int = 0) -> list[Value]:
        """Read the values between the bracket at hand and the one that closes it."""
        values: list[Value] = []
        self.at += 1
        while self.at < len(self.found) and self.peek() not in (")", "]", "}"):
            values.append(self.value(depth + 1))
            while self.at < len(self.found) and self.peek() not in (",", ")", "]", "}"):
                self._skip()
            if self.peek() == ",":
                self.at += 1
        self.at += 1
        return values

    def value(self, depth: int = 0) -> Value:
        """Read one value: a literal, or a sum of some."""
        if depth > _DEEPEST:
            self._skip()
            return Unknown("…")
        return self._to_end(self._sum(depth))

    def statement(self) -> Value:
        """Read the value of a statement, which a line's end may close."""
        value = self._sum(0)
        return Unknown(text_of_value(value)) if self.peek() in _OPERATORS else value

    def _sum(self, depth: int) -> Value:
        parts = [self._operand(depth)]
        while self.peek() == "+":
            self.at += 1
            parts.append(self._operand(depth))
        return parts[0] if len(parts) == 1 else "".join(text_of_value(part) for part in parts)

    def _to_end(self, value: Value) -> Value:
        """Return *value*, or that it is unknown, where more follows: ``a ? b : c``, ``x || y``, ``as const``."""
        if self.at >= len(self.found) or self.peek() in _CLOSERS or self.peek() == ":":
            return value
        if self.peek() in ("as", "satisfies"):
            keeps = value
        else:
            keeps = Unknown(
                text_of_value(value).removeprefix("${").removesuffix("}")[:_LONGEST_UNKNOWN] + " …"
            )
        while self.at < len(self.found) and self.peek() not in _CLOSERS:
            self._skip()
        return keeps

    def _operand(self, depth: int) -> Value:
        if self.at >= len(self.found):
            return None
        token = self.found[self.at]
        if token.kind in (Kind.STRING, Kind.TEMPLATE):
            self.at += 1
            return token.text
        if token.kind is Kind.NUMBER:
            self.at += 1
            return _number(token.text)
        if token.text == "{":
            return self._object(depth)
        if token.text == "[":
            return self.arguments(depth)
        if token.kind is Kind.NAME:
            return self._named(depth)
        if token.text == "(":
            inside = self.arguments(depth)
            return inside[0] if len(inside) == 1 and self.peek() != "=>" else Unknown("(…)")
        self._skip()
        return Unknown(token.text)

    def _named(self, depth: int) -> Value:
        """Read a name with its dots, and a call where one follows."""
        if self.peek() in ("new", "await"):
            self.at += 1
        words = [self._word()]
        while self.peek() in (".", "?.", "!"):
            mark = self._word()
            if mark != "!" and self.at < len(self.found) and self.found[self.at].kind is Kind.NAME:
                words.append(self._word())
        name = ".".join(words)
        if name in _LITERALS:
            return _LITERALS[name]
        if self.peek() == "(":
            called: Value = Call(name, tuple(self.arguments(depth)))
            return self._chained(called, depth)
        if self.peek() == "[":
            self._skip()
            return Unknown(f"{name}[…]")
        known = self.resolve(name) if self.resolve is not None else None
        return Unknown(name[:_LONGEST_UNKNOWN]) if known is None else known

    def _chained(self, called: Value, depth: int) -> Value:
        """Read what is called on a call's result: ``new HttpHeaders().set('A', 'b')``."""
        while self.peek() == ".":
            self.at += 1
            method = self._word()
            if self.peek() != "(" or not isinstance(called, Call):
                return Unknown(text_of_value(called))
            called = Call(f"{called.name}.{method}"[:_LONGEST_UNKNOWN], (called, *self.arguments(depth)))
            depth += 1
            if depth > _DEEPEST:
                return Unknown("…")
        return called

    def _object(self, depth: int) -> Object:
        made = Object()
        self.at += 1
        while self.at < len(self.found) and self.peek() != "}":
            token = self.found[self.at]
            self.at += 1
            if token.kind in (Kind.STRING, Kind.NAME, Kind.NUMBER) and self.peek() == ":":
                self.at += 1
                made.quoted = made.quoted and token.kind is Kind.STRING
                made.pairs[token.text] = self.value(depth + 1)
            elif token.kind is Kind.NAME and self.peek() in (",", "}"):
                known = self.resolve(token.text) if self.resolve is not None else None
                made.pairs[token.text] = Unknown(token.text) if known is None else known
                made.quoted = False
            else:
                made.open = made.open or token.text != ","
                self.at -= token.text in _OPENERS and token.kind is Kind.MARK
            while self.at < len(self.found) and self.peek() not in (",", "}"):
                self._skip()
            if self.peek() == ",":
                self.at += 1
        self.at += 1
        return made

    def _word(self) -> str:
        text = self.found[self.at].text if self.at < len(self.found) else ""
        self.at += 1
        return text

    def _skip(self) -> None:
        """Leave out one token, or a bracket with all that is in it."""
        depth = 0
        while self.at < len(self.found):
            token = self.found[self.at]
            self.at += 1
            if token.kind is Kind.MARK:
                depth += (token.text in _OPENERS) - (token.text in ")]}")
            if depth <= 0:
                return


def _number(written: str) -> Value:
    try:
        return float(written)
    except ValueError:
        return Unknown(written[:_LONGEST_UNKNOWN])
