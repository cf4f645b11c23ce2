"""quart-cors: ``cors(app, ...)``."""

import re
from typing import Any

from peers.asgi import asgi_send
from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module


def build(setup: Setup) -> Send:
    """Return an application with the extension; expressions are given compiled, as its documentation says."""
    quart = module("quart")
    app = quart.Quart("peers")
    for page in PAGES:
        app.add_url_rule(
            page.path,
            page.path,
            _view(quart, page),
            methods=list(page.methods),
            provide_automatic_options=False if page.methods == ("OPTIONS",) else None,
        )
    options: dict[str, Any] = {
        "allow_origin": _origins(setup),
        "allow_methods": list(setup.methods),
        "allow_headers": list(setup.request_headers),
        "expose_headers": list(setup.exposed),
        "allow_credentials": setup.credentials,
    }
    if setup.max_age is not None:
        options["max_age"] = setup.max_age
    return asgi_send(module("quart_cors").cors(app, **options))


def _origins(setup: Setup) -> Any:  # noqa: ANN401 - a text, or a list of texts and expressions
    if isinstance(setup.origins, str):
        return setup.origins
    return [*setup.origins, *(re.compile(regex) for regex in setup.regexes)]


def _view(quart: Any, page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    async def view() -> Any:  # noqa: ANN401 - as the framework wants it
        if page.fails:
            raise AppError
        return quart.Response(page.body, headers=dict(page.headers))

    return view
