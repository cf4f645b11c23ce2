"""Litestar: ``Litestar(cors_config=CORSConfig(...))``."""

from typing import Any

from peers.asgi import asgi_send
from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application with the configuration."""
    app = module("litestar").Litestar(
        route_handlers=[_handler(page) for page in PAGES], cors_config=config(setup), openapi_config=None
    )
    return asgi_send(app)


def config(setup: Setup) -> Any:  # noqa: ANN401 - untyped here, see `module`
    """Return the configuration."""
    options: dict[str, Any] = {
        "allow_origins": setup.origins if isinstance(setup.origins, str) else list(setup.origins),
        "allow_methods": list(setup.methods),
        "allow_headers": list(setup.request_headers),
        "expose_headers": list(setup.exposed),
        "allow_credentials": setup.credentials,
    }
    if setup.regexes:
        options["allow_origin_regex"] = setup.regexes[0]
    if setup.max_age is not None:
        options["max_age"] = setup.max_age
    return module("litestar.config.cors").CORSConfig(**options)


def _handler(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    litestar = module("litestar")
    text = module("litestar.enums").MediaType.TEXT

    async def handler() -> Any:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        return litestar.Response(page.body, media_type=text, headers=dict(page.headers), status_code=200)

    made = litestar.route(page.path, http_method=list(page.methods), status_code=200)
    return made(handler)
