"""Reads an array of PHP's, as files of configuration return it: keys, texts, numbers and lists. All else is code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 200_000
_MOST_TOKENS: Final = 20_000
_DEEPEST: Final = 50
_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*|\#[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
    | '(?P<single>(?:[^'\\]|\\.)*)'
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | (?P<lost>(?:['"]|/\*).*)  # never closed: sought once, not again and again
    | (?P<number>-?[0-9][0-9_]*)
    | (?P<name>[A-Za-z_\\][\w\\]*)
    | (?P<sign>=>|::|->|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {"true": True, "false": False, "null": None}

_Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Code:
    """What is worked out when the program runs: ``env('FRONT')``."""

    text: str


def read_array(text: str) -> dict[str, object] | None:
    """Read the array that *text* returns, or is; ``None`` where there is none.

    Returns:
        Keys with texts, numbers, ``True``, ``False``, ``None``, `Code`, and lists of these.
    """
    tokens = list(_tokens(text[:_LONGEST]))
    start = next((at for at, token in enumerate(tokens) if token == ("name", "return")), -1) + 1
    opened = next((at for at in range(start, len(tokens)) if tokens[at][1] in {"[", "("}), None)
    if opened is None:
        return None
    found: dict[str, object] = {}
    for part in _parts(tokens, opened):
        key, value = _pair(part)
        if key is not None:
            found.setdefault(key, _value(value, 0))
    return found


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    for _ in range(_MOST_TOKENS):
        found = _TOKEN.match(text, position)
        if found is None:
            return
        position = found.end()
        kind = found.lastgroup or "sign"
        if kind == "single":
            yield "text", re.sub(r"\\(['\\])", r"\1", found["single"])
        elif kind == "double":
            code = re.search(r"[$\\]", found["double"]) is not None
            yield ("code" if code else "text"), found["double"]
        elif kind != "space":
            yield kind, found[kind]


def _parts(tokens: list[_Token], opened: int) -> Iterator[list[_Token]]:
    """Yield what stands between the commas within the bracket at *opened*."""
    part: list[_Token] = []
    depth = 0
    for token in tokens[opened + 1 :]:
        kind, text = token
        sign = text if kind == "sign" else ""
        if not depth and sign in {",", "]", ")"}:
            if part:
                yield part
            part = []
            if sign != ",":
                return
            continue
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(sign, 0)
        part.append(token)
    if part:
        yield part


def _pair(part: list[_Token]) -> tuple[str | None, list[_Token]]:
    if len(part) > 2 and part[0][0] in {"text", "number"} and part[1] == ("sign", "=>"):  # noqa: PLR2004
        return part[0][1], part[2:]
    return None, part


def _value(tokens: list[_Token], depth: int) -> object:
    kind, text = tokens[0]
    if len(tokens) == 1:
        if kind == "text":
            return text
        if kind == "number":
            return int(text.replace("_", ""))
        return _WORDS[text.lower()] if text.lower() in _WORDS else Code(text)
    opened = 1 if (kind, text.lower()) == ("name", "array") else 0
    if depth < _DEEPEST and tokens[opened][1] in {"[", "("} and tokens[-1][1] in {"]", ")"}:
        parts = list(_parts(tokens, opened))
        return [_value(_pair(part)[1], depth + 1) for part in parts]
    return Code("".join(text for _, text in tokens))
