"""Python's expressions over whole origins as JavaScript's literals."""

import re
from typing import Final

from corsage.server.draft import NULL
from corsage.server.linear_form import linear_form
from corsage.server.regexes import compile_regex

# What both languages write and mean alike. Everything else is rewritten.
_SET: Final = r"\[\^?(?:[A-Za-z0-9_.:]|\\[dwDW.\-]|-(?=[A-Za-z0-9\]]))+\]"
_ATOM: Final = rf"(?:[A-Za-z0-9:/_,~@%&=;!\"'#<>-]|\\[dwDW.\-/+*?()|$^]|\(\?:|\((?!\?)|\)|\||\.|{_SET})"
_REPEAT: Final = r"(?:[+*?]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})?\??(?![+*?{])"
_SHARED: Final = re.compile(rf"(?:{_ATOM}{_REPEAT})*")
_NO_CHAR: Final = r"[^\x00-\x{10FFFF}]"


def regex_literal(pattern: str) -> str | None:
    """Return a literal that matches just the whole origins that *pattern* matches; ``None`` where there is none.

    There is none for look-around, back-references and atomic groups.
    """
    text = pattern if _SHARED.fullmatch(pattern) else _rewritten(pattern)
    if text is None:
        return None
    # A policy asks its expressions about origins of web pages alone, never about `null`.
    guard = "(?!null$)" if compile_regex(pattern).fullmatch(NULL) else ""
    return expression_literal(f"^{guard}(?:{text})$" if "|" in text else f"^{guard}{text}$")


def expression_literal(text: str) -> str:
    """Return JavaScript's expression *text* between slashes."""
    return f"/{re.sub(_SLASH, _slash, text)}/"


_SLASH: Final = re.compile(r"\\.|/", re.DOTALL)


def _slash(found: re.Match[str]) -> str:
    return r"\/" if found[0] == "/" else found[0]


def _rewritten(pattern: str) -> str | None:
    form = linear_form(pattern)
    if form is None:
        return None
    # In that form every character is written as itself or in hexadecimal: what follows cannot be meant literally.
    return form.replace(_NO_CHAR, "[]").replace(r"\A", "^").replace(r"\z", "$")
