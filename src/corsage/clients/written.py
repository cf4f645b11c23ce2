"""What people write where a value belongs: remarks in brackets, several words for one status, nothing at all.

Every function takes what came and gives text that can be printed and stored, bounded; none raises.
"""

import re
from typing import Final

LONGEST_TEXT: Final = 200_000
LONGEST_VALUE: Final = 16_384
MOST_HEADERS: Final = 500

_FIRST_STATUS, _LAST_STATUS = 100, 999
_STATUS: Final = re.compile(r"(?<![\w.])\d{3}(?![\w.]\d|\d)", re.ASCII)
_PLACEHOLDER: Final = re.compile(
    r"<[^<>]{1,200}>|\$?\{{1,2}[^{}]{1,200}\}{1,2}|\$[A-Za-z_]\w{0,60}", re.ASCII
)
_ADDRESS: Final = (
    r"[a-z][a-z0-9+.-]{0,40}:/{0,2}\S|file:|//|/|\.{1,2}/|\?|null$|\*$"
    r"|localhost\b|\[[0-9a-f:.]{2,45}\]|[\w*-]{0,63}(?:\.[\w*-]{1,63}){1,40}(?::\d|/|$)|[\w-]{1,63}:\d{1,5}(?:/|$)"
)
_NOTHING: Final = frozenset(
    {"", "absent", "missing", "none", "not set", "not present", "not sent", "unset", "nothing", "no", "n/a"}
)


def text_of(value: object, longest: int = LONGEST_TEXT) -> str:
    """Return *value* as text: empty for ``None``, lists as lines, whatever else as Python or JSON would write it."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value[:longest]
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, (list, tuple)):
        text = "\n".join(text_of(each, longest) for each in value[:MOST_HEADERS])[:longest]
    else:
        text = _shown(value)[:longest]
    # A lone surrogate, which JSON can hold, cannot be printed.
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _shown(value: object) -> str:
    try:
        return str(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a nest of thousands of levels
        return ""


def without_remark(text: str) -> tuple[str, str]:
    """Part *text* into the value and the remark in brackets behind it: ``null`` and ``(file:// page)``.

    The value is empty where the whole is a remark.
    """
    text = text.strip()
    if not text.endswith(")"):
        return text, ""
    if text.startswith("("):
        return "", text
    head, bracket, _ = text.partition(" (")
    return (head.rstrip(), text[len(head) :].strip()) if bracket else (text, "")


def is_address(text: str) -> bool:
    """Tell whether *text* is written like a URL, a part of one, or an origin; placeholders are allowed."""
    filled = _PLACEHOLDER.sub("localhost", text)
    if filled == "localhost" != text:
        return False  # a placeholder alone says nothing
    return (
        bool(filled)
        and not any(char.isspace() for char in filled)
        and re.match(_ADDRESS, filled, re.IGNORECASE) is not None
    )


def address_of(text: str) -> tuple[str, str]:
    """Part *text* into the first address and what else is said, which is all of it where anything is."""
    value, remark = without_remark(text)
    if is_address(value):
        return value, text.strip() if remark else ""
    first = next(
        (word.strip("'\"`,;<>") for word in value.split()[:20] if is_address(word.strip("'\"`,;<>"))), ""
    )
    return first, text.strip()


def status_of(value: object) -> int | None:
    """Return the first status in *value*: 404, ``"404"``, ``"HTTP 404 Not Found"``; ``None`` where there is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return int(value) if _FIRST_STATUS <= value <= _LAST_STATUS else None
    found = _STATUS.search(text_of(value, 200))
    status = int(found.group()) if found else 0
    return status if status >= _FIRST_STATUS else None


def says_nothing(value: str) -> bool:
    """Tell whether a header's *value* says that the header was not there: ``(missing)``."""
    plain = value.strip()
    return plain.startswith("(") and plain.strip("() ").lower() in _NOTHING
