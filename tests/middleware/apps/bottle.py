"""The sample application in Bottle."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bottle import BaseRequest, Bottle, HTTPResponse, request  # type: ignore[import-untyped]
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, wsgi_server
from typing_extensions import Unpack

from corsage.middleware.bottle import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("bottle",)
WEBSOCKETS = False
LACKS = {"async lookup": "WSGI cannot await"}


def text(body: object, status: int = 200, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HTTPResponse(body, status, {"Content-Type": "text/plain", **named})


def error() -> None:
    raise RuntimeError("the sample application's own error")


def stream() -> Iterator[str]:
    yield from "abc"


def own() -> Any:
    return text("own", Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")


def echo() -> Any:
    _ = request.forms  # Bottle has a limit for bodies that are read into memory, as forms are
    return text(request.body.read())


def make() -> Any:
    app = Bottle()
    app.get("/hello", callback=lambda: text("hello", X_Rate="7"))
    app.get("/vary", callback=lambda: text("vary", Vary="Accept-Encoding"))
    app.get("/own", callback=own)
    app.get("/error", callback=error)
    app.put("/put", callback=lambda: text("put"))
    app.get("/redirect", callback=lambda: text("", 302, Location="/hello"))
    app.get("/stream", callback=stream)
    app.get("/empty", callback=lambda: HTTPResponse(status=204))
    app.get(
        "/private", callback=lambda: text("private") if request.get_cookie("sid") else text("log in", 401)
    )
    app.route("/options", "OPTIONS", lambda: text("mine"))
    app.post("/echo", callback=echo)
    return app


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = make()
    plugin = app.install(CORS(policy, **options))
    # Bottle's limit is the same for all applications of a process.
    with patch.object(BaseRequest, "MEMFILE_MAX", LARGEST_BODY), wsgi_server(app) as url:
        yield Served(url, plugin.cors.replace)
