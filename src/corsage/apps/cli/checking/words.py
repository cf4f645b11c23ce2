"""Why, in plain words: one sentence or two for every cause, and for every way in which a network fails.

``{origin}``, ``{url}``, ``{method}``, ``{host}``, ``{status}`` and ``{value}`` are filled in; ``{value}`` is what
the server or the page wrote, as received.
"""

from typing import Final

from corsage.model import Cause, FailureKind

_MISSING = (
    "The server answered {status} without Access-Control-Allow-Origin, so the browser keeps the answer from the "
    "page. It must be on every response, errors and redirects included."
)
_MULTIPLE = (
    "Access-Control-Allow-Origin holds {value}: one origin is allowed there, or *. Often the application and a "
    "proxy before it both add the header, or a list was configured where the server should pick one."
)
_INVALID = (
    "Access-Control-Allow-Origin holds {value}, which is not an origin. An origin is scheme://host[:port], "
    "without quotes, path or trailing slash."
)
_MISMATCH = "The server allows {value}, the page is {origin}. They are compared letter by letter."
_WILDCARD = (
    "The request carries credentials, and then * allows nobody: the server must name {origin} itself, and add "
    "Access-Control-Allow-Credentials: true."
)
_CREDENTIALS = (
    "The request carries credentials, so the server must answer Access-Control-Allow-Credentials: true, in just "
    "these letters; it has {value}."
)

CAUSES: Final = {
    Cause.MISSING_ALLOW_ORIGIN: _MISSING,
    Cause.MULTIPLE_ALLOW_ORIGIN: _MULTIPLE,
    Cause.INVALID_ALLOW_ORIGIN: _INVALID,
    Cause.ALLOW_ORIGIN_MISMATCH: _MISMATCH,
    Cause.WILDCARD_WITH_CREDENTIALS: _WILDCARD,
    Cause.INVALID_ALLOW_CREDENTIALS: _CREDENTIALS,
    Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN: (
        "The server does not answer the preflight as CORS asks: its response ({status}) has no "
        "Access-Control-Allow-Origin."
    ),
    Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN: _MULTIPLE,
    Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN: _INVALID,
    Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH: _MISMATCH,
    Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS: _WILDCARD,
    Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS: _CREDENTIALS,
    Cause.PREFLIGHT_INVALID_STATUS: (
        "The preflight was answered with status {status}; only 200 to 299 counts as leave. The server must "
        "answer OPTIONS before it asks for a login or looks for a route."
    ),
    Cause.PREFLIGHT_DISALLOWED_REDIRECT: (
        "The preflight was answered with a redirect ({status}), which browsers do not follow. Often the URL should "
        "begin with https, or lacks or has a slash at its end: ask for the URL that Location names."
    ),
    Cause.PREFLIGHT_INVALID_REDIRECT: "The preflight was answered with a redirect that leads nowhere.",
    Cause.INVALID_ALLOW_METHODS: "Access-Control-Allow-Methods cannot be parsed as a list of methods: {value}",
    Cause.INVALID_ALLOW_HEADERS: "Access-Control-Allow-Headers cannot be parsed as a list of names: {value}",
    Cause.METHOD_DISALLOWED: (
        "The server did not allow the method {value} in Access-Control-Allow-Methods. Letters count: put is "
        "not PUT."
    ),
    Cause.HEADER_DISALLOWED: "The server did not allow the request header {value} in Access-Control-Allow-Headers.",
    Cause.DISALLOWED_BY_MODE: "Mode same-origin forbids requests to other origins, whatever the server says.",
    Cause.NO_CORS_REDIRECT_MODE: "Mode no-cors requires redirect: 'follow'.",
    Cause.CORS_DISABLED_SCHEME: "Only http: and https: URLs take part in CORS; this one is {value}:.",
    Cause.REDIRECT_CONTAINS_CREDENTIALS: (
        "The server redirects to a URL with a username or password in it, which is refused across origins."
    ),
    Cause.INSECURE_LOCAL_NETWORK: (
        "A page that was not loaded over https asks for a more private address ({value}). No header allows that."
    ),
    Cause.INVALID_LOCAL_NETWORK_ACCESS: (
        "targetAddressSpace names another address space than the server's (asked, found: {value})."
    ),
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: ("The user denied this page access to {value} addresses."),
    Cause.MIXED_CONTENT: (
        "A page on https may not ask for http: {url} is mixed content, and is not requested at all."
    ),
    Cause.BAD_PORT: "Browsers refuse port {value}, which belongs to another protocol.",
    Cause.LOCAL_RESOURCE: "A page may not read local files.",
    Cause.REDIRECT_MODE_ERROR: "The server redirects, and the page asked for an error in that case.",
    Cause.TOO_MANY_REDIRECTS: "The server redirects in a circle: after 20 redirects browsers give up.",
    Cause.INVALID_REDIRECT: "The server redirects to something that is not a URL: {value}",
    Cause.UNSAFE_REDIRECT: "The server redirects to a {value}: URL, which browsers do not follow.",
    Cause.EMBEDDED_CREDENTIALS: "The server redirects to a URL with a username or password in it.",
    Cause.REDIRECT_STREAM_BODY: "The server redirects, and a stream cannot be sent a second time.",
    Cause.CORP_NOT_SAME_ORIGIN: (
        "The server says Cross-Origin-Resource-Policy: same-origin, so other origins cannot embed the resource."
    ),
    Cause.CORP_NOT_SAME_SITE: (
        "The server says Cross-Origin-Resource-Policy: same-site, so other sites cannot embed the resource."
    ),
    Cause.CORP_REQUIRED_BY_EMBEDDER: (
        "The page's Cross-Origin-Embedder-Policy demands that the server agrees to being embedded, and it does "
        "not: Cross-Origin-Resource-Policy is absent."
    ),
    Cause.OPAQUE_RESPONSE_BLOCKED: (
        "The response is {value}, of which such an element can make nothing, so the browser does not hand it over."
    ),
    Cause.MIME_TYPE_BLOCKED: "The response's Content-Type, {value}, is refused for this element.",
    Cause.UNREQUESTED_RANGE: "The server sent part of the resource though the whole was asked for.",
    Cause.KEEPALIVE_BODY_TOO_LARGE: "A request with keepalive may send 64 KiB, and its body is larger.",
    Cause.STREAM_UPLOAD_UNSUPPORTED: (
        "This browser cannot send a stream here: Chromium needs HTTP/2, others do not have it."
    ),
    Cause.PROXY_AUTHENTICATION: "The server answered 407 Proxy Authentication Required, which only a proxy may.",
    Cause.ABORTED: "The page aborted the request.",
}

