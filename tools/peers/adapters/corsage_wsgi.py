"""Corsage around a plain WSGI application."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from corsage.middleware.wsgi import CORSMiddleware
from peers.adapters.corsage_asgi import policy
from peers.setup import Setup
from peers.site import PAGES, AppError
from peers.wire import Send
from peers.wsgi import wsgi_send

_PAGES = {page.path: page for page in PAGES}


def build(setup: Setup) -> Send:
    """Return the application behind the policy."""
    return wsgi_send(CORSMiddleware(application, policy(setup), log=False))


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
    """Answer as the site says."""
    page = _PAGES.get(environ["PATH_INFO"])
    if page is None:
        return _answer(start_response, HTTPStatus.NOT_FOUND, (), b"not found")
    if environ["REQUEST_METHOD"] not in page.methods:
        return _answer(start_response, HTTPStatus.METHOD_NOT_ALLOWED, (), b"method not allowed")
    if page.fails:
        raise AppError
    return _answer(start_response, HTTPStatus.OK, page.headers, page.body.encode())


def _answer(
    start_response: Callable[..., object],
    status: HTTPStatus,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
) -> list[bytes]:
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain"), *headers])
    return [body]
