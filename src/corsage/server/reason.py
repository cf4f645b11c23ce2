"""Why a request is not given leave: stable names, for hooks, logs and metrics."""

from enum import StrEnum


class Reason(StrEnum):
    """The first thing that stands in the way."""

    ORIGIN_NOT_ALLOWED = "origin-not-allowed"
    ORIGIN_NULL = "origin-null"
    ORIGIN_MALFORMED = "origin-malformed"
    ORIGIN_REPEATED = "origin-repeated"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    METHOD_MALFORMED = "method-malformed"
    HEADER_NOT_ALLOWED = "header-not-allowed"
    HEADERS_MALFORMED = "headers-malformed"
