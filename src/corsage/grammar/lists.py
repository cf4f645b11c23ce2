"""Comma-separated header values, in the two ways the standard reads them."""

from collections.abc import Sequence

from corsage.grammar.failure import FAILURE, Failure
from corsage.grammar.tokens import HTTP_TAB_OR_SPACE, is_token


def get_decode_and_split(value: str) -> tuple[str, ...]:
    """Split *value* on commas that stand outside quoted strings.

    Source: https://fetch.spec.whatwg.org/#header-value-get-decode-and-split
    """
    if '"' not in value:
        return tuple(part.strip(HTTP_TAB_OR_SPACE) for part in value.split(","))
    parts: list[str] = []
    start = 0
    quoted = escaped = False
    for index, char in enumerate(value):
        if escaped:
            escaped = False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            parts.append(value[start:index])
            start = index + 1
    parts.append(value[start:])
    return tuple(part.strip(HTTP_TAB_OR_SPACE) for part in parts)


def extract_header_list_values(lines: Sequence[str]) -> tuple[str, ...] | Failure | None:
    """Read header *lines* of one name as a list of tokens (``#method``, ``#field-name``).

    Returns ``None`` where there is no line, `FAILURE` where any member is not a token, the members otherwise.
    Empty members are skipped, as RFC 9110 (5.6.1.2) asks of a recipient.

    Source: https://fetch.spec.whatwg.org/#extract-header-list-values
    """
    if not lines:
        return None
    members: list[str] = []
    for line in lines:
        for part in line.split(","):
            member = part.strip(HTTP_TAB_OR_SPACE)
            if not member:
                continue
            if not is_token(member):
                return FAILURE
            members.append(member)
    return tuple(members)
