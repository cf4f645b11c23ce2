"""Requests: what a script asks for, and the standard's request that comes of it."""

from dataclasses import dataclass
from enum import StrEnum

from corsage.model.client import Client
from corsage.model.headers import NO_HEADERS, HeaderList
from corsage.model.modes import AddressSpace, Cache, Credentials, Initiator, Mode, Redirect, ReferrerPolicy
from corsage.model.url import URL


class BodyKind(StrEnum):
    """What JavaScript object a body was made of."""

    TEXT = "text"
    URL_SEARCH_PARAMS = "urlsearchparams"
    FORM_DATA = "formdata"
    BLOB = "blob"
    ARRAY_BUFFER = "arraybuffer"
    TYPED_ARRAY = "typedarray"
    STREAM = "stream"


@dataclass(frozen=True, slots=True)
class Body:
    """A request body.

    Attributes:
        kind: the JavaScript type, which decides the ``Content-Type`` it implies.
        data: the bytes; for a stream, everything it will deliver.
        mime: the ``type`` of a Blob; ``None`` for every other kind.
    """

    kind: BodyKind
    data: bytes = b""
    mime: str | None = None

    @property
    def has_source(self) -> bool:
        """Whether the body can be sent again, after a redirect: everything but a stream."""
        return self.kind is not BodyKind.STREAM


@dataclass(frozen=True, slots=True)
class RequestInit:
    """The arguments of ``fetch(url, init)``, unchecked, as an author wrote them.

    Enumerations are plain strings here: a bad one must throw as it does in a browser.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: Body | None = None
    mode: str = "cors"
    credentials: str = "same-origin"
    redirect: str = "follow"
    cache: str = "default"
    referrer_policy: str = ""
    keepalive: bool = False
    duplex: str | None = None
    target_address_space: str | None = None
    aborted: bool = False


@dataclass(frozen=True, slots=True)
class XhrInit:
    """What a script does to an ``XMLHttpRequest``: ``open``, ``setRequestHeader``, ``send``."""

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: Body | None = None
    with_credentials: bool = False
    upload_listener: bool = False


@dataclass(frozen=True, slots=True)
class ElementInit:
    """An element (or ``EventSource``, or beacon) that loads *url*.

    Attributes:
        initiator: which element or API.
        url: what it loads.
        crossorigin: the attribute's value; ``None`` where it is absent.
        with_credentials: for ``EventSource``.
        body: for a beacon.
    """

    initiator: Initiator
    url: str
    crossorigin: str | None = None
    with_credentials: bool = False
    body: Body | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """The standard's request (https://fetch.spec.whatwg.org/#concept-request), ready to be fetched.

    Attributes:
        unsafe_request: whether method and headers count for the preflight: set by scripts, not by markup.
        use_cors_preflight: whether a preflight is made in any case.
        dropped_headers: names that the script set and the guard removed.
        content_type_is_implied: whether the body, not the author, chose the Content-Type.
    """

    url: URL
    client: Client
    initiator: Initiator
    method: str = "GET"
    headers: HeaderList = NO_HEADERS
    body: Body | None = None
    mode: Mode = Mode.CORS
    credentials: Credentials = Credentials.SAME_ORIGIN
    redirect: Redirect = Redirect.FOLLOW
    cache: Cache = Cache.DEFAULT
    referrer_policy: ReferrerPolicy = ReferrerPolicy.DEFAULT
    unsafe_request: bool = False
    use_cors_preflight: bool = False
    keepalive: bool = False
    target_address_space: AddressSpace | None = None
    dropped_headers: tuple[str, ...] = ()
    content_type_is_implied: bool = False


@dataclass(frozen=True, slots=True)
class Thrown:
    """A JavaScript exception that ends a request before it begins.

    Attributes:
        name: ``TypeError``, ``SyntaxError``, ``SecurityError``, ``AbortError`` …
        reason: what was wrong, in one sentence of ours (each browser words it differently).
        at: for XMLHttpRequest, the method that threw.
    """

    name: str
    reason: str
    at: str | None = None
