"""flask-cors: ``CORS(app, ...)``."""

from typing import Any

from peers.setup import Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module
from peers.wsgi import wsgi_send


def build(setup: Setup) -> Send:
    """Return an application with the extension."""
    flask = module("flask")
    app = flask.Flask("peers")
    for page in PAGES:
        app.add_url_rule(
            page.path,
            page.path,
            _view(flask, page),
            methods=list(page.methods),
            provide_automatic_options=False if page.methods == ("OPTIONS",) else None,
        )
    extend(app, setup)
    return wsgi_send(app)


def extend(app: Any, setup: Setup) -> None:  # noqa: ANN401 - untyped here, see `module`
    """Put the extension on *app*. It takes expressions in the list of origins."""
    origins = setup.origins if isinstance(setup.origins, str) else [*setup.origins, *setup.regexes]
    module("flask_cors").CORS(
        app,
        origins=origins,
        methods=list(setup.methods),
        allow_headers=list(setup.request_headers),
        expose_headers=list(setup.exposed),
        supports_credentials=setup.credentials,
        max_age=setup.max_age,
    )


def _view(flask: Any, page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    def view() -> Any:  # noqa: ANN401 - likewise
        if page.fails:
            raise AppError
        return flask.Response(page.body, headers=list(page.headers))

    return view