# (what happened, what to do)
NETWORK: Final = {
    FailureKind.NAME_NOT_RESOLVED: (
        "the name {host} was not found",
        "Check the spelling and the network; a name that only a VPN or a hosts file knows needs it here, too "
        "(or --resolve).",
    ),
    FailureKind.CONNECTION_REFUSED: (
        "{host} refused the connection",
        "Nothing listens on this port: start the server, or check the port and the address that it binds.",
    ),
    FailureKind.CONNECTION_CLOSED: (
        "{host} closed the connection without an answer",
        "Look into the server's log: it crashed, speaks another protocol on this port, or expects https.",
    ),
    FailureKind.TIMED_OUT: (
        "{host} did not answer in time",
        "A firewall may swallow the packets, or the server is slow; --timeout waits longer.",
    ),
    FailureKind.TLS_EXPIRED: (
        "the certificate of {host} is not valid today",
        "Renew it, or set the clock. Browsers refuse it too; --insecure checks the rest.",
    ),
    FailureKind.TLS_WRONG_NAME: (
        "the certificate of {host} is for another name",
        "Use a name that it covers, or get one that covers this name. --insecure checks the rest.",
    ),
    FailureKind.TLS_UNKNOWN_ISSUER: (
        "the certificate of {host} comes from an unknown issuer",
        "A self-signed certificate must be trusted in the browser, and here with --cacert FILE; a public server "
        "may have left out an intermediate certificate. --insecure checks the rest.",
    ),
    FailureKind.TLS: (
        "no secure connection to {host} could be made",
        "The port may speak plain http, or the two have no version of TLS in common.",
    ),
    FailureKind.PROTOCOL_ERROR: (
        "what {host} answered is not HTTP",
        "Another program may use this port; look at its answer with curl -v.",
    ),
    FailureKind.TOO_LARGE: (
        "the response head of {host} is larger than browsers accept",
        "Look for a header that grows with every request, often Set-Cookie.",
    ),
    FailureKind.UNREACHABLE: (
        "{host} cannot be reached",
        "Check the network, the VPN and the proxy.",
    ),
}

NOT_CORS: Final = "This is not CORS, though the browser reports it as if it were."

WARNINGS: Final = {
    "AuthorizationCoveredByWildcard": (
        "Access-Control-Allow-Headers: * lets Authorization through in this browser; the standard says it does "
        "not. List Authorization by name."
    ),
    "LocalNetworkAccessPrompt": (
        "The browser asks the user for permission before a public page reaches a local address. No header "
        "avoids that."
    ),
    "MixedContentUpgraded": "The http: URL was upgraded to https:, the page being secure.",
}
