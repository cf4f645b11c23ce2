"""Apache's expressions, as far as configurations of CORS use them.

Source: https://httpd.apache.org/docs/2.4/expr.html
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<sign>&&|\|\||==|!=|=~|!~|=|!|\(|\)|\{|\}|,|-(?:n|z|in|eq|ne|strmatch|strcmatch)\b)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|m(?P<mark>[#|!,;%])(?P<marked>.*?)(?P=mark)(?P<flags>[a-z]*)"
    r"|/(?P<slashed>(?:[^/\\]|\\.)*)/(?P<slashflags>[a-z]*)"
    r"|%\{(?P<variable>[^}]*)\}"
    r"|(?P<call>(?:req_novary|req|http|reqenv|env|osenv)\(\s*['\"](?P<name>[^'\"]*)['\"]\s*\))"
    r"|(?P<word>[A-Za-z0-9_.:/-]+))",
    re.IGNORECASE,
)
_MOST_TOKENS: Final = 500
_DEEPEST: Final = 20


class NotUnderstoodError(ValueError):
    """The expression has something that is not known here."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What an expression asks its surroundings.

    Attributes:
        variable: gives the value of ``%{NAME}``.
        call: gives the value of a function such as ``req`` for a name.
        matches: compares a value: with a text, or with an expression that may ignore case.
    """

    variable: Callable[[str], str]
    call: Callable[[str, str], str]
    matches: Callable[[str, str, bool | None], bool]


def evaluate(text: str, asking: Asking) -> bool:
    """Tell whether the expression holds. Both sides of ``&&`` and ``||`` are always asked.

    Raises:
        NotUnderstoodError: it cannot be read.
    """
    reader = _Reader(_tokens(text), asking)
    found = reader.either(0)
    if reader.position != len(reader.tokens):
        raise NotUnderstoodError(text)
    return found


def _tokens(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    position = 0
    while text[position:].strip():
        token = _TOKEN.match(text, position)
        if token is None or token.end() == position or len(found) >= _MOST_TOKENS:
            raise NotUnderstoodError(text)
        found.append(token)
        position = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[re.Match[str]], asking: Asking) -> None:
        self.tokens = tokens
        self.position = 0
        self._asking = asking

    def either(self, depth: int) -> bool:
        found = self._both(depth)
        while self._take("||"):
            other = self._both(depth)
            found = found or other
        return found

    def _both(self, depth: int) -> bool:
        found = self._one(depth)
        while self._take("&&"):
            other = self._one(depth)
            found = found and other
        return found

    def _one(self, depth: int) -> bool:
        if depth > _DEEPEST:
            raise NotUnderstoodError("too deep")
        if self._take("!"):
            return not self._one(depth + 1)
        if self._take("("):
            found = self.either(depth + 1)
            if not self._take(")"):
                raise NotUnderstoodError("a parenthesis is not closed")
            return found
        if self._take("-n"):
            return self._value() != ""
        if self._take("-z"):
            return self._value() == ""
        return self._comparison()

    def _comparison(self) -> bool:
        value = self._value()
        for sign in ("==", "=", "-eq", "!=", "-ne"):
            if self._take(sign):
                return self._asking.matches(value, self._value(), None) != (sign in {"!=", "-ne"})
        for sign in ("=~", "!~"):
            if self._take(sign):
                pattern, ignores_case = self._pattern()
                return self._asking.matches(value, pattern, ignores_case) != (sign == "!~")
        if self._take("-in"):
            return self._listed(value)
        if value in {"true", "false"}:
            return value == "true"
        raise NotUnderstoodError(value)

    def _listed(self, value: str) -> bool:
        if not self._take("{"):
            raise NotUnderstoodError("-in")
        found = [self._asking.matches(value, self._value(), None)]
        while self._take(","):
            found.append(self._asking.matches(value, self._value(), None))
        if not self._take("}"):
            raise NotUnderstoodError("-in")
        return any(found)

    def _take(self, sign: str) -> bool:
        found = self.position < len(self.tokens) and self.tokens[self.position]["sign"] == sign
        self.position += found
        return found

    def _next(self) -> re.Match[str]:
        if self.position >= len(self.tokens):
            raise NotUnderstoodError("it ends too soon")
        self.position += 1
        return self.tokens[self.position - 1]

    def _value(self) -> str:
        token = self._next()
        if token["text"] is not None:
            return self._texts(token["text"][1:-1])
        if token["variable"] is not None:
            return self._asking.variable(token["variable"])
        if token["call"] is not None:
            return self._asking.call(token["call"].partition("(")[0].lower(), token["name"])
        if token["word"] is not None:
            return str(token["word"])
        raise NotUnderstoodError(token[0])

    def _texts(self, text: str) -> str:
        return re.sub(r"%\{([^}]*)\}", lambda found: self._asking.variable(found[1]), text)

    def _pattern(self) -> tuple[str, bool]:
        token = self._next()
        if token["marked"] is not None:
            return token["marked"], "i" in token["flags"]
        if token["slashed"] is not None:
            return token["slashed"].replace("\\/", "/"), "i" in token["slashflags"]
        if token["text"] is not None:
            return token["text"][1:-1], False
        raise NotUnderstoodError(token[0])
