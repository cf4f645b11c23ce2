"""What a message says where `Cause` has no word for it: neighbours of CORS, servers, and vague complaints."""

from enum import StrEnum


class Symptom(StrEnum):
    """What a console, a program or a server said. The value is what reports and JSON show."""

    # It is about CORS, and does not say more.
    CORS_UNSPECIFIC = "cors-unspecific"  # "has been blocked by CORS policy" cut off, "CORS error" in DevTools
    PREFLIGHT_UNSPECIFIC = "preflight-unspecific"  # the preflight failed, why is cut off
    FETCH_FAILED = (
        "fetch-failed"  # TypeError: Failed to fetch, NetworkError, Load failed, axios' Network Error
    )
    DID_NOT_SUCCEED = (
        "did-not-succeed"  # Firefox: CORS request did not succeed; no response, whatever the reason
    )
    ALLOW_ORIGIN_UNSPECIFIC = (
        "allow-origin-unspecific"  # Safari: Access-Control-Allow-Origin is missing, invalid or another's
    )
    REDIRECT_UNSPECIFIC = "redirect-unspecific"  # Chrome of old: "Redirect from A to B has been blocked"
    CORS_DISABLED = "cors-disabled"  # Firefox: content.cors.disable

    # Private Network Access, 2021 to 2025.
    PRIVATE_NETWORK_HEADER = (
        "private-network-header"  # Access-Control-Allow-Private-Network is missing or not true
    )

    # Other policies of the browser.
    CONTENT_SECURITY_POLICY = "content-security-policy"
    CORB = "corb"  # Cross-Origin Read Blocking, ORB's predecessor
    FRAME_ACCESS = "frame-access"  # Blocked a frame with origin … from accessing a cross-origin frame
    FRAME_REFUSED = "frame-refused"  # X-Frame-Options, frame-ancestors
    CANVAS_TAINTED = "canvas-tainted"
    WORKER_ORIGIN = "worker-origin"
    UNSAFE_LOAD = "unsafe-load"  # Unsafe attempt to load URL … Domains, protocols and ports must match
    INTEGRITY = "integrity"  # subresource integrity needs CORS
    FORBIDDEN_REQUEST_HEADER = "forbidden-request-header"  # Refused to set unsafe header
    UNEXPOSED_RESPONSE_HEADER = "unexposed-response-header"  # Refused to get unsafe header
    WILDCARD_AUTHORIZATION = "wildcard-authorization"  # the warning that `*` will not cover Authorization
    COOKIE_BLOCKED = "cookie-blocked"  # SameSite, Secure, third party
    EXTENSION_BLOCKED = "extension-blocked"  # net::ERR_BLOCKED_BY_CLIENT
    SERVICE_WORKER = "service-worker"
    WEBSOCKET_FAILED = "websocket-failed"
    MODULE_TYPE = "module-type"  # a module script was answered with another MIME type
    HTML_FOR_JSON = "html-for-json"  # Unexpected token '<': a page was answered where data was asked for
    OPAQUE_RESPONSE = "opaque-response"  # a script stumbles over type opaque, status 0

    # net::ERR_* and Firefox's and Safari's words for the same.
    NETWORK = "network"  # `FailureKind` says which

    # What servers and libraries log or answer.
    SERVER_REFUSED_ORIGIN = "server-refused-origin"
    SERVER_REFUSED_METHOD = "server-refused-method"
    SERVER_REFUSED_HEADERS = "server-refused-headers"
    SERVER_REFUSED_PREFLIGHT = "server-refused-preflight"  # it does not say over what
    SERVER_CONFIG_REFUSED = (
        "server-config-refused"  # Spring: allowCredentials with *, gin's panic, ASP.NET's exception
    )
    SERVER_WEBSOCKET_ORIGIN = "server-websocket-origin"  # Jupyter, Tornado, Socket.IO, Rails' Action Cable
    SERVER_CSRF = "server-csrf"  # a cross-site request forgery check said no
    SERVER_HOST_REFUSED = "server-host-refused"  # DisallowedHost, Invalid Host header
    IDENTITY_PROVIDER = "identity-provider"  # AADSTS9002326 and its like
    SERVER_STATUS = "server-status"  # an access log's line or a client's "status code 413"
