"""Why no response came, in the words of curl, wget and HTTPie (https://curl.se/libcurl/c/libcurl-errors.html)."""

import re
from typing import Final

from corsage.model.messages import FailureKind

_BY_CURL_CODE: Final = {
    1: FailureKind.PROTOCOL_ERROR,
    3: FailureKind.NAME_NOT_RESOLVED,
    5: FailureKind.NAME_NOT_RESOLVED,
    6: FailureKind.NAME_NOT_RESOLVED,
    7: FailureKind.CONNECTION_REFUSED,
    8: FailureKind.PROTOCOL_ERROR,
    16: FailureKind.PROTOCOL_ERROR,
    28: FailureKind.TIMED_OUT,
    35: FailureKind.TLS,
    51: FailureKind.TLS_WRONG_NAME,
    52: FailureKind.CONNECTION_CLOSED,
    55: FailureKind.CONNECTION_CLOSED,
    56: FailureKind.CONNECTION_CLOSED,
    58: FailureKind.TLS,
    59: FailureKind.TLS,
    60: FailureKind.TLS,
    77: FailureKind.TLS,
    91: FailureKind.TLS,
    92: FailureKind.PROTOCOL_ERROR,
    97: FailureKind.UNREACHABLE,
}
# What is said says more than a number; the first that fits.
_BY_WORDS: Final = (
    ("certificate has expired", FailureKind.TLS_EXPIRED),
    ("not yet valid", FailureKind.TLS_EXPIRED),
    ("certificate subject name", FailureKind.TLS_WRONG_NAME),
    ("alternative certificate subject", FailureKind.TLS_WRONG_NAME),
    ("alternative name matches", FailureKind.TLS_WRONG_NAME),
    ("doesn't match", FailureKind.TLS_WRONG_NAME),
    ("does not match requested host", FailureKind.TLS_WRONG_NAME),
    ("hostname mismatch", FailureKind.TLS_WRONG_NAME),
    ("local issuer", FailureKind.TLS_UNKNOWN_ISSUER),
    ("known issuer", FailureKind.TLS_UNKNOWN_ISSUER),
    ("self-signed", FailureKind.TLS_UNKNOWN_ISSUER),
    ("self signed", FailureKind.TLS_UNKNOWN_ISSUER),
    ("unable to verify the first", FailureKind.TLS_UNKNOWN_ISSUER),
    ("unknown ca", FailureKind.TLS_UNKNOWN_ISSUER),
    ("is not trusted", FailureKind.TLS_UNKNOWN_ISSUER),
    ("could not resolve", FailureKind.NAME_NOT_RESOLVED),
    ("unable to resolve host", FailureKind.NAME_NOT_RESOLVED),
    ("name or service not known", FailureKind.NAME_NOT_RESOLVED),
    ("nodename nor servname", FailureKind.NAME_NOT_RESOLVED),
    ("timed out", FailureKind.TIMED_OUT),
    ("timeout was reached", FailureKind.TIMED_OUT),
    ("connection refused", FailureKind.CONNECTION_REFUSED),
    ("couldn't connect", FailureKind.CONNECTION_REFUSED),
    ("no route to host", FailureKind.UNREACHABLE),
    ("network is unreachable", FailureKind.UNREACHABLE),
    ("reset by peer", FailureKind.CONNECTION_CLOSED),
    ("ssl_error_syscall", FailureKind.CONNECTION_CLOSED),
    ("empty reply", FailureKind.CONNECTION_CLOSED),
    ("wrong version number", FailureKind.TLS),
    ("ssl certificate problem", FailureKind.TLS),
)
_CURL: Final = re.compile(r"curl: \((\d{1,3})\) ?(.*)")
_OTHERS: Final = re.compile(
    r"(?:wget: |http: error: |https: error: |ERROR: The certificate|ERROR: cannot verify|failed: )(.*)"
)


def failure_in(line: str) -> FailureKind | None:
    """Return what failed, where *line* is a program's last word on it: ``curl: (7) Failed to connect``."""
    curl = _CURL.search(line)
    if curl is not None:
        return in_words(curl.group(2)) or _BY_CURL_CODE.get(int(curl.group(1)))
    other = _OTHERS.search(line)
    return in_words(line) if other is not None else None


def in_words(text: str) -> FailureKind | None:
    """Return what *text* says that failed."""
    lower = text.lower()
    return next((kind for words, kind in _BY_WORDS if words in lower), None)
