"""Ruby's text in tokens: as much of it as configurations need, in linear time."""

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 200_000
_MOST_TOKENS: Final = 20_000
_TOKEN: Final = re.compile(
    r"""
      (?P<space>[ \t\r]+|\\\n|\#[^\n]*)
    | (?P<end>\n|;)
    | '(?P<single>(?:[^'\\]|\\.)*)'
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | %[wi]\[(?P<words>[^\]]*)\]
    | %[wi]\((?P<round>[^)]*)\)
    | (?P<lost>(?:['"]|%[wi][\[(]).*)  # never closed: sought once, not again and again
    | %r\{(?P<braced>(?:[^{}\\]|\\.|\{[0-9,]*\})*)\}(?P<braced_flags>[a-z]*)
    | (?P<key>[A-Za-z_]\w*):(?!:)
    | :(?P<symbol>[A-Za-z_]\w*|'[^'\n]*'|"[^"\n]*")
    | (?P<number>[0-9][0-9_]*)
    | (?P<name>[A-Za-z_][\w:]*[?!]?)
    | (?P<sign>=>|&&|\|\||.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX: Final = re.compile(r"/((?:[^/\\\n]|\\.){0,2000})/([a-z]*)")


# Kind, text and flags.
Token = tuple[str, str, str]


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*. A slash begins an expression where a value may begin."""
    position, value_before = 0, False
    for _ in range(_MOST_TOKENS):
        regex = None if value_before else _REGEX.match(text, position)
        found = regex or _TOKEN.match(text, position)
        if found is None:
            return
        position = found.end()
        if regex is not None:
            yield "regex", regex[1], regex[2]
            value_before = True
            continue
        kind = found.lastgroup or "sign"
        if kind == "space":
            continue
        if kind == "braced_flags":
            yield "regex", found["braced"], found["braced_flags"]
        else:
            yield kind, found[kind] or "", ""
        # A name that a value follows is a call: origins /…/.
        value_before = kind in {"single", "double", "number", "symbol"} or found[0] in {")", "]"}
