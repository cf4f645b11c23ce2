"""What the pages do, what comes of it, and the sample application as the engine needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.e2e.stage import PAGE, STRANGER

from corsage.browser import CookieJar, Profile, new_request
from corsage.model import (
    Body,
    BodyKind,
    HeaderList,
    Request,
    RequestInit,
    WireRequest,
    WireResponse,
    page,
)
from corsage.pair import simulate
from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY: Final = Policy(
    origins=[PAGE],
    methods=["PUT"],
    request_headers=["X-Token"],
    exposed_headers=["X-Rate"],
    credentials=True,
    guard_websockets=True,
)
REFUSED: Final[Mapping[str, Any]] = {"error": "TypeError"}


@dataclass(frozen=True)
class Row:
    """A `fetch()` of a page, or a WebSocket, and what the page sees of it.

    Attributes:
        sees: the status, the text, which of X-Rate and Vary are readable, whether it was redirected; or the error.
    """

    name: str
    path: str
    sees: Mapping[str, Any]
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    credentials: str = "same-origin"
    origin: str = PAGE

    @property
    def is_socket(self) -> bool:
        return self.path == "/ws"

    def asked(self, api: str) -> dict[str, Any]:
        """The row as the page wants it."""
        if self.is_socket:
            return {"socket": api.replace("http:", "ws:", 1) + self.path}
        return {
            "url": api + self.path,
            "method": self.method,
            "headers": self.headers,
            "credentials": self.credentials,
            **({} if self.body is None else {"body": self.body}),
        }


def sees(status: int, text: str | None = None, *names: str, redirected: bool = False) -> Mapping[str, Any]:
    return {"status": status, "text": text, "names": list(names), "redirected": redirected}


TOKEN: Final = (("X-Token", "1"),)
MATRIX: Final = (
    Row("simple", "/hello", sees(200, "hello", "x-rate")),
    Row("preflighted", "/put", sees(200, "put"), "PUT", TOKEN),
    Row("preflighted GET, exposed header", "/hello", sees(200, "hello", "x-rate"), headers=TOKEN),
    Row("simple POST", "/echo", sees(200, "echo me"), "POST", body="echo me"),
    Row("without credentials", "/private", sees(401)),
    Row("credentials", "/private", sees(200, "private"), credentials="include"),
    Row("preflighted, credentials", "/put", sees(200, "put"), "PUT", TOKEN, credentials="include"),
    Row("the application's own CORS headers", "/own", sees(200, "own"), credentials="include"),
    Row("hidden header", "/vary", sees(200)),
    Row("denied method", "/put", REFUSED, "DELETE"),
    Row("denied header", "/hello", REFUSED, headers=(("X-Evil", "1"),)),
    Row("unhandled error", "/error", sees(500)),
    Row("unhandled error, credentials", "/error", sees(500), credentials="include"),
    Row("404", "/missing", sees(404)),
    Row("404, preflighted", "/missing", sees(404), "PUT", TOKEN),
    Row("405", "/put", sees(405)),
    Row("redirect", "/redirect", sees(200, "hello", "x-rate", redirected=True)),
    Row("redirect, preflighted", "/redirect", sees(200, "hello", "x-rate", redirected=True), headers=TOKEN),
    Row("streaming", "/stream", sees(200, "abc")),
    Row("no content", "/empty", sees(204, "")),
    Row("WebSocket", "/ws", {"text": "echo me"}),
    Row("denied origin", "/hello", REFUSED, origin=STRANGER),
    Row("denied origin, preflighted", "/put", REFUSED, "PUT", TOKEN, origin=STRANGER),
    Row("denied origin, credentials", "/hello", REFUSED, credentials="include", origin=STRANGER),
    Row("denied origin, own CORS headers", "/own", REFUSED, origin=STRANGER),
    Row("denied origin, error", "/error", REFUSED, origin=STRANGER),
    Row("denied origin, WebSocket", "/ws", REFUSED, origin=STRANGER),
)

# What the application answers, in the engine's world.
_ANSWERS: Final[Mapping[tuple[str, str], tuple[int, str]]] = {
    ("GET", "/hello"): (200, "hello"),
    ("GET", "/vary"): (200, "vary"),
    ("GET", "/own"): (200, "own"),
    ("GET", "/error"): (500, ""),
    ("PUT", "/put"): (200, "put"),
    ("GET", "/put"): (405, ""),
    ("GET", "/redirect"): (302, ""),
    ("GET", "/stream"): (200, "abc"),
    ("GET", "/empty"): (204, ""),
    ("POST", "/echo"): (200, "echo me"),
}
_HEADERS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "/hello": (("X-Rate", "7"),),
    "/vary": (("Vary", "Accept-Encoding"),),
    "/own": (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Credentials", "true")),
    "/redirect": (("Location", "/hello"),),
}


def model_of_the_application(asked: WireRequest) -> WireResponse:
    """Answer as every sample application does."""
    path = asked.url.path
    if path == "/private":
        known = "sid=1" in (asked.headers.get("cookie") or "")
        status, text = (200, "private") if known else (401, "")
    else:
        status, text = _ANSWERS.get((asked.method, path), (404, ""))
    headers = [("Content-Type", "text/plain"), *_HEADERS.get(path, ())]
    return WireResponse(status, HeaderList(headers), text.encode())


def foreseen(row: Row, api: str, profile: Profile) -> Mapping[str, Any]:
    """Return what the engine says the page sees, without any network."""
    body = None if row.body is None else Body(BodyKind.TEXT, row.body.encode())
    init = RequestInit(api + row.path, row.method, row.headers, body, credentials=row.credentials)
    request = new_request(init, page(f"{row.origin}/page.html"), profile)
    assert isinstance(request, Request)
    cookies = CookieJar()
    cookies.set_from(request.url, "sid=1; SameSite=Lax")
    outcome = simulate(
        request, POLICY, profile, app_response=model_of_the_application, cookies=cookies
    ).outcome
    if outcome.response is None:
        return REFUSED
    response = outcome.response
    return {
        "status": response.status,
        "text": (response.body or b"").decode(),
        "names": [name for name, _ in response.headers],
        "redirected": response.redirected,
    }


def told(seen: Mapping[str, Any], row: Row) -> Mapping[str, Any]:
    """Return of what a page saw that which the frameworks have in common, as `Row.sees` has it."""
    if "status" not in seen:
        return seen
    text = seen["text"] if row.sees.get("text") is not None else None
    names = [name for name in seen["names"] if name in {"x-rate", "vary"}]
    return {**seen, "text": text, "names": names}
