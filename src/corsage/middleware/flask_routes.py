"""Which policy the view of a request has, in Flask."""

from typing import Final
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import MapAdapter, RequestRedirect

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.wsgi import Environ
from corsage.server import Policy

Own = Policy | Policies | CORS

MARK: Final = "corsage_policy"


class Routes:
    """Which policy the view of a request has."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._seen = -1
        self._own: dict[str, Own] = {}  # by endpoint

    def policy(self, environ: Environ, method: str) -> Own | None:
        """Return the policy of the view for a request; where none has any, the address is not even looked at."""
        app = self._app
        if len(app.view_functions) != self._seen:
            self._own = {
                name: own for name in app.view_functions if (own := self._of_endpoint(name)) is not None
            }
            self._seen = len(app.view_functions)
        if not self._own:
            return None
        endpoint = _endpoint(app, environ, method)
        return None if endpoint is None else self._own.get(endpoint)

    def _of_endpoint(self, endpoint: str) -> Own | None:
        own: Own | None = getattr(self._app.view_functions[endpoint], MARK, None)
        name = endpoint.rpartition(".")[0]
        while own is None and name:
            own = getattr(self._app.blueprints.get(name), MARK, None)
            name = name.rpartition(".")[0]
        return own


def _endpoint(app: Flask, environ: Environ, method: str) -> str | None:
    try:
        return _found(app, environ, method)
    except Exception:  # noqa: BLE001 - no such address, or a converter failed: the application answers that
        return None


def _found(app: Flask, environ: Environ, method: str) -> str | None:
    adapter = app.create_url_adapter(app.request_class(environ))
    if adapter is None:
        return None
    path = adapter.path_info
    try:
        return _matched(adapter, path, method)
    except RequestRedirect as redirect:
        # Whoever may read the answer may follow the redirect to it.
        path = unquote(urlsplit(redirect.new_url).path).removeprefix(adapter.script_name.rstrip("/"))
    return _matched(adapter, path, method)


def _matched(adapter: MapAdapter, path: str, method: str) -> str:
    try:
        return str(adapter.match(path, method)[0])
    except MethodNotAllowed as error:
        # 405 is an answer, too, and is read by whom the route's other methods are for.
        methods = list(error.valid_methods or ())
        if not methods:
            raise
        return str(adapter.match(path, methods[0])[0])
