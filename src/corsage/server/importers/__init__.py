"""Policies from the options of other libraries, with a report of what those really allowed. One file a peer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from corsage.server.importers.aiohttp_cors import from_aiohttp_cors
from corsage.server.importers.apache import from_apache
from corsage.server.importers.api_gateway import from_api_gateway
from corsage.server.importers.aspnet import from_aspnet
from corsage.server.importers.azure import from_azure
from corsage.server.importers.caddy import from_caddy
from corsage.server.importers.django_cors_headers import from_django_cors_headers
from corsage.server.importers.envoy import from_envoy, from_istio
from corsage.server.importers.express import from_express
from corsage.server.importers.flask_cors import from_flask_cors
from corsage.server.importers.gcs import from_gcs
from corsage.server.importers.imported import Imported, Kind, Remark
from corsage.server.importers.kubernetes import from_kubernetes
from corsage.server.importers.laravel import from_laravel
from corsage.server.importers.litestar import from_litestar
from corsage.server.importers.nginx import from_nginx
from corsage.server.importers.rack_cors import from_rack_cors
from corsage.server.importers.s3 import from_s3
from corsage.server.importers.spring import from_spring, from_spring_registry
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
    "spring": from_spring,
    "spring-registry": from_spring_registry,
    "api-gateway": from_api_gateway,
    "s3": from_s3,
    "gcs": from_gcs,
    "azure": from_azure,
}

# Of these a list is enough: the rules of a bucket.
LIST_IMPORTERS: Final[Mapping[str, Callable[[Sequence[object]], Imported]]] = {
    "s3": from_s3,
    "gcs": from_gcs,
    "azure": from_azure,
}

# Of servers whose configurations are text, in languages of their own; some have options beside it.
TEXT_IMPORTERS: Final[Mapping[str, Callable[[str], Imported]]] = {
    "nginx": from_nginx,
    "apache": from_apache,
    "caddy": from_caddy,
    "rack-cors": from_rack_cors,
    "laravel": from_laravel,
    "aspnet": from_aspnet,
    "spring": from_spring,
    "s3": from_s3,
    "azure": from_azure,
}

__all__ = [
    "IMPORTERS",
    "LIST_IMPORTERS",
    "TEXT_IMPORTERS",
    "Imported",
    "Kind",
    "Remark",
    "from_aiohttp_cors",
    "from_apache",
    "from_api_gateway",
    "from_aspnet",
    "from_azure",
    "from_caddy",
    "from_django_cors_headers",
    "from_envoy",
    "from_express",
    "from_fastapi",
    "from_flask_cors",
    "from_gcs",
    "from_istio",
    "from_kubernetes",
    "from_laravel",
    "from_litestar",
    "from_nginx",
    "from_rack_cors",
    "from_s3",
    "from_spring",
    "from_spring_registry",
    "from_starlette",
    "from_traefik",
]
