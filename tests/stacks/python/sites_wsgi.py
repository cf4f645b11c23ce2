"""WSGI applications of rendered configurations, with the routes of the matrix, under wsgiref."""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.middleware.serving import wsgi_server
from tests.stacks.python.rendering import flask_routes, module_of, needs
from tests.stacks.serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def flask(text: str) -> Iterator[str]:
    needs("flask", "flask_cors")
    from flask import redirect, request

    app = module_of(text)["app"]
    flask_routes(app, redirect)
    app.before_request(lambda: ("log in", 401) if request.path == "/private" else None)
    with wsgi_server(app) as url:
        yield url


@contextlib.contextmanager
def falcon(text: str) -> Iterator[str]:
    needs("falcon")
    import falcon as library

    class Ok:
        def on_get(self, _: Any, resp: Any) -> None:
            resp.text = "ok"
            resp.set_header("X-Total", "1")

        on_post = on_put = on_delete = on_patch = on_get

    class Boom:
        def on_get(self, _: Any, __: Any) -> None:
            raise RuntimeError("the sample application's own error")

    class Moved:
        def on_get(self, _: Any, __: Any) -> None:
            raise library.HTTPFound("/ok")

    class Login:
        def process_request(self, req: Any, _: Any) -> None:
            if req.path == "/private":
                raise library.HTTPUnauthorized

    app = module_of(text)["app"]
    app.add_middleware(Login())
    for path, resource in {"/ok": Ok(), "/boom": Boom(), "/moved": Moved()}.items():
        app.add_route(path, resource)

    def without_log(environ: dict[str, Any], start_response: Any) -> Any:
        return app({**environ, "wsgi.errors": io.StringIO()}, start_response)

    with wsgi_server(without_log) as url:
        yield url


_DJANGO_BASE: Final = """
ALLOWED_HOSTS = ["*"]
LOGGING_CONFIG = None
ROOT_URLCONF = "urls"
SECRET_KEY = "of tests"
MIDDLEWARE += ["urls.login"]
INSTALLED_APPS += ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
"""
_DJANGO_URLS: Final = """
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


def boom(request):
    raise RuntimeError("the sample application's own error")


def login(get_response):
    def answer(request):
        return HttpResponse("log in", status=401) if request.path == "/private" else get_response(request)

    return answer


urlpatterns = [
    path("ok", csrf_exempt(lambda request: HttpResponse("ok", headers={"X-Total": "1"}))),
    path("boom", boom),
    path("moved", lambda request: HttpResponseRedirect("/ok")),
]
"""


_DJANGO_SERVER: Final = """
import sys
from wsgiref.simple_server import make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

django.setup()
call_command("check")
make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
"""


@contextlib.contextmanager
def django(text: str) -> Iterator[str]:
    """Let Django check the settings and serve with them, in a process of its own: it has settings but once."""
    needs("django", "corsheaders")
    with tempfile.TemporaryDirectory() as made:
        Path(made, "settings.py").write_text(text + _DJANGO_BASE, encoding="utf-8")
        Path(made, "urls.py").write_text(_DJANGO_URLS, encoding="utf-8")
        Path(made, "server.py").write_text(_DJANGO_SERVER, encoding="utf-8")
        env = {"DJANGO_SETTINGS_MODULE": "settings"}
        with running(lambda port: [sys.executable, "server.py", str(port)], cwd=Path(made), env=env) as url:
            yield url
