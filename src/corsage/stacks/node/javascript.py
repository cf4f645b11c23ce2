"""JavaScript as text: values as literals out of which nothing breaks, and objects that read well."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias

# Everything but printable ASCII without quote and backslash.
_ODD: Final = re.compile(r"[^ -&(-\[\]-~]")
_SHORT: Final = {"'": r"\'", "\\": r"\\"}
_WIDEST: Final = 88

# A value as text, or a list of such.
Value: TypeAlias = str | Sequence[str]


def quoted(text: str) -> str:
    """Return *text* as a literal in single quotes."""
    return f"'{_ODD.sub(_escaped, text)}'"


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return _SHORT.get(char) or "".join(f"\\u{unit:04x}" for unit in _utf16(char))


def _utf16(char: str) -> list[int]:
    raw = char.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def quoted_all(texts: Sequence[str]) -> list[str]:
    """Return a literal for each of *texts*."""
    return [quoted(text) for text in texts]


def array(values: Sequence[str], indent: str = "") -> str:
    """Return a list of literals: in one line where it fits, else one a line, *indent* before each but the first."""
    one_line = f"[{', '.join(values)}]"
    if len(indent) + len(one_line) <= _WIDEST:
        return one_line
    inner = "".join(f"{indent}  {value},\n" for value in values)
    return f"[\n{inner}{indent}]"


def block(entries: Sequence[tuple[str, Value]], indent: str = "") -> str:
    """Return an object of keys and values, one a line. An entry without a key is a comment."""
    lines = [f"{indent}  {_entry(key, value, indent + '  ')}" for key, value in entries]
    return "\n".join(["{", *lines, f"{indent}}}"])


def _entry(key: str, value: Value, indent: str) -> str:
    if not key:
        return f"// {value}"
    return f"{key}: {value if isinstance(value, str) else array(value, indent)},"
