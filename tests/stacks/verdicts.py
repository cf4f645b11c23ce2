"""What pages do with the sample application, and whether browsers let them: really, and by the policy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corsage.browser import CHROME, FIREFOX, WEBKIT, Profile, drive, fetch, new_request
from corsage.model import (
    Client,
    HeaderList,
    Outcome,
    Request,
    RequestInit,
    TupleOrigin,
    WireRequest,
    WireResponse,
    page,
)
from corsage.pair import simulate
from corsage.server import split_serialized_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corsage.model import NetworkFailure
    from corsage.server import Policy

BROWSERS: Final = (CHROME, FIREFOX, WEBKIT)
# Where the browsers believe the server to be: WebKit lets no secure page ask loopback.
API: Final = "https://api.example"


@dataclass(frozen=True)
class Deed:
    """A `fetch()` of a page.

    Attributes:
        needs: a quirk for which it is left out.
    """

    name: str
    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    credentials: str = "omit"
    needs: str = ""


TOKEN: Final = (("X-Token", "1"),)
DEEDS: Final = (
    Deed("simple", "/ok"),
    Deed("with credentials", "/ok", credentials="include"),
    Deed("POST", "/ok", "POST"),
    Deed("PUT", "/ok", "PUT"),
    Deed("DELETE with credentials", "/ok", "DELETE", credentials="include"),
    Deed("PATCH with a header", "/ok", "PATCH", TOKEN),
    Deed("a header", "/ok", headers=TOKEN),
    Deed("PUT with a header", "/ok", "PUT", TOKEN),
    Deed("Authorization", "/ok", headers=(("Authorization", "Bearer x"),), credentials="include"),
    Deed("a bad method", "/ok", "BREW"),
    Deed("a bad header", "/ok", headers=(("X-Evil", "1"),)),
    Deed("404", "/missing", needs="404-without-headers"),
    Deed("404 behind a preflight", "/missing", headers=TOKEN, needs="no-preflight-on-missing-paths"),
    Deed("500", "/boom", needs="500-without-headers"),
    Deed("500 with credentials", "/boom", credentials="include", needs="500-without-headers"),
    Deed("redirect", "/moved", needs="redirect-without-headers"),
    Deed("redirect behind a preflight", "/moved", headers=TOKEN, needs="redirect-without-headers"),
)


def differences(
    send: Callable[[WireRequest], WireResponse | NetworkFailure],
    policy: Policy,
    origins: tuple[str, ...],
    quirks: frozenset[str],
) -> Iterator[str]:
    """Say which deeds of pages of *origins* end otherwise than the policy says."""
    for origin in origins:
        client = _client(origin)
        for deed in DEEDS:
            if deed.needs in quirks and deed.needs:
                continue
            for profile in BROWSERS:
                request = _request(deed, client, profile)
                wanted = _seen(
                    simulate(request, policy, profile, app_response=answer_of_the_application).outcome
                )
                seen = _seen(drive(fetch(request, profile=profile), send))
                if seen != wanted:
                    yield f"{deed.name} from {origin} in {profile.name}: {seen}, not {wanted}"


def _client(origin: str) -> Client:
    split = split_serialized_origin(origin)
    if split is None:
        return page("https://page.example/", sandboxed=True)
    scheme, host, port = split
    if scheme in {"http", "https"}:
        return page(f"{origin}/")
    own = TupleOrigin(scheme, host, int(port) if port else None)
    return Client(url=page("https://localhost/").url, origin=own, top_level_origin=own)


def _request(deed: Deed, client: Client, profile: Profile) -> Request:
    init = RequestInit(API + deed.path, deed.method, deed.headers, credentials=deed.credentials)
    request = new_request(init, client, profile)
    assert isinstance(request, Request)
    return request


def _seen(outcome: Outcome) -> str:
    """Return what the page has in hand. Why it was refused may differ: servers refuse in many ways."""
    if outcome.response is None:
        return "refused"
    response = outcome.response
    total = dict(response.headers).get("x-total")
    # Methods that nobody knows are refused in two ways.
    status = 405 if response.status == 501 else response.status
    text = (response.body or b"").decode(errors="replace").strip() if response.status == 200 else ""
    return f"{status} {text!r}, X-Total {total}"


def answer_of_the_application(asked: WireRequest) -> WireResponse:
    """Answer as every sample application does."""
    if asked.method not in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"}:
        return WireResponse(405)
    if asked.url.path == "/ok":
        return WireResponse(200, HeaderList([("Content-Type", "text/plain"), ("X-Total", "1")]), b"ok")
    if asked.url.path == "/moved":
        return WireResponse(302, HeaderList([("Location", "/ok")]))
    return WireResponse(500 if asked.url.path == "/boom" else 404)
