"""The middleware sends what `decide` says, to every request that a browser makes: the proof holds for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from tests.pair.policy_strategies import Init, app, conversations, request_of

from corsage.browser import STANDARD
from corsage.middleware import asgi, wsgi
from corsage.model import Client, HeaderList, Thrown, WireKind, WireRequest, WireResponse, page
from corsage.pair import simulate
from corsage.server import Policy, compile_policy, decide

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    Behind: TypeAlias = Callable[[Policy, WireRequest, WireResponse], WireResponse]


def under_asgi(policy: Policy, request: WireRequest, answer: WireResponse) -> WireResponse:
    """Ask an ASGI application that gives *answer*, behind the middleware."""

    async def application(_scope: Any, _receive: Any, send: Any) -> None:
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": request.method,
        "path": request.url.path,
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in request.headers],
    }
    wrapped: Any = asgi.CORSMiddleware(application, policy, log=False)
    finish(wrapped(scope, receive, send))
    start, *body = sent
    headers = HeaderList(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]
    )
    return WireResponse(start["status"], headers, b"".join(each.get("body", b"") for each in body))


def finish(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run what never waits."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("it waits for something")


def under_wsgi(policy: Policy, request: WireRequest, answer: WireResponse) -> WireResponse:
    """Ask a WSGI application that gives *answer*, behind the middleware."""

    def application(_environ: Any, start_response: Any) -> list[bytes]:
        start_response(f"{answer.status} Whatever", list(answer.headers))
        return [answer.body]

    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda _: None

    environ = {"REQUEST_METHOD": request.method, "PATH_INFO": request.url.path}
    for name in request.headers.names():
        environ["HTTP_" + name.upper().replace("-", "_")] = request.headers.get(name) or ""
    body = wsgi.CORSMiddleware(application, policy, log=False)(environ, start_response)
    ((status, headers),) = started
    return WireResponse(int(status[:3]), HeaderList(headers), b"".join(body))


def seen(response: WireResponse) -> tuple[int, list[tuple[str, str]], frozenset[str], bytes]:
    """What is compared: all but the order of headers and of ``Vary``, and the length that a server adds."""
    vary = frozenset(name.strip().lower() for name in (response.headers.get("vary") or "").split(",")) - {""}
    rest = response.headers.without(["vary", "content-length"])
    if not response.body:
        rest = rest.without(["content-type"])
    return response.status, sorted((name.lower(), value) for name, value in rest), vary, response.body


BEHIND = pytest.mark.parametrize("behind", [under_asgi, under_wsgi])


@BEHIND
@given(conversation=conversations(), status=st.sampled_from([200, 204, 404, 500]))
def test_every_exchange_of_a_browser(
    behind: Behind, conversation: tuple[Policy, Client, Init], status: int
) -> None:
    policy, client, init = conversation
    request = request_of(init, client, STANDARD)
    if isinstance(request, Thrown):
        return
    answer = app(status)
    for exchange in simulate(request, policy, STANDARD, app_response=answer).exchanges:
        assert exchange.decision is not None
        event(f"{exchange.decision.kind}, allowed: {exchange.decision.allowed}")
        assert seen(behind(policy, exchange.request, answer(exchange.request))) == seen(exchange.response)


# --- and to requests that no browser makes ---

URL = page("https://api.example.net/x").url
ORIGINS = st.sampled_from(
    [
        "",
        "null",
        "*",
        "https://app.example.com",
        "https://x.app.example.com",
        "https://evil.com/.example.com",
        "https://user@x.example.com",
        "HTTPS://APP.EXAMPLE.COM",
        "https://app.example.com:443",
        "https://app.example.com, https://app.example.com",
        "https://" + "a" * 70_000 + ".example.com",
        "https://b\xfccher.example.com",
    ]
)
METHODS = st.sampled_from([None, "", "PUT", "put", "GET", "PU T", "*", "P" * 70_000])
NAMES = st.sampled_from(
    [None, "", "x-a", "X-A, x-b", "authorization", "x y", "x-\xe9", "," * 70_000, "a" * 70_000]
)


@BEHIND
@given(
    conversation=conversations(),
    method=st.sampled_from(["GET", "OPTIONS", "OPTIONS", "PUT"]),
    origin=st.none() | ORIGINS,
    asked=st.tuples(METHODS, NAMES, st.sampled_from([None, "true", "false"])),
)
def test_anything_else(
    behind: Behind,
    conversation: tuple[Policy, Client, Init],
    method: str,
    origin: str | None,
    asked: tuple[str | None, str | None, str | None],
) -> None:
    policy = conversation[0]
    values = {
        "Origin": origin,
        "Access-Control-Request-Method": asked[0],
        "Access-Control-Request-Headers": asked[1],
        "Access-Control-Request-Private-Network": asked[2],
    }
    headers = HeaderList((name, value) for name, value in values.items() if value is not None)
    request = WireRequest(WireKind.ACTUAL, method, URL, headers)
    answer = WireResponse(
        200, HeaderList([("Vary", "Accept"), ("Access-Control-Allow-Origin", "*")]), b"hello"
    )
    decision = decide(compile_policy(policy), method, headers)
    response = behind(policy, request, answer)
    ours = HeaderList(decision.headers)
    for name, value in ours.without(["vary"]):
        assert response.headers.lines(name.lower()) == [value]
    spoken = {name for name in response.headers.names() if name.startswith("access-control-")}
    assert spoken == {name for name in ours.names() if name.startswith("access-control-")}
    assert response.status == (decision.status or 200)
    vary = {name.strip().lower() for name in (response.headers.get("vary") or "").split(",")} - {""}
    wanted = {name.strip().lower() for name in (ours.get("vary") or "").split(",")} - {""}
    assert vary == (wanted | {"accept"} if decision.status is None else wanted)
