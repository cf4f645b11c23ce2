"""Floor 0: text becomes values. No opinions, no state.

Absent, failure and list are three different things: a parser returns ``None`` for what is not there,
`FAILURE` for what cannot be parsed, and a value otherwise.
"""

from corsage.grammar.failure import FAILURE, Failure
from corsage.grammar.integers import delta_seconds, parsed_like_a_c_integer
from corsage.grammar.lists import extract_header_list_values, get_decode_and_split
from corsage.grammar.mime import MimeType, parse_mime_type
from corsage.grammar.ranges import ByteRange, parse_single_range
from corsage.grammar.tokens import (
    is_byte_string,
    is_header_name,
    is_header_value,
    is_method,
    is_token,
    normalize_value,
)

__all__ = [
    "FAILURE",
    "ByteRange",
    "Failure",
    "MimeType",
    "delta_seconds",
    "extract_header_list_values",
    "get_decode_and_split",
    "is_byte_string",
    "is_header_name",
    "is_header_value",
    "is_method",
    "is_token",
    "normalize_value",
    "parse_mime_type",
    "parse_single_range",
    "parsed_like_a_c_integer",
]
