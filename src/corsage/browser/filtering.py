"""Filtered responses: what of a response the page can see (https://fetch.spec.whatwg.org/#concept-filtered-response)."""

from dataclasses import dataclass
from typing import Final

from corsage.browser.fetch_params import FetchParams
from corsage.model import (
    NOTE,
    OK,
    Algorithm,
    Credentials,
    HeaderList,
    Redirect,
    Response,
    ResponseType,
    Tainting,
    WireResponse,
)
from corsage.model.names import (
    FORBIDDEN_RESPONSE_HEADERS,
    NULL_BODY_STATUSES,
    REDIRECT_STATUSES,
    SAFELISTED_RESPONSE_HEADERS,
)
from corsage.model.trace import FETCH

MAIN_FETCH_FILTER: Final = Algorithm("main fetch, filtering", FETCH + "main-fetch")
_EXPOSE: Final = "access-control-expose-headers"


def filtered_response(params: FetchParams, response: WireResponse) -> Response:
    """Wrap the last *response* of a fetch so that the page sees no more than it may (main fetch, step 14)."""
    if response.status in REDIRECT_STATUSES and params.request.redirect is Redirect.MANUAL:
        return _hidden(
            params, response, ResponseType.OPAQUE_REDIRECT, params.url.without_credentials_and_fragment
        )
    if params.tainting is Tainting.OPAQUE:
        return _hidden(params, response, ResponseType.OPAQUE, "")
    headers = response.headers
    if params.profile.drops_empty_duplicate_lines:
        headers = headers.without_empty_repeats()
    if params.tainting is Tainting.CORS:
        shown = _readable_names(params, headers)
        kind = ResponseType.CORS
    else:
        shown = frozenset(headers.names()) - FORBIDDEN_RESPONSE_HEADERS
        kind = ResponseType.BASIC
    no_body = response.status in NULL_BODY_STATUSES or params.method in {"HEAD", "CONNECT"}
    return Response(
        type=kind,
        status=response.status,
        url=params.url.href.partition("#")[0],
        redirected=len(params.urls) > 1,
        headers=tuple(headers.shown(shown)),
        body=None if no_body else response.body,
        internal=response,
        hidden_headers=tuple(name for name in headers.names() if name not in shown),
        final_url=params.url,
    )


def _hidden(params: FetchParams, response: WireResponse, kind: ResponseType, url: str) -> Response:
    params.trace.record(MAIN_FETCH_FILTER, "14.2", OK, "the page gets an {} response: nothing to read", kind)
    return Response(
        type=kind,
        status=0,
        url=url,
        redirected=False,
        headers=(),
        body=None,
        internal=response,
        hidden_headers=tuple(response.headers.names()),
        final_url=params.url,
    )


@dataclass(frozen=True, slots=True)
class _NameSet:
    """Names in a trace: sorted when it is read, not when it is written."""

    names: frozenset[str]

    def __str__(self) -> str:
        return ", ".join(sorted(self.names)) or "none"


def _readable_names(params: FetchParams, headers: HeaderList) -> frozenset[str]:
    """Safelisted names and those that ``Access-Control-Expose-Headers`` lists (step 14.1)."""
    # 14.1.1. A list that does not parse exposes nothing.
    exposed = headers.extract(_EXPOSE) or ()
    names = frozenset(headers.names())
    # 14.1.2. The wildcard exposes everything, but not with credentials.
    if "*" in exposed and params.request.credentials is not Credentials.INCLUDE:
        params.trace.record(
            MAIN_FETCH_FILTER, "14.1.2", OK, "Access-Control-Expose-Headers: * exposes every header"
        )
        return names - FORBIDDEN_RESPONSE_HEADERS
    listed = frozenset(name.lower() for name in exposed)
    readable = (names & (SAFELISTED_RESPONSE_HEADERS | listed)) - FORBIDDEN_RESPONSE_HEADERS
    params.trace.record(
        MAIN_FETCH_FILTER,
        "14.1.3",
        NOTE,
        "readable: {}; hidden: {}",
        _NameSet(readable),
        _NameSet(names - readable),
    )
    return readable
