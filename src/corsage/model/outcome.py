"""How a fetch ends: with a response that the page can see (more or less of), or with a refusal."""

from dataclasses import dataclass

from corsage.model.cause import Cause
from corsage.model.headers import HeaderList
from corsage.model.messages import NetworkFailure, WireResponse
from corsage.model.modes import ResponseType
from corsage.model.request import Request, Thrown
from corsage.model.url import URL


@dataclass(frozen=True, slots=True)
class Response:
    """A filtered response: what JavaScript sees (https://fetch.spec.whatwg.org/#concept-filtered-response).

    Attributes:
        type: how much is visible.
        status: 0 where hidden.
        url: the final URL without fragment; empty where hidden.
        redirected: whether a redirect was followed (always false where hidden).
        headers: the readable ones, lower-case, sorted, combined.
        body: the readable bytes; ``None`` where there is no body to read.
        internal: the whole response, which the page cannot see.
        hidden_headers: lower-case names that the server sent and the page cannot read.
        final_url: where the response came from, hidden or not.
    """

    type: ResponseType
    status: int
    url: str
    redirected: bool
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    internal: WireResponse
    hidden_headers: tuple[str, ...]
    final_url: URL


@dataclass(frozen=True, slots=True)
class Refusal:
    """A network error with its cause.

    Attributes:
        cause: the stable code.
        url: the URL being fetched when it failed.
        first_url: the URL that the page asked for.
        origin: the serialised request origin at that moment (``null`` after a tainting redirect).
        parameter: the value or name at fault, exactly as received.
        status: of the response that was judged; ``None`` where there was none.
        location: where a judged redirect response pointed.
        redirected_from: the hop before, where there was one.
        failure: what the network reported, for `Cause.NETWORK_FAILURE` and failed preflights.
        reached_cross_origin: whether any hop so far was fetched under the CORS protocol.
        lines: the offending header's lines, as received.
        headers: of the response that was judged.
    """

    cause: Cause
    url: URL
    first_url: URL
    origin: str
    parameter: str = ""
    status: int | None = None
    location: URL | None = None
    redirected_from: URL | None = None
    failure: NetworkFailure | None = None
    reached_cross_origin: bool = False
    lines: tuple[str, ...] = ()
    headers: HeaderList | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one fetch.

    Exactly one of *response*, *refusal* and *thrown* is set.

    Attributes:
        request: the request that was fetched; ``None`` where it could not be constructed.
        warnings: codes of things that worked but will not for ever.
        deprecated_at: URLs at which a wildcard was taken to cover Authorization.
    """

    request: Request | None
    response: Response | None = None
    refusal: Refusal | None = None
    thrown: Thrown | None = None
    warnings: tuple[str, ...] = ()
    deprecated_at: tuple[URL, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the page can read the response's status, headers and body."""
        return self.response is not None and self.response.type in (ResponseType.BASIC, ResponseType.CORS)
