"""Corsage around a plain ASGI application: no framework lends a hand."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from corsage.middleware.asgi import CORSMiddleware
from corsage.server import Policy, PolicyError
from peers.asgi import asgi_send
from peers.setup import RefusedError, Setup
from peers.site import PAGES, AppError
from peers.wire import Send

_PAGES = {page.path: page for page in PAGES}
_Messages = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def build(setup: Setup) -> Send:
    """Return the application behind the policy."""
    return asgi_send(CORSMiddleware(application, policy(setup), log=False))


def policy(setup: Setup) -> Policy:
    """Return *setup* as a policy; public is said where ``*`` is meant.

    Raises:
        RefusedError: with what the rules say.
    """
    try:
        return Policy(
            origins=setup.origins,
            origin_regexes=setup.regexes,
            methods=setup.methods,
            request_headers=setup.request_headers,
            exposed_headers=setup.exposed,
            credentials=setup.credentials,
            max_age=setup.max_age,
        )
    except PolicyError as error:
        raise RefusedError(str(error)) from None


async def application(scope: MutableMapping[str, Any], _receive: object, send: _Messages) -> None:
    """Answer as the site says."""
    page = _PAGES.get(scope["path"])
    if page is None:
        return await _answer(send, 404, (), b"not found")
    if scope["method"] not in page.methods:
        return await _answer(send, 405, (), b"method not allowed")
    if page.fails:
        raise AppError
    return await _answer(send, 200, page.headers, page.body.encode())


async def _answer(send: _Messages, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    await send(
        {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain"), *raw]}
    )
    await send({"type": "http.response.body", "body": body})
