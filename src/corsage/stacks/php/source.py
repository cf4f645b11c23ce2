"""PHP source text: values quoted, and expressions for PCRE."""

import re
from collections.abc import Iterable
from typing import Final

from corsage.stacks.origins import Origins, literal

_ESCAPED: Final = re.compile(r"\\.|~", re.DOTALL)


def php_text(text: str) -> str:
    """Write *text* as a string that nothing is put into."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def php_list(names: Iterable[str]) -> str:
    """Write *names* as a list of strings."""
    return f"[{', '.join(map(php_text, names))}]"


def pcre(expression: str) -> str:
    """Write *expression*, without anchors, as PCRE wants it for whole texts, between tildes."""
    inner = _ESCAPED.sub(lambda found: r"\x7e" if found[0] == "~" else found[0], expression)
    return rf"~\A(?:{inner})\z~"


def pcre_of(origins: Origins) -> tuple[str, ...]:
    """Return an expression for each pattern and each of the policy's own."""
    return tuple(map(pcre, origins.expressions))


def header_value(names: Iterable[str]) -> str:
    """Join *names* for a header."""
    return ", ".join(names)


def literal_pcre(text: str) -> str:
    """Return an expression that matches *text* alone."""
    return pcre(literal(text))
