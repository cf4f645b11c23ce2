"""What to do where no response header helps: a sentence for each such cause."""

from typing import Final

from corsage.model import Cause

ADVICE: Final = {
    Cause.DISALLOWED_BY_MODE: (
        "The request's own mode, same-origin, forbids other origins: use mode cors, and let the server allow "
        "the origin."
    ),
    Cause.NO_CORS_REDIRECT_MODE: "Mode no-cors must follow redirects: leave redirect at 'follow', or use mode cors.",
    Cause.CORS_DISABLED_SCHEME: "Only http and https URLs can be fetched across origins: serve the resource over one.",
    Cause.LOCAL_RESOURCE: "Pages cannot read files: serve the file over http from this machine.",
    Cause.REDIRECT_CONTAINS_CREDENTIALS: (
        "The redirect must not go to a URL with a username or password: send an Authorization header instead."
    ),
    Cause.EMBEDDED_CREDENTIALS: "The redirect must not go to a URL with a username or password.",
    Cause.MIXED_CONTENT: "The page is https, so the API must be: request its https URL.",
    Cause.BAD_PORT: "Browsers block this port for every page: serve the API on another, 8080 for example.",
    Cause.REDIRECT_MODE_ERROR: "The request's own redirect mode is 'error': request the final URL, or use 'follow'.",
    Cause.TOO_MANY_REDIRECTS: "The redirects go round in circles: see the Location headers above.",
    Cause.INVALID_REDIRECT: "The Location header must hold a URL.",
    Cause.UNSAFE_REDIRECT: "Redirects may go to http and https URLs alone.",
    Cause.REDIRECT_STREAM_BODY: "A stream cannot be sent twice: request the final URL, or send the body as one piece.",
    Cause.STREAM_UPLOAD_UNSUPPORTED: "Stream uploads need HTTP/2 and thus https: or send the body as one piece.",
    Cause.INSECURE_LOCAL_NETWORK: (
        "A page from the public network needs https to reach addresses of a private network: serve the page over https."
    ),
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: (
        "The user must allow the page to reach the local network; no response header can. Private Network Access "
        "headers no longer play a part."
    ),
    Cause.INVALID_LOCAL_NETWORK_ACCESS: "targetAddressSpace must name the address space in which the server is.",
    Cause.OPAQUE_RESPONSE_BLOCKED: "The Content-Type is not one that this element can use: check the URL and the type.",
    Cause.MIME_TYPE_BLOCKED: "The Content-Type must be one for this element: text/javascript or text/css.",
    Cause.KEEPALIVE_BODY_TOO_LARGE: "A keepalive body may have 64 KiB: send less, or without keepalive.",
    Cause.PROXY_AUTHENTICATION: "The proxy asks for a login, which no page can give: see the browser's proxy settings.",
    Cause.NETWORK_FAILURE: "There was no response to judge: this is not CORS, though the browser may call it so.",
    Cause.PREFLIGHT_NETWORK_FAILURE: (
        "There was no response to the preflight: this is not CORS, though the browser may call it so."
    ),
}
