"""The sample application in Falcon, before WSGI."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Unpack

import falcon
from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, wsgi_server

from corsage.middleware.falcon import install

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("falcon",)
WEBSOCKETS = False
LACKS = {"async lookup": "WSGI is synchronous"}
ADDS_VARY = frozenset({"accept"})  # to its errors


class Hello:
    def on_get(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.text = "hello"
        resp.set_header("X-Rate", "7")


class Vary:
    def on_get(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.set_header("Vary", "Accept-Encoding")


class Own:
    def on_get(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.text = "own"
        resp.set_header("Access-Control-Allow-Origin", "*")
        resp.set_header("Access-Control-Allow-Credentials", "true")


class Error:
    def on_get(self, _: falcon.Request, __: falcon.Response) -> None:
        raise RuntimeError("the sample application's own error")


class Put:
    def on_put(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.text = "put"


class Redirect:
    def on_get(self, _: falcon.Request, __: falcon.Response) -> None:
        raise falcon.HTTPFound("/hello")


class Stream:
    def on_get(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.stream = iter([b"a", b"b", b"c"])


class Empty:
    def on_get(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.status = falcon.HTTP_204


class Private:
    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        if "sid" not in req.cookies:
            raise falcon.HTTPUnauthorized
        resp.text = "private"


class OwnOptions:
    def on_options(self, _: falcon.Request, resp: falcon.Response) -> None:
        resp.text = "mine"


class Echo:
    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        if (req.content_length or 0) > LARGEST_BODY:
            raise falcon.HTTPError(falcon.HTTP_413)  # Falcon has no limit of its own
        resp.data = req.bounded_stream.read()


RESOURCES: dict[str, Any] = {
    "/hello": Hello(),
    "/vary": Vary(),
    "/own": Own(),
    "/error": Error(),
    "/put": Put(),
    "/redirect": Redirect(),
    "/stream": Stream(),
    "/empty": Empty(),
    "/private": Private(),
    "/options": OwnOptions(),
    "/echo": Echo(),
}


def sample() -> falcon.App[falcon.Request, falcon.Response]:
    app = falcon.App(media_type="text/plain")
    for path, resource in RESOURCES.items():
        app.add_route(path, resource)
    return app


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    app = sample()
    cors = install(app, policy, **options)
    with wsgi_server(app) as url:
        yield Served(url, cors.replace)
