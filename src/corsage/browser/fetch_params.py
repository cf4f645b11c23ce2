"""Fetch params: the one mutable thing, alive for the length of one fetch.

Source: https://fetch.spec.whatwg.org/#fetch-params
"""

from dataclasses import dataclass, field

from corsage.browser.cookies import CookieJar
from corsage.browser.preflight_cache import PreflightCache
from corsage.browser.profile import Profile
from corsage.browser.referrer import referrer_source
from corsage.browser.safelist import LONGEST_VALUE, cors_unsafe_request_header_names
from corsage.model import (
    URL,
    Body,
    Cause,
    Client,
    HeaderList,
    Initiator,
    NetworkFailure,
    Origin,
    Refusal,
    Request,
    Tainting,
    Trace,
    WireResponse,
)


@dataclass(slots=True)
class FetchParams:
    """A request in flight.

    *request* stays as it was constructed; the fields here change from hop to hop.
    """

    request: Request
    profile: Profile
    trace: Trace
    cache: PreflightCache
    cookies: CookieJar
    now: float

    client: Client = field(init=False)
    origin: Origin = field(init=False)
    method: str = field(init=False)
    headers: HeaderList = field(init=False)
    body: Body | None = field(init=False)
    urls: list[URL] = field(init=False)
    first_unsafe_names: tuple[str, ...] = field(init=False)
    tainting: Tainting = Tainting.BASIC
    redirect_count: int = 0
    redirect_tainted: bool = False
    was_preflighted: bool = False
    was_cross_origin: bool = False
    had_cross_site_hop: bool = False
    referrer: URL | None = field(init=False)
    body_headers: tuple[tuple[str, str], ...] | None = None
    just_stripped: frozenset[str] = frozenset()
    last_origin: str | None = None
    kept_origin: str | None = None
    first_referrer: str | None = None
    deprecated_at: list[URL] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _judged: HeaderList | None = None
    _unsafe_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        request = self.request
        self.client = request.client
        self.origin = request.client.origin
        self.method = request.method
        self.body = request.body
        self.urls = [request.url]
        headers = request.headers
        if self.profile.combines_request_headers and len(headers) > 1:
            headers = HeaderList(headers.combined())
        self.headers = headers
        self.referrer = referrer_source(self.client, self.profile, request.initiator)
        self.first_unsafe_names = self.unsafe_header_names() if request.unsafe_request else ()

    @property
    def url(self) -> URL:
        """The current URL (https://fetch.spec.whatwg.org/#concept-request-current-url)."""
        return self.urls[-1]

    @property
    def serialized_origin(self) -> str:
        """The byte-serialized request origin (https://fetch.spec.whatwg.org/#serializing-a-request-origin)."""
        return "null" if self.redirect_tainted else self.origin.serialized

    def unsafe_header_names(self) -> tuple[str, ...]:
        """CORS-unsafe request-header names of the current header list."""
        pairs = self.headers.pairs
        if not pairs:
            return ()
        if self._judged is self.headers:
            return self._unsafe_names
        self._judged = self.headers
        if self.profile.xhr_long_blob_type_is_simple and self._has_implied_xhr_type():
            pairs = tuple(
                (name, value[:LONGEST_VALUE] if name.lower() == "content-type" else value)
                for name, value in pairs
            )
        self._unsafe_names = cors_unsafe_request_header_names(pairs, self.profile)
        return self._unsafe_names

    def _has_implied_xhr_type(self) -> bool:
        return self.request.initiator is Initiator.XHR and self.request.content_type_is_implied

    def refuse(
        self,
        cause: Cause,
        parameter: str = "",
        *,
        response: WireResponse | None = None,
        location: URL | None = None,
        failure: NetworkFailure | None = None,
        lines: list[str] | None = None,
    ) -> Refusal:
        """Make the network error for *cause*, with the circumstances in which it happened."""
        return Refusal(
            cause=cause,
            url=self.url,
            first_url=self.urls[0],
            origin=self.serialized_origin,
            parameter=parameter,
            status=None if response is None else response.status,
            location=location,
            redirected_from=self.urls[-2] if len(self.urls) > 1 else None,
            failure=failure,
            reached_cross_origin=self.was_cross_origin,
            lines=tuple(lines or ()),
            headers=None if response is None else response.headers,
        )
