"""What the network did, in the words of browsers, operating systems and programs.

https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
"""

from typing import Final

from corsage.clients.console.cores import Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.messages import FailureKind
from corsage.model.symptom import Symptom

_CHROMIUM: Final = {
    FailureKind.NAME_NOT_RESOLVED: "NAME_NOT_RESOLVED NAME_RESOLUTION_FAILED DNS_TIMED_OUT DNS_SERVER_FAILED "
    "DNS_MALFORMED_RESPONSE ICANN_NAME_COLLISION",
    FailureKind.CONNECTION_REFUSED: "CONNECTION_REFUSED",
    FailureKind.CONNECTION_CLOSED: "CONNECTION_RESET CONNECTION_CLOSED CONNECTION_ABORTED CONNECTION_FAILED "
    "EMPTY_RESPONSE SOCKET_NOT_CONNECTED HTTP2_SERVER_REFUSED_STREAM",
    FailureKind.TIMED_OUT: "TIMED_OUT CONNECTION_TIMED_OUT HTTP2_PING_FAILED QUIC_HANDSHAKE_FAILED",
    FailureKind.TLS_EXPIRED: "CERT_DATE_INVALID",
    FailureKind.TLS_WRONG_NAME: "CERT_COMMON_NAME_INVALID CERT_NAME_CONSTRAINT_VIOLATION",
    FailureKind.TLS_UNKNOWN_ISSUER: "CERT_AUTHORITY_INVALID",
    FailureKind.TLS: "CERT_INVALID CERT_REVOKED CERT_WEAK_KEY CERT_WEAK_SIGNATURE_ALGORITHM CERT_NON_UNIQUE_NAME "
    "CERT_CONTAINS_ERRORS CERT_VALIDITY_TOO_LONG CERT_SYMANTEC_LEGACY CERTIFICATE_TRANSPARENCY_REQUIRED "
    "SSL_PROTOCOL_ERROR SSL_VERSION_OR_CIPHER_MISMATCH SSL_CLIENT_AUTH_CERT_NEEDED SSL_UNRECOGNIZED_NAME_ALERT "
    "SSL_PINNED_KEY_NOT_IN_CERT_CHAIN SSL_OBSOLETE_VERSION SSL_OBSOLETE_CIPHER SSL_SERVER_CERT_BAD_FORMAT "
    "SSL_BAD_RECORD_MAC_ALERT SSL_HANDSHAKE_NOT_COMPLETED BAD_SSL_CLIENT_AUTH_CERT INSECURE_RESPONSE",
    FailureKind.PROTOCOL_ERROR: "INVALID_HTTP_RESPONSE INVALID_RESPONSE HTTP2_PROTOCOL_ERROR QUIC_PROTOCOL_ERROR "
    "SPDY_PROTOCOL_ERROR INCOMPLETE_CHUNKED_ENCODING INVALID_CHUNKED_ENCODING CONTENT_LENGTH_MISMATCH "
    "CONTENT_DECODING_FAILED INCOMPLETE_HTTP2_HEADERS HTTP2_COMPRESSION_ERROR HTTP_1_1_REQUIRED "
    "RESPONSE_HEADERS_MULTIPLE_LOCATION RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH RESPONSE_HEADERS_TRUNCATED",
    FailureKind.TOO_LARGE: "RESPONSE_HEADERS_TOO_BIG RESPONSE_BODY_TOO_BIG_TO_DRAIN",
    FailureKind.UNREACHABLE: "ADDRESS_UNREACHABLE ADDRESS_INVALID INTERNET_DISCONNECTED NETWORK_CHANGED "
    "NETWORK_IO_SUSPENDED NETWORK_ACCESS_DENIED PROXY_CONNECTION_FAILED TUNNEL_CONNECTION_FAILED "
    "SOCKS_CONNECTION_FAILED",
}
_REFUSALS: Final[dict[Cause | Symptom, str]] = {
    Cause.ABORTED: "ABORTED",
    Cause.BAD_PORT: "UNSAFE_PORT",
    Cause.CORP_NOT_SAME_ORIGIN: "BLOCKED_BY_RESPONSE BLOCKED_BY_RESPONSE.NotSameOrigin",
    Cause.CORP_NOT_SAME_SITE: "BLOCKED_BY_RESPONSE.NotSameSite",
    Cause.CORP_REQUIRED_BY_EMBEDDER: "BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep "
    "BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByDip "
    "BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoepAndDip "
    "BLOCKED_BY_RESPONSE.CoepFrameResourceNeedsCoepHeader",
    Symptom.FRAME_REFUSED: "BLOCKED_BY_RESPONSE.CoopSandboxedIFrameCannotNavigateToCoopPage",
    Cause.CORS_DISABLED_SCHEME: "UNKNOWN_URL_SCHEME DISALLOWED_URL_SCHEME",
    Cause.INVALID_REDIRECT: "INVALID_REDIRECT",
    Cause.INVALID_LOCAL_NETWORK_ACCESS: "INCONSISTENT_IP_ADDRESS_SPACE",
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: "BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS",
    Cause.INSECURE_LOCAL_NETWORK: "BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS",
    Cause.MIXED_CONTENT: "MIXED_CONTENT",
    Cause.OPAQUE_RESPONSE_BLOCKED: "BLOCKED_BY_ORB",
    Cause.PROXY_AUTHENTICATION: "UNEXPECTED_PROXY_AUTH PROXY_AUTH_REQUESTED PROXY_AUTH_UNSUPPORTED",
    Cause.STREAM_UPLOAD_UNSUPPORTED: "ALPN_NEGOTIATION_FAILED H2_OR_QUIC_REQUIRED",
    Cause.TOO_MANY_REDIRECTS: "TOO_MANY_REDIRECTS",
    Cause.UNSAFE_REDIRECT: "UNSAFE_REDIRECT",
    Symptom.CONTENT_SECURITY_POLICY: "BLOCKED_BY_CSP",
    Symptom.EXTENSION_BLOCKED: "BLOCKED_BY_CLIENT BLOCKED_BY_ADMINISTRATOR",
    Symptom.NETWORK: "FILE_NOT_FOUND ACCESS_DENIED CACHE_MISS CACHE_READ_FAILURE INVALID_ARGUMENT "
    "INVALID_URL INVALID_AUTH_CREDENTIALS INSUFFICIENT_RESOURCES UNEXPECTED OUT_OF_MEMORY",
}
# Node, curl, Firefox and Safari, by the words of theirs that say it.
_OTHERS: Final = {
    (Speaker.FIREFOX, FailureKind.NAME_NOT_RESOLVED): "NS_ERROR_UNKNOWN_HOST",
    (Speaker.FIREFOX, FailureKind.CONNECTION_REFUSED): "NS_ERROR_CONNECTION_REFUSED",
    (Speaker.FIREFOX, FailureKind.CONNECTION_CLOSED): "NS_ERROR_NET_RESET NS_ERROR_NET_INTERRUPT "
    "NS_ERROR_NET_PARTIAL_TRANSFER NS_ERROR_NET_EMPTY_RESPONSE",
    (Speaker.FIREFOX, FailureKind.TIMED_OUT): "NS_ERROR_NET_TIMEOUT",
    (Speaker.FIREFOX, FailureKind.UNREACHABLE): "NS_ERROR_OFFLINE NS_ERROR_PROXY_CONNECTION_REFUSED",
    (Speaker.FIREFOX, FailureKind.TLS_UNKNOWN_ISSUER): "SEC_ERROR_UNKNOWN_ISSUER SEC_ERROR_UNTRUSTED_ISSUER "
    "MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT SEC_ERROR_CA_CERT_INVALID MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY",
    (
        Speaker.FIREFOX,
        FailureKind.TLS_EXPIRED,
    ): "SEC_ERROR_EXPIRED_CERTIFICATE SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE",
    (Speaker.FIREFOX, FailureKind.TLS_WRONG_NAME): "SSL_ERROR_BAD_CERT_DOMAIN",
    (Speaker.FIREFOX, FailureKind.TLS): "SSL_ERROR_RX_RECORD_TOO_LONG SSL_ERROR_NO_CYPHER_OVERLAP "
    "SSL_ERROR_UNSUPPORTED_VERSION SSL_ERROR_HANDSHAKE_FAILURE_ALERT NS_ERROR_NET_INADEQUATE_SECURITY",
    (Speaker.LIBRARY, FailureKind.NAME_NOT_RESOLVED): "ENOTFOUND EAI_AGAIN Could-not-resolve-host "
    "Temporary-failure-in-name-resolution Name-or-service-not-known getaddrinfo-failed",
    (Speaker.LIBRARY, FailureKind.CONNECTION_REFUSED): "ECONNREFUSED Connection-refused",
    (
        Speaker.LIBRARY,
        FailureKind.CONNECTION_CLOSED,
    ): "ECONNRESET socket-hang-up Empty-reply-from-server Connection-reset-by-peer "
    "upstream-prematurely-closed-connection",
    (Speaker.LIBRARY, FailureKind.TIMED_OUT): "ETIMEDOUT ERR_CONNECT_TIMEOUT ECONNABORTED upstream-timed-out",
    (Speaker.LIBRARY, FailureKind.UNREACHABLE): "EHOSTUNREACH ENETUNREACH",
    (
        Speaker.LIBRARY,
        FailureKind.TLS_UNKNOWN_ISSUER,
    ): "UNABLE_TO_VERIFY_LEAF_SIGNATURE DEPTH_ZERO_SELF_SIGNED_CERT "
    "SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT_LOCALLY unable-to-get-local-issuer-certificate "
    "self-signed-certificate certificate-signed-by-unknown-authority PartialChain RemoteCertificateChainErrors",
    (Speaker.LIBRARY, FailureKind.TLS_EXPIRED): "CERT_HAS_EXPIRED certificate-has-expired",
    (
        Speaker.LIBRARY,
        FailureKind.TLS_WRONG_NAME,
    ): "ERR_TLS_CERT_ALTNAME_INVALID RemoteCertificateNameMismatch "
    "does-not-match-certificates-altnames no-alternative-certificate-subject-name-matches",
    (Speaker.LIBRARY, FailureKind.TLS): "EPROTO wrong-version-number "
    "an-unknown-error-occurred-while-processing-the-certificate",
    (Speaker.WEBKIT, FailureKind.CONNECTION_REFUSED): "Could-not-connect-to-the-server",
    (
        Speaker.WEBKIT,
        FailureKind.NAME_NOT_RESOLVED,
    ): "A-server-with-the-specified-hostname-could-not-be-found",
    (Speaker.WEBKIT, FailureKind.CONNECTION_CLOSED): "The-network-connection-was-lost "
    "Connection-terminated-unexpectedly",
    (Speaker.WEBKIT, FailureKind.TIMED_OUT): "The-request-timed-out",
    (Speaker.WEBKIT, FailureKind.UNREACHABLE): "The-Internet-connection-appears-to-be-offline",
    (Speaker.WEBKIT, FailureKind.TLS): "An-SSL-error-has-occurred-and-a-secure-connection",
    (Speaker.WEBKIT, FailureKind.TLS_UNKNOWN_ISSUER): "The-certificate-for-this-server-is-invalid "
    "Unacceptable-TLS-certificate",
}


