"""The sample application in Flask."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, wsgi_server
from typing_extensions import Unpack

from corsage.middleware.flask import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("flask",)
WEBSOCKETS = False
LACKS = {"async lookup": "WSGI cannot await"}


def text(body: str | bytes | Iterator[str], status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(body, status, named, mimetype="text/plain")


def make() -> Flask:  # noqa: C901 - one function for each route
    app = Flask(__name__)
    app.logger.disabled = True
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    @app.get("/hello")
    def hello() -> Response:
        return text("hello", X_Rate="7")

    @app.get("/vary")
    def vary() -> Response:
        return text("vary", Vary="Accept-Encoding")

    @app.get("/own")
    def own() -> Response:
        return text("own", Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")

    @app.get("/error")
    def error() -> Response:
        raise RuntimeError("the sample application's own error")

    @app.put("/put")
    def put() -> Response:
        return text("put")

    @app.get("/redirect")
    def redirect() -> Response:
        return text("", 302, Location="/hello")

    @app.get("/stream")
    def stream() -> Response:
        return text(iter("abc"))

    @app.get("/empty")
    def empty() -> Response:
        return text("", 204)

    @app.get("/private")
    def private() -> Response:
        return text("private") if "sid" in request.cookies else text("log in", 401)

    @app.route("/options", methods=["OPTIONS"])
    def options() -> Response:
        return text("mine")

    @app.post("/echo")
    def echo() -> Response:
        return text(request.get_data())

    return app


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = make()
    CORS(app, policy, **options)
    with wsgi_server(app) as url:
        yield Served(url, app.extensions["corsage"].replace)
