"""The standard's enumerations (https://fetch.spec.whatwg.org/#requests)."""

from enum import StrEnum


class Mode(StrEnum):
    """Request mode (https://fetch.spec.whatwg.org/#concept-request-mode)."""

    CORS = "cors"
    NO_CORS = "no-cors"
    SAME_ORIGIN = "same-origin"
    NAVIGATE = "navigate"


class Credentials(StrEnum):
    """Credentials mode (https://fetch.spec.whatwg.org/#concept-request-credentials-mode)."""

    OMIT = "omit"
    SAME_ORIGIN = "same-origin"
    INCLUDE = "include"


class Redirect(StrEnum):
    """Redirect mode (https://fetch.spec.whatwg.org/#concept-request-redirect-mode)."""

    FOLLOW = "follow"
    ERROR = "error"
    MANUAL = "manual"


class Cache(StrEnum):
    """Cache mode (https://fetch.spec.whatwg.org/#concept-request-cache-mode)."""

    DEFAULT = "default"
    NO_STORE = "no-store"
    RELOAD = "reload"
    NO_CACHE = "no-cache"
    FORCE_CACHE = "force-cache"
    ONLY_IF_CACHED = "only-if-cached"


class Tainting(StrEnum):
    """Response tainting (https://fetch.spec.whatwg.org/#concept-request-response-tainting)."""

    BASIC = "basic"
    CORS = "cors"
    OPAQUE = "opaque"


class ResponseType(StrEnum):
    """Response type, as ``response.type`` shows it (https://fetch.spec.whatwg.org/#concept-response-type)."""

    BASIC = "basic"
    CORS = "cors"
    OPAQUE = "opaque"
    OPAQUE_REDIRECT = "opaqueredirect"


class ReferrerPolicy(StrEnum):
    """Referrer policy (https://w3c.github.io/webappsec-referrer-policy/#referrer-policies)."""

    DEFAULT = ""
    NO_REFERRER = "no-referrer"
    NO_REFERRER_WHEN_DOWNGRADE = "no-referrer-when-downgrade"
    SAME_ORIGIN = "same-origin"
    ORIGIN = "origin"
    STRICT_ORIGIN = "strict-origin"
    ORIGIN_WHEN_CROSS_ORIGIN = "origin-when-cross-origin"
    STRICT_ORIGIN_WHEN_CROSS_ORIGIN = "strict-origin-when-cross-origin"
    UNSAFE_URL = "unsafe-url"


class EmbedderPolicy(StrEnum):
    """Cross-Origin-Embedder-Policy of the page (https://html.spec.whatwg.org/multipage/browsers.html#coep)."""

    UNSAFE_NONE = "unsafe-none"
    REQUIRE_CORP = "require-corp"
    CREDENTIALLESS = "credentialless"


class AddressSpace(StrEnum):
    """IP address space (https://wicg.github.io/local-network-access/#ip-address-space)."""

    PUBLIC = "public"
    LOCAL = "local"
    LOOPBACK = "loopback"

    @property
    def publicness(self) -> int:
        """Larger is more public; a request to a less public space is a local network request."""
        return {"loopback": 0, "local": 1, "public": 2}[self.value]


class Initiator(StrEnum):
    """What made the request: an API or an element."""

    FETCH = "fetch"
    XHR = "xhr"
    BEACON = "beacon"
    EVENTSOURCE = "eventsource"
    SCRIPT = "script"
    MODULE = "module"
    STYLESHEET = "stylesheet"
    IMAGE = "img"
    FONT = "font"
    AUDIO = "audio"
    VIDEO = "video"
    TRACK = "track"
    MANIFEST = "manifest"
    PRELOAD = "preload"
    NAVIGATION = "navigation"
