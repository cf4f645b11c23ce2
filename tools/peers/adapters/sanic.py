"""sanic-ext: ``Extend(app, config=Config(cors_...))``, under ASGI."""

import re
from itertools import count
from typing import Any

from peers.asgi import asgi_send
from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module

_numbers = count()


def build(setup: Setup) -> Send:
    """Return an application with the extension; expressions are given compiled, as its documentation says."""
    app = module("sanic").Sanic(f"peers{next(_numbers)}", log_config={"version": 1}, configure_logging=False)
    # It would rewrite its own classes as the first application starts, and fail to for the second.
    app.config.TOUCHUP = False
    for page in PAGES:
        app.add_route(_handler(page), page.path, methods=list(page.methods), name=f"page{next(_numbers)}")
    options: dict[str, Any] = {
        "cors_origins": _origins(setup),
        "cors_methods": list(setup.methods),
        "cors_allow_headers": list(setup.request_headers),
        "cors_expose_headers": list(setup.exposed),
        "cors_supports_credentials": setup.credentials,
        "oas": False,
    }
    if setup.max_age is not None:
        options["cors_max_age"] = setup.max_age
    module("sanic_ext").Extend(app, config=module("sanic_ext").Config(**options))
    return asgi_send(app, lifespan=True)


def _origins(setup: Setup) -> Any:  # noqa: ANN401 - a text, a list or an expression
    if setup.regexes:
        return [re.compile(regex) for regex in setup.regexes]
    if setup.origins == ("*",):
        return "*"
    return setup.origins if isinstance(setup.origins, str) else list(setup.origins)


def _handler(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    response = module("sanic.response")

    async def handler(_: object) -> Any:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        return response.text(page.body, headers=dict(page.headers))

    return handler
