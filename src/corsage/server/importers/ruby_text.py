"""Reads the few words of Ruby that a configuration of rack-cors is made of. Whatever else there is is code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from corsage.server.importers.ruby_tokens import LONGEST, Token, tokens_of


class Kind(Enum):
    """What a value is."""

    TEXT = auto()
    REGEX = auto()
    WORD = auto()  # a symbol, a number, true, false, nil
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """One value. `flags` are those of an expression."""

    kind: Kind
    text: str
    flags: str = ""


@dataclass(slots=True)
class Call:
    """A line that calls something: ``origins 'a', 'b'``, ``resource '*', methods: [:get]``.

    Attributes:
        name: what is called.
        values: the arguments without a name; lists are laid out.
        options: those with one.
        block: whether ``do`` or a brace follows.
    """

    name: str
    values: list[Value] = field(default_factory=list)
    options: dict[str, list[Value]] = field(default_factory=dict)
    block: bool = False


def calls_of(text: str) -> list[Call]:
    """Read *text* line by line; every line is a call, whatever it is."""
    return [_call(line) for line in _lines(text[:LONGEST]) if line]


def _lines(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of one line; a line goes on after a comma and within brackets."""
    line: list[Token] = []
    depth = 0
    for token in tokens_of(text):
        kind, value, _ = token
        if kind == "end":
            if depth <= 0 and not (line and line[-1][1] in {",", "=>", "||", "&&"}):
                yield line
                line, depth = [], 0
            continue
        if kind == "sign":
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(value, 0)
        line.append(token)
        if value in {"do", "{"} and kind in {"name", "sign"}:
            yield line
            line, depth = [], 0
    yield line


def _call(line: Sequence[Token]) -> Call:
    call = Call(line[0][1] if line[0][0] == "name" else "")
    reader = _Reader(call)
    for token in line[1:]:
        reader.take(token)
    reader.finish()
    return call


class _Reader:
    """Takes the tokens of a call one by one."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._option = ""
        self._argument: list[Token] = []
        self._in_list = 0
        self._in_code = 0

    def take(self, token: Token) -> None:
        """Take the next one."""
        kind, text, _ = token
        sign = text if kind == "sign" else ""
        if self._in_code or (sign in {"[", "("} and self._argument):
            # ENV['FRONT'] and fetch(…): one value, whatever stands in it.
            self._in_code += {"[": 1, "(": 1, "]": -1, ")": -1}.get(sign, 0)
            self._argument.append(token)
        elif kind == "key" and not self._in_list:
            self._option = text
        elif sign == "=>" and self._argument:
            self._option, self._argument = self._argument[-1][1].strip("'\""), []
        elif sign in {",", "[", "]", "(", ")"}:
            self._separate(sign)
        elif text in {"do", "{"} and (sign or kind == "name"):
            self._call.block = True
        else:
            self._argument.append(token)

    def _separate(self, sign: str) -> None:
        self.finish()
        self._in_list += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "," and self._in_list <= 0:
            self._option = ""

    def finish(self) -> None:
        """Give what was gathered to the call."""
        _finish(self._call, self._option, self._argument)
        self._argument = []


def _finish(call: Call, option: str, argument: list[Token]) -> None:
    """Give *argument*, which is one value, to the call or to its option."""
    target = call.options.setdefault(option, []) if option else call.values
    if not argument:
        return
    if len(argument) > 1:
        target.append(Value(Kind.CODE, " ".join(text for _, text, _ in argument)))
        return
    kind, text, flags = argument[0]
    if kind in {"words", "round"}:
        target.extend(Value(Kind.TEXT, each) for each in text.split())
    elif kind == "regex":
        target.append(Value(Kind.REGEX, text, flags))
    elif kind == "double" and "#{" in text:
        target.append(Value(Kind.CODE, text))
    elif kind in {"single", "double"}:
        target.append(Value(Kind.TEXT, re.sub(r"\\(['\"\\])", r"\1", text)))
    elif kind in {"symbol", "number"} or text in {"true", "false", "nil"}:
        target.append(
            Value(Kind.WORD, text.strip("'\"").replace("_", "") if kind == "number" else text.strip("'\""))
        )
    else:
        target.append(Value(Kind.CODE, text))
