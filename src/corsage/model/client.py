"""The page that makes requests: what the standard calls a request's client."""

from dataclasses import dataclass
from functools import lru_cache

from corsage.model.modes import AddressSpace, EmbedderPolicy, ReferrerPolicy
from corsage.model.origin import OpaqueOrigin, Origin
from corsage.model.sites import is_origin_potentially_trustworthy
from corsage.model.url import URL, parse_url


@dataclass(frozen=True, slots=True)
class Client:
    """An environment settings object, as far as Fetch looks at it.

    Attributes:
        url: the document's URL. For a ``srcdoc`` frame, the URL of the page around it.
        origin: the document's origin; opaque for sandboxed, ``data:`` and ``file:`` documents.
        top_level_origin: the origin of the page in the address bar; keys caches and cookies.
        referrer_policy: of the document.
        embedder_policy: ``Cross-Origin-Embedder-Policy`` of the document.
        address_space: where the document itself was loaded from.
        local_network_permission: whether the user granted local network access; ``None`` means "not asked".
    """

    url: URL
    origin: Origin
    top_level_origin: Origin
    referrer_policy: ReferrerPolicy = ReferrerPolicy.DEFAULT
    embedder_policy: EmbedderPolicy = EmbedderPolicy.UNSAFE_NONE
    address_space: AddressSpace = AddressSpace.LOOPBACK
    local_network_permission: bool | None = None

    @property
    def is_secure_context(self) -> bool:
        """Whether the page is a secure context (the page around it decides for an opaque one)."""
        return is_origin_potentially_trustworthy(self.top_level_origin)

    @property
    def prohibits_mixed_content(self) -> bool:
        """Whether insecure requests are blocked or upgraded (webappsec-mixed-content, 4.3)."""
        return self.top_level_origin.serialized.startswith("https:")


@lru_cache(maxsize=1024)
def page(url: str, *, sandboxed: bool = False) -> Client:
    """Return the client of an ordinary page at *url*, or of a sandboxed frame inside it.

    Raises:
        ValueError: *url* is not a URL that a page can have.
    """
    parsed = parse_url(url)
    if parsed is None:
        raise ValueError(f"not a URL: {url!r}")
    # An opaque origin is this page's own, whatever else is parsed from the same text.
    opaque = sandboxed or isinstance(parsed.origin, OpaqueOrigin)
    return Client(
        url=parsed, origin=OpaqueOrigin() if opaque else parsed.origin, top_level_origin=parsed.origin
    )
