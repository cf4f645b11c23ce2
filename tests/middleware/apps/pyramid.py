"""The sample application in Pyramid."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, wsgi_server
from typing_extensions import Unpack

with warnings.catch_warnings():
    # Pyramid imports cgi and pkg_resources, which say that they will go.
    warnings.simplefilter("ignore")
    from pyramid.config import Configurator  # type: ignore[import-untyped]
    from pyramid.httpexceptions import HTTPRequestEntityTooLarge  # type: ignore[import-untyped]
    from pyramid.response import Response  # type: ignore[import-untyped]


if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("pyramid",)
WEBSOCKETS = False
LACKS = {
    "async lookup": "WSGI cannot await",
    "Vary on 500 for strangers": "the server answers, and nobody may read it",
}


def text(body: str | bytes, status: int = 200, **headers: str) -> Any:
    response = Response(body, status, content_type="text/plain")
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def error() -> None:
    raise RuntimeError("the sample application's own error")


def own() -> Any:
    return text("own", Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")


def echo(request: Any) -> Any:
    if request.content_length > LARGEST_BODY:
        raise HTTPRequestEntityTooLarge  # Pyramid has no limit of its own
    return text(request.body)


VIEWS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "hello": ("GET", lambda _: text("hello", X_Rate="7")),
    "vary": ("GET", lambda _: text("vary", Vary="Accept-Encoding")),
    "own": ("GET", lambda _: own()),
    "error": ("GET", lambda _: error()),
    "put": ("PUT", lambda _: text("put")),
    "redirect": ("GET", lambda _: text("", 302, Location="/hello")),
    "stream": ("GET", lambda _: Response(app_iter=iter([b"a", b"b", b"c"]), content_type="text/plain")),
    "empty": ("GET", lambda _: Response(status=204)),
    "private": ("GET", lambda it: text("private") if "sid" in it.cookies else text("log in", 401)),
    "options": ("OPTIONS", lambda _: text("mine")),
    "echo": ("POST", echo),
}


def new_config(settings: dict[str, str] | None = None) -> Any:
    config = Configurator(settings=settings)
    config.include("corsage.middleware.pyramid")
    return config


def add_views(config: Any) -> None:
    for name, (method, view) in VIEWS.items():
        config.add_route(name, f"/{name}")
        config.add_view(view, route_name=name, request_method=method)
    # Pyramid has no 405 of its own.
    config.add_view(lambda _: text("not allowed", 405, Allow="PUT"), route_name="put")


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    config = new_config()
    config.set_cors_policy(policy, **options)
    add_views(config)
    with wsgi_server(config.make_wsgi_app()) as url:
        yield Served(url, config.registry["corsage"].replace)
