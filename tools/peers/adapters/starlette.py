"""Starlette: ``app.add_middleware(CORSMiddleware, ...)``, as its documentation says."""

from typing import Any

from peers.asgi import asgi_send
from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application with the middleware."""
    app = module("starlette.applications").Starlette(routes=[_route(page) for page in PAGES])
    app.add_middleware(module("starlette.middleware.cors").CORSMiddleware, **options(setup))
    # The whole stack is made at the first request only; a wrong option should show now.
    app.middleware_stack = app.build_middleware_stack()
    return asgi_send(app)


def options(setup: Setup) -> dict[str, Any]:
    """Return the arguments of the middleware. There is one expression, and the list is a list."""
    found: dict[str, Any] = {
        "allow_origins": setup.origins if isinstance(setup.origins, str) else list(setup.origins),
        "allow_methods": list(setup.methods),
        "allow_headers": list(setup.request_headers),
        "expose_headers": list(setup.exposed),
        "allow_credentials": setup.credentials,
    }
    if setup.regexes:
        found["allow_origin_regex"] = setup.regexes[0]
    if setup.max_age is not None:
        found["max_age"] = setup.max_age
    return found


def _route(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    response = module("starlette.responses").PlainTextResponse

    async def endpoint(_: object) -> Any:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        return response(page.body, headers=dict(page.headers))

    return module("starlette.routing").Route(page.path, endpoint, methods=list(page.methods))
