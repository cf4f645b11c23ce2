"""Names that the standard lists: facts, no code (https://fetch.spec.whatwg.org/#headers-class ff.)."""

from typing import Final

# https://fetch.spec.whatwg.org/#cors-safelisted-method
CORS_SAFELISTED_METHODS: Final = frozenset({"GET", "HEAD", "POST"})

# https://fetch.spec.whatwg.org/#forbidden-method, upper-cased for comparison
FORBIDDEN_METHODS: Final = frozenset({"CONNECT", "TRACE", "TRACK"})

# https://fetch.spec.whatwg.org/#concept-method-normalize: only these; PATCH is not among them
NORMALIZED_METHODS: Final = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"})

# https://fetch.spec.whatwg.org/#forbidden-request-header
FORBIDDEN_REQUEST_HEADERS: Final = frozenset(
    {
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    }
)
FORBIDDEN_REQUEST_HEADER_PREFIXES: Final = ("proxy-", "sec-")

# Forbidden only where the value names a forbidden method.
METHOD_OVERRIDE_HEADERS: Final = frozenset({"x-http-method", "x-http-method-override", "x-method-override"})

# https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header-name
NO_CORS_SAFELISTED_HEADERS: Final = frozenset(
    {"accept", "accept-language", "content-language", "content-type"}
)

# https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
NON_WILDCARD_HEADERS: Final = frozenset({"authorization"})

# https://fetch.spec.whatwg.org/#request-body-header-name
REQUEST_BODY_HEADERS: Final = frozenset(
    {"content-encoding", "content-language", "content-location", "content-type"}
)

# https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
SAFELISTED_RESPONSE_HEADERS: Final = frozenset(
    {
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    }
)

# https://fetch.spec.whatwg.org/#forbidden-response-header-name
FORBIDDEN_RESPONSE_HEADERS: Final = frozenset({"set-cookie", "set-cookie2"})

# https://fetch.spec.whatwg.org/#redirect-status and https://fetch.spec.whatwg.org/#null-body-status
REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
NULL_BODY_STATUSES: Final = frozenset({101, 103, 204, 205, 304})
RANGE_STATUSES: Final = frozenset({206, 416})

# https://fetch.spec.whatwg.org/#bad-port
BAD_PORTS: Final = frozenset(
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
        104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
        515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
        2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    }
)  # fmt: skip
