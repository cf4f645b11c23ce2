"""Policies from the options of other libraries, with a report of what those really allowed. One file a peer."""

from collections.abc import Callable, Mapping
from typing import Final

from corsage.server.importers.aiohttp_cors import from_aiohttp_cors
from corsage.server.importers.django_cors_headers import from_django_cors_headers
from corsage.server.importers.express import from_express
from corsage.server.importers.flask_cors import from_flask_cors
from corsage.server.importers.imported import Imported, Kind, Remark
from corsage.server.importers.litestar import from_litestar
from corsage.server.importers.starlette import from_starlette


def from_fastapi(options: Mapping[str, object]) -> Imported:
    """Translate the keyword arguments of FastAPI's ``CORSMiddleware``, which is Starlette's."""
    return from_starlette(options, "fastapi")


IMPORTERS: Final[Mapping[str, Callable[[Mapping[str, object]], Imported]]] = {
    "starlette": from_starlette,
    "fastapi": from_fastapi,
    "flask-cors": from_flask_cors,
    "django-cors-headers": from_django_cors_headers,
    "aiohttp-cors": from_aiohttp_cors,
    "litestar": from_litestar,
    "express": from_express,
}

__all__ = [
    "IMPORTERS",
    "Imported",
    "Kind",
    "Remark",
    "from_aiohttp_cors",
    "from_django_cors_headers",
    "from_express",
    "from_fastapi",
    "from_flask_cors",
    "from_litestar",
    "from_starlette",
]
