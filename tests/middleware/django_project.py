"""A Django project without files: its settings, its views, synchronous and not, and handlers with policies."""

from __future__ import annotations

import itertools
import sys
from functools import wraps
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test.utils import override_settings
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from tests.middleware.rows import LARGEST_BODY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from corsage.middleware import CORS

INNER = ("django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware")

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATA_UPLOAD_MAX_MEMORY_SIZE=LARGEST_BODY,
        INSTALLED_APPS=["corsage.middleware.django", "django.contrib.staticfiles"],
        LOGGING_CONFIG=None,
        MIDDLEWARE=["corsage.middleware.django.CORSMiddleware", *INNER],
        ROOT_URLCONF="tests.middleware.django_project",
        SECRET_KEY="of tests",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[],
        USE_TZ=True,
    )
    django.setup()


def text(body: str | bytes, status: int = 200, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(body, status=status, content_type="text/plain", headers=named)


def hello(_: HttpRequest) -> HttpResponse:
    return text("hello", X_Rate="7")


def vary(_: HttpRequest) -> HttpResponse:
    return text("vary", Vary="Accept-Encoding")


def own(_: HttpRequest) -> HttpResponse:
    return text("own", Access_Control_Allow_Origin="*", Access_Control_Allow_Credentials="true")


def error(_: HttpRequest) -> HttpResponse:
    raise RuntimeError("the sample application's own error")


def put(_: HttpRequest) -> HttpResponse:
    return text("put")


def redirect(_: HttpRequest) -> HttpResponse:
    return text("", 302, Location="/hello")


def stream(_: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["a", "b", "c"]), content_type="text/plain")


async def stream_later(_: HttpRequest) -> StreamingHttpResponse:
    async def letters() -> AsyncIterator[str]:
        for letter in "abc":
            yield letter

    return StreamingHttpResponse(letters(), content_type="text/plain")


def empty(_: HttpRequest) -> HttpResponse:
    return text("", 204)


def private(request: HttpRequest) -> HttpResponse:
    return text("private") if "sid" in request.COOKIES else text("log in", 401)


def options(_: HttpRequest) -> HttpResponse:
    return text("mine")


def echo(request: HttpRequest) -> HttpResponse:
    return text(request.body)


def later(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., Any]:
    """Make a coroutine function of *view*, which does not block."""

    @wraps(view)
    async def coroutine(request: HttpRequest) -> HttpResponse:
        return view(request)

    return coroutine


VIEWS: dict[str, tuple[Callable[[HttpRequest], HttpResponse], tuple[str, ...]]] = {
    "hello": (hello, ("GET", "HEAD")),
    "vary": (vary, ("GET",)),
    "own": (own, ("GET",)),
    "error": (error, ("GET",)),
    "put": (put, ("PUT",)),
    "redirect": (redirect, ("GET",)),
    "empty": (empty, ("GET",)),
    "private": (private, ("GET",)),
    "options": (options, ("OPTIONS",)),
    "echo": (echo, ("POST",)),
}


def routes(stream: Callable[..., Any], made: Callable[..., Any]) -> list[URLPattern]:
    found = [
        path(name, made(csrf_exempt(require_http_methods(list(methods))(view))))
        for name, (view, methods) in VIEWS.items()
    ]
    return [*found, path("stream", stream)]


class Later(ModuleType):
    """The URLconf of coroutines."""

    urlpatterns = routes(stream_later, later)


urlpatterns = routes(stream, lambda view: view)
sys.modules["tests.middleware.django_project_later"] = Later("tests.middleware.django_project_later")

_numbers = itertools.count()
Handler = TypeVar("Handler", ASGIHandler, WSGIHandler)


def handler(kind: type[Handler], cors: CORS | None, inner: Sequence[str] = INNER) -> Handler:
    """Make a handler; its outermost middleware enforces *cors*, if there is one."""
    from corsage.middleware.django import CORSMiddleware

    middleware = list(inner)
    if cors is not None:
        name = f"CORSMiddleware{next(_numbers)}"
        globals()[name] = type(name, (CORSMiddleware,), {"cors": cors})
        middleware.insert(0, f"tests.middleware.django_project.{name}")
    urlconf = "tests.middleware.django_project"
    with override_settings(MIDDLEWARE=middleware):
        made = kind()
    if kind is ASGIHandler:
        urlconf += "_later"
    return _with_urlconf(made, urlconf)


def _with_urlconf(made: Handler, urlconf: str) -> Handler:
    class Request(made.request_class):  # type: ignore[name-defined, misc]  # that of either
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.urlconf = urlconf

    made.request_class = Request
    return made
