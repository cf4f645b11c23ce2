"""RFC 9110 tokens, field values and the standard's whitespace rules.

Strings stand for bytes, one character each (isomorphic decoding): a character above U+00FF never gets here.
"""

import re
from typing import Final

# https://httpwg.org/specs/rfc9110.html#tokens: 1*tchar
_TOKEN: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")

_LARGEST_BYTE: Final = 0xFF

# https://fetch.spec.whatwg.org/#http-whitespace-byte
HTTP_WHITESPACE: Final = "\t\n\r "
HTTP_TAB_OR_SPACE: Final = "\t "


def is_token(text: str) -> bool:
    """Tell whether *text* is one or more ``tchar`` (RFC 9110, 5.6.2)."""
    return _TOKEN.fullmatch(text) is not None


# https://fetch.spec.whatwg.org/#header-name and https://fetch.spec.whatwg.org/#concept-method
is_header_name = is_token
is_method = is_token


def is_byte_string(text: str) -> bool:
    """Tell whether *text* converts to a ByteString (https://webidl.spec.whatwg.org/#es-ByteString)."""
    return text.isascii() or max(map(ord, text)) <= _LARGEST_BYTE


def normalize_value(value: str) -> str:
    """Strip leading and trailing HTTP whitespace (https://fetch.spec.whatwg.org/#concept-header-value-normalize)."""
    return value.strip(HTTP_WHITESPACE)


def is_header_value(value: str) -> bool:
    """Tell whether *value*, once normalized, may stand in a header (https://fetch.spec.whatwg.org/#header-value)."""
    return value == value.strip(HTTP_TAB_OR_SPACE) and not any(bad in value for bad in "\0\n\r")
