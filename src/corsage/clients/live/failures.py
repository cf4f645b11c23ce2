"""Tells libcurl's failures apart, as finely as a browser's own error codes do."""

import errno
from dataclasses import dataclass
from typing import Final

import pycurl

from corsage.model import FailureKind, NetworkFailure

# pycurl has no names for these: https://curl.se/libcurl/c/libcurl-errors.html
_PROXY: Final = 97
_TOO_LARGE: Final = 100

_BY_CODE: Final = {
    pycurl.E_COULDNT_RESOLVE_HOST: FailureKind.NAME_NOT_RESOLVED,
    pycurl.E_COULDNT_RESOLVE_PROXY: FailureKind.NAME_NOT_RESOLVED,
    # The URL standard allows more characters in a host name than libcurl does, and than name servers know.
    pycurl.E_URL_MALFORMAT: FailureKind.NAME_NOT_RESOLVED,
    pycurl.E_OPERATION_TIMEDOUT: FailureKind.TIMED_OUT,
    pycurl.E_GOT_NOTHING: FailureKind.CONNECTION_CLOSED,
    pycurl.E_PARTIAL_FILE: FailureKind.CONNECTION_CLOSED,
    pycurl.E_SSL_CACERT_BADFILE: FailureKind.TLS,
    pycurl.E_SSL_CERTPROBLEM: FailureKind.TLS,
    pycurl.E_SSL_CIPHER: FailureKind.TLS,
    pycurl.E_SSL_INVALIDCERTSTATUS: FailureKind.TLS,
    pycurl.E_SSL_ISSUER_ERROR: FailureKind.TLS_UNKNOWN_ISSUER,
    _PROXY: FailureKind.UNREACHABLE,
    _TOO_LARGE: FailureKind.TOO_LARGE,
}

_BY_ERRNO: Final = {
    errno.ECONNREFUSED: FailureKind.CONNECTION_REFUSED,
    errno.ECONNRESET: FailureKind.CONNECTION_CLOSED,
    errno.ECONNABORTED: FailureKind.CONNECTION_CLOSED,
    errno.EPIPE: FailureKind.CONNECTION_CLOSED,
    errno.ETIMEDOUT: FailureKind.TIMED_OUT,
}

# X509_V_ERR_*: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/#error-codes
_BY_VERIFY_RESULT: Final = {
    2: FailureKind.TLS_UNKNOWN_ISSUER,  # unable to get issuer certificate
    9: FailureKind.TLS_EXPIRED,  # not yet valid: browsers have one error for both ends of the period
    10: FailureKind.TLS_EXPIRED,
    18: FailureKind.TLS_UNKNOWN_ISSUER,  # self-signed
    19: FailureKind.TLS_UNKNOWN_ISSUER,  # self-signed certificate in chain
    20: FailureKind.TLS_UNKNOWN_ISSUER,  # unable to get local issuer certificate
    21: FailureKind.TLS_UNKNOWN_ISSUER,  # unable to verify the first certificate
    62: FailureKind.TLS_WRONG_NAME,
    64: FailureKind.TLS_WRONG_NAME,  # IP address mismatch
}

# For TLS libraries whose verify results are not OpenSSL's, and for names, which libcurl compares itself.
_BY_TLS_TEXT: Final = (
    ("expired", FailureKind.TLS_EXPIRED),
    ("not yet valid", FailureKind.TLS_EXPIRED),
    ("subject name", FailureKind.TLS_WRONG_NAME),
    ("host name", FailureKind.TLS_WRONG_NAME),
    ("hostname", FailureKind.TLS_WRONG_NAME),
    ("issuer", FailureKind.TLS_UNKNOWN_ISSUER),
    ("self-signed", FailureKind.TLS_UNKNOWN_ISSUER),
    ("self signed", FailureKind.TLS_UNKNOWN_ISSUER),
    ("unknown ca", FailureKind.TLS_UNKNOWN_ISSUER),
)

_CLOSED_IN_HANDSHAKE: Final = (
    "reset by peer",
    "unexpected eof",
    "ssl_error_syscall",
    "ssl_error_zero_return",
)


@dataclass(frozen=True, slots=True)
class CurlError:
    """What libcurl says about a transfer that failed.

    Attributes:
        code: CURLcode.
        text: the error buffer.
        verify_result: what the TLS library thinks of the server's certificate; 0 is no complaint.
        os_errno: of the last connection that failed.
    """

    code: int
    text: str
    verify_result: int = 0
    os_errno: int = 0


def network_failure(error: CurlError) -> NetworkFailure:
    """Say in the engine's words how the network failed; libcurl's own words are the detail."""
    return NetworkFailure(_kind(error), error.text)


def _kind(error: CurlError) -> FailureKind:
    text = error.text.lower()
    # A proxy refused the tunnel; which CURLcode that is changed from version to version.
    if "connect tunnel failed" in text:
        return FailureKind.UNREACHABLE
    if error.code == pycurl.E_COULDNT_CONNECT:
        return _BY_ERRNO.get(error.os_errno, FailureKind.UNREACHABLE)
    if error.code == pycurl.E_PEER_FAILED_VERIFICATION:
        return _verification(error.verify_result, text)
    if error.code == pycurl.E_SSL_CONNECT_ERROR:
        return FailureKind.CONNECTION_CLOSED if _mentions(text, _CLOSED_IN_HANDSHAKE) else FailureKind.TLS
    if error.code in (pycurl.E_RECV_ERROR, pycurl.E_SEND_ERROR):
        return _transmission(text)
    # What is left are ways to speak HTTP badly.
    return _BY_CODE.get(error.code, FailureKind.PROTOCOL_ERROR)


def _verification(verify_result: int, text: str) -> FailureKind:
    for words, kind in _BY_TLS_TEXT:
        if words in text:
            return kind
    return _BY_VERIFY_RESULT.get(verify_result, FailureKind.TLS)


def _transmission(text: str) -> FailureKind:
    # libcurl's own limit on the response head is a receive error in some versions, and code 100 in others.
    if "response headers" in text:
        return FailureKind.TOO_LARGE
    if "chunk" in text:
        return FailureKind.PROTOCOL_ERROR
    # With TLS 1.3 the server's refusal, such as of a missing client certificate, comes after the handshake.
    return FailureKind.TLS if "alert" in text else FailureKind.CONNECTION_CLOSED


def _mentions(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)
