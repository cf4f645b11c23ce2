"""The sample application, in WSGI and nothing else, under the standard library's validator on both sides."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

from tests.middleware.rows import LARGEST_BODY
from tests.middleware.serving import Options, Served, wsgi_server
from typing_extensions import Unpack

from corsage.middleware import CORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corsage.middleware.cors import Policies
    from corsage.middleware.wsgi import Environ, StartResponse
    from corsage.server import Policy

NEEDS = ("wsgiref",)
WEBSOCKETS = False
LACKS = {
    "async lookup": "WSGI cannot await",
    "Vary on 500 for strangers": "the server answers, and nobody may read it",
}
TEXT = ("Content-Type", "text/plain")

Answer = tuple[str, list[tuple[str, str]], list[bytes]]


def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    status, headers, chunks = route(environ["REQUEST_METHOD"], environ["PATH_INFO"], environ)
    start_response(status, headers)
    return iter(chunks)


def route(method: str, path: str, environ: Environ) -> Answer:  # noqa: C901, PLR0912 - one line for each route
    match method, path:
        case ("GET", "/hello"):
            return "200 OK", [TEXT, ("X-Rate", "7")], [b"hello"]
        case ("HEAD", "/hello"):
            return "200 OK", [TEXT, ("X-Rate", "7")], []
        case ("GET", "/vary"):
            return "200 OK", [TEXT, ("Vary", "Accept-Encoding")], [b"vary"]
        case ("GET", "/own"):
            own = [("Access-Control-Allow-Origin", "*"), ("access-control-allow-credentials", "true")]
            return "200 OK", [TEXT, *own], [b"own"]
        case ("GET", "/error"):
            raise RuntimeError("the sample application's own error")
        case ("PUT", "/put"):
            return "200 OK", [TEXT], [b"put"]
        case (_, "/put"):
            return "405 Method Not Allowed", [TEXT, ("Allow", "PUT")], [b"not allowed"]
        case ("GET", "/redirect"):
            return "302 Found", [TEXT, ("Location", "/hello")], []
        case ("GET", "/stream"):
            return "200 OK", [TEXT], [b"a", b"b", b"c"]
        case ("GET", "/empty"):
            return "204 No Content", [], []
        case ("GET", "/private"):
            known = "sid" in environ.get("HTTP_COOKIE", "")
            return ("200 OK", [TEXT], [b"private"]) if known else ("401 Unauthorized", [TEXT], [b"log in"])
        case ("OPTIONS", "/options"):
            return "200 OK", [TEXT], [b"mine"]
        case ("POST", "/echo"):
            length = int(environ["CONTENT_LENGTH"])
            if length > LARGEST_BODY:
                return "413 Content Too Large", [TEXT], [b"too large"]
            return "200 OK", [TEXT], [environ["wsgi.input"].read(length)]
    return "404 Not Found", [TEXT], [b"not found"]


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    cors = CORS(policy, **options)
    checked: Any = validator(app)  # its types want a start_response that takes positions only
    with wsgi_server(validator(cors.wsgi(checked))) as url:
        yield Served(url, cors.replace)
