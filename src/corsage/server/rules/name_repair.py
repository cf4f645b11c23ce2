"""What keeps a text from being a method or a header name, and what somebody who wrote it must have meant."""

import json
from typing import Final

from corsage.grammar import is_token
from corsage.server.spelling.lists import unquoted

_LONGEST: Final = 1000

# No standard has such bounds; the longest names that are registered have fewer than 20 and 50 characters.
LONGEST_METHOD: Final = 64
LONGEST_HEADER: Final = 256


def method_fault(text: str) -> str | None:
    """Say why *text* is no method; ``None`` where it is one."""
    if not is_token(text):
        return "this is no method: a method has no spaces, commas or quotes" if text else "it is empty"
    return _too_long(text, LONGEST_METHOD)


def header_fault(text: str) -> str | None:
    """Say why *text* is no header name; ``None`` where it is one."""
    if not is_token(text):
        return "this is no header name: it has no spaces, commas or colons" if text else "it is empty"
    return _too_long(text, LONGEST_HEADER)


def _too_long(text: str, most: int) -> str | None:
    if len(text) <= most:
        return None
    return f"it has {len(text):,} characters, and more than {most} are no name that anybody sends"


def mended_names(text: str) -> str | None:
    """Return the names in *text*, as one name or as a list; ``None`` where there are none."""
    if len(text) > _LONGEST or is_token(text):
        return None
    names = [name for part in unquoted(text).strip("[]").split(",") if (name := unquoted(part))]
    if len(names) == 1:
        names = _pieces(unquoted(names[0].partition(":")[0]).split())  # X-Token: 1
    if not names or not all(is_token(name) for name in names):
        return None
    return names[0] if len(names) == 1 else json.dumps(names)


def _pieces(words: list[str]) -> list[str]:
    """Tell ``X-Token X-Trace``, which is two names, from ``Content Type``, which is one."""
    return words if all("-" in word or word.isupper() for word in words) else ["-".join(words)]
