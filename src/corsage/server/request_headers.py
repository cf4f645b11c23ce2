"""Read ``Access-Control-Request-Headers`` with bounds: a hostile value costs no more than a good one.

A browser writes the names lower-case, sorted, each once, joined by commas
(https://fetch.spec.whatwg.org/#cors-preflight-fetch, step 5). Gateways split and space such lists, and other clients
write them as they like, so order, case and spaces are not held against anyone; length is.
"""

from collections.abc import Container
from typing import Final

from corsage.grammar import is_token

LONGEST_LIST: Final = 8192
_MOST_NAMES: Final = 256
_LONGEST_NAME: Final = 256


class UnreadableNamesError(ValueError):
    """The list is too long, or holds what is no header name."""


def first_refused(value: str, allowed: Container[str], *, wildcard: bool) -> str | None:
    """Return the first name in *value* that is not allowed, lower-case; ``None`` where all are.

    Args:
        value: all lines of the header, joined by commas.
        allowed: lower-case names.
        wildcard: whether every name but ``authorization`` is allowed.

    Raises:
        UnreadableNamesError: *value* is longer than any browser's, or holds something other than names.
    """
    # Names are ASCII. Beyond it, letters become others when their case changes: the Kelvin sign is no k.
    if len(value) > LONGEST_LIST or not value.isascii():
        raise UnreadableNamesError
    names = value.split(",", _MOST_NAMES)
    if len(names) > _MOST_NAMES:
        raise UnreadableNamesError
    for written in names:
        name = written.strip(" \t").lower()
        if name in allowed or not name:
            continue
        if len(name) > _LONGEST_NAME or not is_token(name):
            raise UnreadableNamesError
        if not wildcard or name == "authorization":
            return name
    return None