def _bare(code: str) -> str:
    return "".join(char for char in code if char.isalnum()).lower()


def _cores() -> tuple[Core, ...]:
    found = [
        Core(
            "neterr" + _bare(code),
            Part.ALONE,
            Symptom.NETWORK,
            Speaker.CHROMIUM,
            failure=kind,
            value="ERR_" + code,
        )
        for kind, codes in _CHROMIUM.items()
        for code in codes.split()
    ]
    found += [
        Core("neterr" + _bare(code), Part.ALONE, says, Speaker.CHROMIUM, value="ERR_" + code)
        for says, codes in _REFUSALS.items()
        for code in codes.split()
    ]
    # Pasted without "net::". Short ones would be found in other words.
    found += [core._replace(words=core.words.removeprefix("net")) for core in found if "_" in core.value[4:]]
    found += [
        Core(
            _bare(words),
            Part.ALONE,
            Symptom.NETWORK,
            speaker,
            failure=kind,
            value=words.replace("-", " "),
            whole=True,
        )
        for (speaker, kind), codes in _OTHERS.items()
        for words in codes.split()
    ]
    # What another line explains: Chromium's code for what it will not tell.
    found.append(Core("neterrfailed", Part.ALONE, Symptom.FETCH_FAILED, Speaker.CHROMIUM, value="ERR_FAILED"))
    found.append(Core("neterr", Part.ALONE, Symptom.NETWORK, Speaker.CHROMIUM, until="_"))
    return tuple(found)


CORES: Final = _cores()
