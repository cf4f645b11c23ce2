"""Policies from the options of other libraries, with a report of what those really allowed. One file a peer."""

from collections.abc import Callable, Mapping
from typing import Final

from corsage.server.importers.aiohttp_cors import from_aiohttp_cors
from corsage.server.importers.apache import from_apache
from corsage.server.importers.caddy import from_caddy
from corsage.server.importers.django_cors_headers import from_django_cors_headers
from corsage.server.importers.envoy import from_envoy, from_istio
from corsage.server.importers.express import from_express
from corsage.server.importers.flask_cors import from_flask_cors
from corsage.server.importers.imported import Imported, Kind, Remark
from corsage.server.importers.kubernetes import from_kubernetes
from corsage.server.importers.litestar import from_litestar
from corsage.server.importers.nginx import from_nginx
from corsage.server.importers.starlette import from_starlette
from corsage.server.importers.traefik import from_traefik


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
    "kubernetes": from_kubernetes,
    "traefik": from_traefik,
    "envoy": from_envoy,
    "istio": from_istio,
}

# Of servers whose configurations are text, in languages of their own.
TEXT_IMPORTERS: Final[Mapping[str, Callable[[str], Imported]]] = {
    "nginx": from_nginx,
    "apache": from_apache,
    "caddy": from_caddy,
}

__all__ = [
    "IMPORTERS",
    "TEXT_IMPORTERS",
    "Imported",
    "Kind",
    "Remark",
    "from_aiohttp_cors",
    "from_apache",
    "from_caddy",
    "from_django_cors_headers",
    "from_envoy",
    "from_express",
    "from_fastapi",
    "from_flask_cors",
    "from_istio",
    "from_kubernetes",
    "from_litestar",
    "from_nginx",
    "from_starlette",
    "from_traefik",
]
