"""What the recorder says became of a request, and how the network failed."""

from enum import Enum, auto
from typing import Final

from corsage.clients.har.entry import HarEntry
from corsage.clients.har.recorder import Recorder
from corsage.model import FailureKind, NetworkFailure


class Verdict(Enum):
    """What became of a request in the browser that made it."""

    PASSED = auto()
    FAILED = auto()
    ABORTED = auto()
    UNKNOWN = auto()


# https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h and, with NS_,
# https://searchfox.org/mozilla-central/source/xpcom/base/ErrorList.py; the first that is contained decides.
_FAILURES: Final = (
    ("ERR_NAME_NOT_RESOLVED", FailureKind.NAME_NOT_RESOLVED),
    ("ERR_DNS", FailureKind.NAME_NOT_RESOLVED),
    ("NS_ERROR_UNKNOWN_HOST", FailureKind.NAME_NOT_RESOLVED),
    ("REFUSED", FailureKind.CONNECTION_REFUSED),
    ("TIMED_OUT", FailureKind.TIMED_OUT),
    ("NET_TIMEOUT", FailureKind.TIMED_OUT),
    ("ERR_CERT_DATE_INVALID", FailureKind.TLS_EXPIRED),
    ("ERR_CERT_COMMON_NAME_INVALID", FailureKind.TLS_WRONG_NAME),
    ("ERR_CERT_AUTHORITY_INVALID", FailureKind.TLS_UNKNOWN_ISSUER),
    ("ERR_CERT", FailureKind.TLS),
    ("ERR_SSL", FailureKind.TLS),
    ("SSL_ERROR", FailureKind.TLS),
    ("ERR_HTTP2", FailureKind.PROTOCOL_ERROR),
    ("ERR_QUIC", FailureKind.PROTOCOL_ERROR),
    ("ERR_INVALID", FailureKind.PROTOCOL_ERROR),
    ("ERR_CONTENT", FailureKind.CONNECTION_CLOSED),
    ("ERR_INCOMPLETE", FailureKind.CONNECTION_CLOSED),
    ("ERR_EMPTY_RESPONSE", FailureKind.CONNECTION_CLOSED),
    ("ERR_SOCKET", FailureKind.CONNECTION_CLOSED),
    ("CONNECTION_CLOSED", FailureKind.CONNECTION_CLOSED),
    ("CONNECTION_RESET", FailureKind.CONNECTION_CLOSED),
    ("NET_RESET", FailureKind.CONNECTION_CLOSED),
    ("ERR_CONNECTION", FailureKind.CONNECTION_CLOSED),
    ("UNREACHABLE", FailureKind.UNREACHABLE),
    ("ERR_INTERNET_DISCONNECTED", FailureKind.UNREACHABLE),
    ("ERR_PROXY", FailureKind.UNREACHABLE),
    ("ERR_TUNNEL", FailureKind.UNREACHABLE),
)
_ABORTED: Final = ("ERR_ABORTED", "NS_BINDING_ABORTED", "cancelled", "canceled")


def verdict_of(entry: HarEntry, recorder: Recorder) -> Verdict:
    """Say what became of *entry*, the last of its conversation."""
    if any(word in entry.error for word in _ABORTED):
        return Verdict.ABORTED
    if not recorder.is_browser:
        return Verdict.UNKNOWN
    if entry.error:
        return Verdict.FAILED
    if recorder.name == "Firefox":
        # Its files name no errors, and hold the bodies of refused responses, too: no status is all that tells.
        return Verdict.UNKNOWN if entry.status else Verdict.FAILED
    if entry.status == 0:
        return Verdict.UNKNOWN  # still on its way when the file was written
    if recorder.name == "WebKit Web Inspector" and not entry.response_body:
        return Verdict.UNKNOWN
    return Verdict.PASSED


def failure_kind(entry: HarEntry) -> FailureKind | None:
    """Return how the network failed, where the recorder's words say so."""
    return next((kind for word, kind in _FAILURES if word in entry.error), None)


def network_failure(entry: HarEntry) -> NetworkFailure:
    """Return the failure of an *entry* without a response."""
    return NetworkFailure(failure_kind(entry) or FailureKind.CONNECTION_CLOSED, entry.error or "no response")
