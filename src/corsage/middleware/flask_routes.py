"""Which policy the view of a request has, in Flask."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import MapAdapter, RequestRedirect

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import LOGGER
from corsage.middleware.wsgi import Environ
from corsage.server import Policy

Own = Policy | Policies | CORS

MARK: Final = "corsage_policy"
# On what stands below the decorator: that is what the application has, if the decorator stands above its own.
DECORATED: Final = "corsage_decorated"
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY")
_TOO_HIGH: Final = (
    "the policy of the view %s does nothing: the application was given the view without it. Write @cross_origin below"
    " @app.route"
)


class Routes:
    """Which policy the view of a request has."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._seen = -1
        self._own: dict[str, Own | None] = {}  # by endpoint; `None` where only methods of a class have one

    def policy(self, environ: Environ, method: str) -> Own | None:
        """Return the policy of the view for a request; where none has any, the address is not even looked at."""
        app = self._app
        if len(app.view_functions) != self._seen:
            self._look()
        if not self._own:
            return None
        endpoint = _endpoint(app, environ, method)
        if endpoint not in self._own:
            return None
        by_method = of_method(app.view_functions.get(endpoint), method)
        return self._own[endpoint] if by_method is None else by_method

    def known(self) -> list[Own]:
        """Return the policies of the views that there are."""
        views = self._app.view_functions
        found = [self._of_endpoint(name) for name in views]
        found += [of_method(view, method) for view in views.values() for method in METHODS]
        return [own for own in found if own is not None]

    def _look(self) -> None:
        views = self._app.view_functions
        found = {name: self._of_endpoint(name) for name in views}
        self._own = {
            name: own for name, own in found.items() if own is not None or any(_of_methods(views[name]))
        }
        self._seen = len(views)
        below = [id(each) for view in views.values() if hasattr(view, MARK) for each in _below(view)]
        for view in views.values():
            if hasattr(view, DECORATED) and not hasattr(view, MARK) and id(view) not in below:
                LOGGER.error(_TOO_HIGH, getattr(view, "__qualname__", repr(view)))

    def _of_endpoint(self, endpoint: str) -> Own | None:
        own: Own | None = getattr(self._app.view_functions[endpoint], MARK, None)
        name = endpoint.rpartition(".")[0]
        while own is None and name:
            own = getattr(self._app.blueprints.get(name), MARK, None)
            name = name.rpartition(".")[0]
        return own


def _below(view: object) -> Iterator[object]:
    """Give what decorators have made *view* of."""
    while (view := getattr(view, "__wrapped__", None)) is not None:
        yield view


def of_method(view: object, method: str) -> Own | None:
    """Return the policy of one method of a view that is a class."""
    of_class = getattr(view, "view_class", None)  # as_view() says so
    # Flask lets get answer HEAD.
    for name in (method.lower(), "get") if method == "HEAD" else (method.lower(),):
        own: Own | None = getattr(getattr(of_class, name, None), MARK, None)
        if own is not None:
            return own
    return None


def _of_methods(view: object) -> Iterator[bool]:
    return (of_method(view, method) is not None for method in METHODS)


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
