"""Falcon: ``falcon.asgi.App(middleware=CORSMiddleware(...))``."""

from typing import Any

from peers.asgi import asgi_send
from peers.setup import NotOfferedError, Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application with the middleware. It has options for origins, exposed headers and credentials only."""
    if setup.regexes or not setup.max_age:
        raise NotOfferedError
    falcon = module("falcon")
    origins = "*" if setup.origins == ("*",) else setup.origins
    cors = falcon.CORSMiddleware(
        allow_origins=origins,
        expose_headers=list(setup.exposed),
        allow_credentials=(origins if setup.credentials else None),
    )
    app = module("falcon.asgi").App(middleware=[cors])
    for page in PAGES:
        app.add_route(page.path, _resource(page))
    return asgi_send(app)


def _resource(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    async def responder(_self: object, _request: object, response: Any) -> None:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        response.text = page.body
        for name, value in page.headers:
            response.set_header(name, value)

    return type("Resource", (), {f"on_{method.lower()}": responder for method in page.methods})()
