"""aiohttp-cors: a set-up object, and each route added to it."""

from typing import Any

from peers.setup import NotOfferedError, Setup
from peers.site import PAGES, AppError, Page
from peers.socket_send import socket_send
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application whose routes of the listed methods are added to the set-up.

    That is how it is told methods. It knows exact origins and ``*`` alone.
    """
    web = module("aiohttp.web")
    app = web.Application()
    setting = setting_of(app, setup)
    for page in PAGES:
        for method in page.methods:
            route = app.router.add_route(method, page.path, _handler(web, page))
            if method in setup.methods or (setup.methods == ("*",) and method != "OPTIONS"):
                setting.add(route)
    return socket_send(app)


def setting_of(app: Any, setup: Setup) -> Any:  # noqa: ANN401 - untyped here, see `module`
    """Return the set-up of *app*, to which routes are added.

    Raises:
        NotOfferedError: *setup* has expressions.
    """
    if setup.regexes:
        raise NotOfferedError
    cors = module("aiohttp_cors")
    options = cors.ResourceOptions(
        allow_credentials=setup.credentials,
        expose_headers=setup.exposed,
        allow_headers="*" if setup.request_headers == ("*",) else setup.request_headers,
        allow_methods="*" if setup.methods == ("*",) else list(setup.methods),
        max_age=setup.max_age,
    )
    origins = [setup.origins] if isinstance(setup.origins, str) else setup.origins
    return cors.setup(app, defaults=dict.fromkeys(origins, options))


def _handler(web: Any, page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    async def handler(_: object) -> Any:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        return web.Response(text=page.body, headers=dict(page.headers))

    return handler
