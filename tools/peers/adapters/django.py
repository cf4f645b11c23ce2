"""django-cors-headers: settings, the middleware first, and Django's own checks before the first request."""

from types import ModuleType
from typing import Any, Final

from corsage.model import WireRequest, WireResponse
from peers.setup import RefusedError, Setup
from peers.site import PAGES, AppError, Page
from peers.wire import Send, module
from peers.wsgi import wsgi_send

_URLS: Final = "peers_django_urls"


def build(setup: Setup) -> Send:
    """Return Django's WSGI handler; its settings are the process's own and are set before each request."""
    configure()
    wanted = settings_of(setup)
    overridden = module("django.test.utils").override_settings
    with overridden(**wanted):
        errors = module("django.core.checks").run_checks()
        if any(error.is_serious() for error in errors):
            raise RefusedError(str(errors[0]))
        ask = wsgi_send(module("django.core.handlers.wsgi").WSGIHandler())

    def send(request: WireRequest) -> WireResponse:
        with overridden(**wanted):
            return ask(request)

    return send


def settings_of(setup: Setup) -> dict[str, Any]:
    """Return the settings of the middleware."""
    anyone = setup.origins == ("*",)
    return {
        "CORS_ALLOW_ALL_ORIGINS": anyone,
        "CORS_ALLOWED_ORIGINS": () if anyone else setup.origins,
        "CORS_ALLOWED_ORIGIN_REGEXES": setup.regexes,
        "CORS_ALLOW_METHODS": setup.methods,
        "CORS_ALLOW_HEADERS": setup.request_headers,
        "CORS_EXPOSE_HEADERS": setup.exposed,
        "CORS_ALLOW_CREDENTIALS": setup.credentials,
        **({} if setup.max_age is None else {"CORS_PREFLIGHT_MAX_AGE": setup.max_age}),
    }


def configure() -> None:
    """Configure Django in this process, once, with the site's pages."""
    import sys

    conf = module("django.conf")
    if conf.settings.configured:
        return
    conf.settings.configure(
        DEBUG=False,
        SECRET_KEY="a key of no consequence",  # noqa: S106 - nothing is signed
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=_URLS,
        INSTALLED_APPS=["corsheaders"],
        MIDDLEWARE=["corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"],
        LOGGING_CONFIG=None,
        USE_TZ=True,
    )
    module("django").setup()
    urls: Any = ModuleType(_URLS)
    path = module("django.urls").path
    urls.urlpatterns = [path(page.path[1:], _view(page)) for page in PAGES]
    sys.modules[_URLS] = urls


def _view(page: Page) -> Any:  # noqa: ANN401 - untyped here, see `module`
    http = module("django.http")

    def view(request: Any) -> Any:  # noqa: ANN401 - likewise
        if page.fails:
            raise AppError
        if request.method not in page.methods:
            return http.HttpResponseNotAllowed(page.methods)
        return http.HttpResponse(page.body, content_type="text/plain", headers=dict(page.headers))

    return view
