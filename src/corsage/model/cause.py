"""Why a request failed: one stable code for each cause.

The codes that Chromium has bear Chromium's names (``services/network/public/mojom/cors.mojom``), for these are
what developers paste. The others, which no browser names, follow the same style.
"""

from enum import StrEnum


class Cause(StrEnum):
    """A stable error code. The value is what reports and JSON show."""

    # The CORS check (https://fetch.spec.whatwg.org/#concept-cors-check), on the actual response …
    MISSING_ALLOW_ORIGIN = "MissingAllowOriginHeader"
    MULTIPLE_ALLOW_ORIGIN = "MultipleAllowOriginValues"
    INVALID_ALLOW_ORIGIN = "InvalidAllowOriginValue"
    ALLOW_ORIGIN_MISMATCH = "AllowOriginMismatch"
    WILDCARD_WITH_CREDENTIALS = "WildcardOriginNotAllowed"
    INVALID_ALLOW_CREDENTIALS = "InvalidAllowCredentials"

    # … and on the response to a preflight.
    PREFLIGHT_MISSING_ALLOW_ORIGIN = "PreflightMissingAllowOriginHeader"
    PREFLIGHT_MULTIPLE_ALLOW_ORIGIN = "PreflightMultipleAllowOriginValues"
    PREFLIGHT_INVALID_ALLOW_ORIGIN = "PreflightInvalidAllowOriginValue"
    PREFLIGHT_ALLOW_ORIGIN_MISMATCH = "PreflightAllowOriginMismatch"
    PREFLIGHT_WILDCARD_WITH_CREDENTIALS = "PreflightWildcardOriginNotAllowed"
    PREFLIGHT_INVALID_ALLOW_CREDENTIALS = "PreflightInvalidAllowCredentials"

    # CORS-preflight fetch (https://fetch.spec.whatwg.org/#cors-preflight-fetch).
    PREFLIGHT_INVALID_STATUS = "PreflightInvalidStatus"
    PREFLIGHT_DISALLOWED_REDIRECT = "PreflightDisallowedRedirect"
    PREFLIGHT_NETWORK_FAILURE = "InvalidResponse"
    PREFLIGHT_INVALID_REDIRECT = "PreflightInvalidRedirect"
    INVALID_ALLOW_METHODS = "InvalidAllowMethodsPreflightResponse"
    INVALID_ALLOW_HEADERS = "InvalidAllowHeadersPreflightResponse"
    METHOD_DISALLOWED = "MethodDisallowedByPreflightResponse"
    HEADER_DISALLOWED = "HeaderDisallowedByPreflightResponse"

    # Main fetch and HTTP-redirect fetch.
    DISALLOWED_BY_MODE = "DisallowedByMode"
    NO_CORS_REDIRECT_MODE = "NoCorsRedirectModeNotFollow"
    CORS_DISABLED_SCHEME = "CorsDisabledScheme"
    REDIRECT_CONTAINS_CREDENTIALS = "RedirectContainsCredentials"

    # Local Network Access (https://wicg.github.io/local-network-access/).
    INSECURE_LOCAL_NETWORK = "InsecureLocalNetwork"
    INVALID_LOCAL_NETWORK_ACCESS = "InvalidLocalNetworkAccess"
    LOCAL_NETWORK_PERMISSION_DENIED = "LocalNetworkAccessPermissionDenied"

    # Refusals that are not CORS, though users take them for it.
    MIXED_CONTENT = "MixedContent"
    BAD_PORT = "BadPort"
    LOCAL_RESOURCE = "LocalResource"
    REDIRECT_MODE_ERROR = "RedirectModeError"
    TOO_MANY_REDIRECTS = "TooManyRedirects"
    INVALID_REDIRECT = "InvalidRedirectLocation"
    UNSAFE_REDIRECT = "UnsafeRedirect"
    EMBEDDED_CREDENTIALS = "EmbeddedCredentials"
    REDIRECT_STREAM_BODY = "RedirectWithStreamBody"
    CORP_NOT_SAME_ORIGIN = "CorpNotSameOrigin"
    CORP_NOT_SAME_SITE = "CorpNotSameSite"
    CORP_REQUIRED_BY_EMBEDDER = "CorpRequiredByEmbedder"
    OPAQUE_RESPONSE_BLOCKED = "OpaqueResponseBlocked"
    MIME_TYPE_BLOCKED = "MimeTypeBlocked"
    UNREQUESTED_RANGE = "UnrequestedRangeResponse"
    KEEPALIVE_BODY_TOO_LARGE = "KeepaliveBodyTooLarge"
    STREAM_UPLOAD_UNSUPPORTED = "StreamUploadUnsupported"
    PROXY_AUTHENTICATION = "ProxyAuthenticationRequired"
    ABORTED = "Aborted"

    # Nothing was refused: there was no answer to judge.
    NETWORK_FAILURE = "NetworkFailure"

    @property
    def is_cors(self) -> bool:
        """Whether the CORS protocol is what refused."""
        return self in _CORS

    @property
    def is_preflight(self) -> bool:
        """Whether the preflight, not the actual request, failed."""
        return self in _PREFLIGHT

    @property
    def on_preflight(self) -> "Cause":
        """The same finding of the CORS check, made on the response to a preflight."""
        return _ON_PREFLIGHT[self]


_ON_PREFLIGHT = {
    Cause.MISSING_ALLOW_ORIGIN: Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN,
    Cause.MULTIPLE_ALLOW_ORIGIN: Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
    Cause.INVALID_ALLOW_ORIGIN: Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN,
    Cause.ALLOW_ORIGIN_MISMATCH: Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
    Cause.WILDCARD_WITH_CREDENTIALS: Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
    Cause.INVALID_ALLOW_CREDENTIALS: Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
}
_PREFLIGHT = frozenset(_ON_PREFLIGHT.values()) | {
    Cause.PREFLIGHT_INVALID_STATUS,
    Cause.PREFLIGHT_DISALLOWED_REDIRECT,
    Cause.PREFLIGHT_INVALID_REDIRECT,
    Cause.PREFLIGHT_NETWORK_FAILURE,
    Cause.INVALID_ALLOW_METHODS,
    Cause.INVALID_ALLOW_HEADERS,
    Cause.METHOD_DISALLOWED,
    Cause.HEADER_DISALLOWED,
}
_CORS = (
    frozenset(_ON_PREFLIGHT)
    | _PREFLIGHT
    | {
        Cause.DISALLOWED_BY_MODE,
        Cause.NO_CORS_REDIRECT_MODE,
        Cause.CORS_DISABLED_SCHEME,
        Cause.REDIRECT_CONTAINS_CREDENTIALS,
        Cause.INSECURE_LOCAL_NETWORK,
        Cause.INVALID_LOCAL_NETWORK_ACCESS,
        Cause.LOCAL_NETWORK_PERMISSION_DENIED,
    }
) - {Cause.PREFLIGHT_NETWORK_FAILURE, Cause.PREFLIGHT_INVALID_REDIRECT}
