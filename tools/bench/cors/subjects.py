"""Who is measured: ours, and what people use, each with and without CORS."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from types import FunctionType
from typing import Any, Final

from bench.cors import aiohttp_runner, asgi_runner, wsgi_runner
from bench.cors.cases import ALLOWED, Case
from bench.cors.meter import Runner
from corsage.middleware import asgi, wsgi
from peers.adapters import django, flask, litestar, starlette
from peers.adapters.corsage_asgi import policy
from peers.wire import module

Of = Callable[[Case], Runner]


@dataclass(frozen=True, slots=True)
class Subject:
    """A middleware and what it stands before.

    Attributes:
        name: as in the table.
        packages: that must be installed.
        bare: the application without it.
        behind: the application behind it, configured for a case.
        ours: whether the goals are for it.
        batch: requests in a batch: fewer, where each takes long.
    """

    name: str
    packages: tuple[str, ...]
    bare: Of
    behind: Of
    ours: bool = False
    batch: int = 100

    @property
    def label(self) -> str:
        """The name, with the versions of what is measured."""
        return " ".join([self.name, *(version(package) for package in self.packages[:1])])


def hello(case: Case) -> Case:
    """Return the request that the bare application is asked with: a preflight is compared with hello."""
    return case if case.names is None else ALLOWED


def _bare_asgi(case: Case) -> Runner:
    return asgi_runner.asgi_runner(asgi_runner.bare_app, hello(case))


def ours_asgi(case: Case) -> Runner:
    """Return ours around the bare application, whose exceptions it answers, too."""
    return asgi_runner.asgi_runner(asgi.CORSMiddleware(asgi_runner.bare_app, policy(case.setup)), case)


def _ours_framework(case: Case) -> Runner:
    """Ours, around the bare application in a framework's name: frameworks answer exceptions themselves."""
    bare = asgi_runner.bare_app
    app = FunctionType(bare.__code__, bare.__globals__, bare.__name__)
    app.__dict__["__self__"] = type("Starlette", (), {"__module__": "starlette.applications"})()
    return asgi_runner.asgi_runner(asgi.CORSMiddleware(app, policy(case.setup)), case)


def starlettes(case: Case) -> Runner:
    """Return Starlette's middleware around the bare application."""
    made = module("starlette.middleware.cors").CORSMiddleware
    return asgi_runner.asgi_runner(made(asgi_runner.bare_app, **starlette.options(case.setup)), case)


def _bare_wsgi(case: Case) -> Runner:
    return wsgi_runner.wsgi_runner(wsgi_runner.bare_app, hello(case))


def ours_wsgi(case: Case) -> Runner:
    """Return ours around the bare WSGI application."""
    return wsgi_runner.wsgi_runner(wsgi.CORSMiddleware(wsgi_runner.bare_app, policy(case.setup)), case)


def _litestar_app(config: Any) -> Any:  # noqa: ANN401 - untyped here, see `module`
    found = module("litestar")

    async def handler() -> str:
        return "hello"

    route = found.route("/hello", http_method=["GET", "PUT"], media_type="text/plain", status_code=200)
    return found.Litestar(route_handlers=[route(handler)], cors_config=config, openapi_config=None)


def _flask_app() -> Any:  # noqa: ANN401 - untyped here, see `module`
    app = module("flask").Flask("bench")
    app.add_url_rule("/hello", "hello", lambda: "hello", methods=["GET", "PUT"])
    return app


def _flask_behind(case: Case) -> Runner:
    app = _flask_app()
    flask.extend(app, case.setup)
    return wsgi_runner.wsgi_runner(app, case)


def _django_handler(*, cors: bool) -> Any:  # noqa: ANN401 - untyped here, see `module`
    django.configure()
    settings = module("django.conf").settings
    middleware = [name for name in settings.MIDDLEWARE if cors or not name.startswith("corsheaders")]
    with module("django.test.utils").override_settings(MIDDLEWARE=middleware):
        return module("django.core.handlers.wsgi").WSGIHandler()


def _django_behind(case: Case) -> Runner:
    handler = _django_handler(cors=True)

    def prepare() -> None:
        for name, value in django.settings_of(case.setup).items():
            setattr(module("django.conf").settings, name, value)

    return wsgi_runner.wsgi_runner(handler, case, prepare)


STARLETTE: Final = Subject("Starlette's CORSMiddleware", ("starlette",), _bare_asgi, starlettes)
OURS: Final = (
    Subject("Corsage, ASGI, a framework's application", (), _bare_asgi, _ours_framework, ours=True),
    Subject("Corsage, ASGI, any application", (), _bare_asgi, ours_asgi, ours=True),
    Subject("Corsage, WSGI", (), _bare_wsgi, ours_wsgi, ours=True),
)
OTHERS: Final = (
    Subject(
        "flask-cors",
        ("flask-cors", "flask"),
        lambda case: wsgi_runner.wsgi_runner(_flask_app(), hello(case)),
        _flask_behind,
        batch=40,
    ),
    Subject(
        "django-cors-headers",
        ("django-cors-headers", "django"),
        lambda case: wsgi_runner.wsgi_runner(_django_handler(cors=False), hello(case)),
        _django_behind,
        batch=40,
    ),
    Subject(
        "Litestar",
        ("litestar",),
        lambda case: asgi_runner.asgi_runner(_litestar_app(None), hello(case)),
        lambda case: asgi_runner.asgi_runner(_litestar_app(litestar.config(case.setup)), case),
        batch=40,
    ),
    Subject(
        "aiohttp-cors",
        ("aiohttp-cors", "aiohttp"),
        lambda case: aiohttp_runner.aiohttp_runner(None, hello(case)),
        lambda case: aiohttp_runner.aiohttp_runner(case.setup, case),
        batch=20,
    ),
)
