"""FastAPI: Starlette's middleware, around FastAPI's own application."""

from typing import Any

from peers.adapters.starlette import options
from peers.asgi import asgi_send
from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application with the middleware."""
    app = module("fastapi").FastAPI()
    for page in PAGES:
        app.add_api_route(page.path, _endpoint(page), methods=list(page.methods))
    app.add_middleware(module("fastapi.middleware.cors").CORSMiddleware, **options(setup))
    app.middleware_stack = app.build_middleware_stack()
    return asgi_send(app)


def _endpoint(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    response = module("fastapi.responses").PlainTextResponse

    async def endpoint():  # type: ignore[no-untyped-def]  # noqa: ANN202 - an annotation would be made a model
        if page.fails:
            raise AppError
        return response(page.body, headers=dict(page.headers))

    return endpoint
