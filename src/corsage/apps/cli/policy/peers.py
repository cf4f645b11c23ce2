"""Whose configurations are imported, and what each takes: known before any importer is loaded."""

from collections.abc import Mapping
from typing import Final

_OBJECT: Final = "JSON, TOML or YAML"

PEERS: Final[Mapping[str, str]] = {
    "starlette": f"the keyword arguments of CORSMiddleware: {_OBJECT}",
    "fastapi": f"the keyword arguments of CORSMiddleware: {_OBJECT}",
    "flask-cors": f"the keyword arguments of CORS(app): {_OBJECT}",
    "django-cors-headers": f"the settings that begin with CORS_: {_OBJECT}",
    "aiohttp-cors": f"origins with their options, below defaults: {_OBJECT}",
    "litestar": f"the keyword arguments of CORSConfig: {_OBJECT}",
    "express": f"the options of cors(): {_OBJECT}",
    "spring": "application.properties, application.yml, or a CorsConfiguration as JSON",
    "spring-registry": f"what is called on the registry or written in @CrossOrigin: {_OBJECT}",
    "rack-cors": "config/initializers/cors.rb or config.ru",
    "laravel": "config/cors.php",
    "aspnet": "Program.cs or Startup.cs",
    "nginx": "nginx.conf, or a part of it",
    "apache": "the virtual host's file, or .htaccess",
    "caddy": "Caddyfile",
    "traefik": f"the headers middleware, or the whole dynamic configuration: {_OBJECT}",
    "envoy": f"the CorsPolicy, or the whole configuration: {_OBJECT}",
    "istio": f"the VirtualService, or its corsPolicy: {_OBJECT}",
    "kubernetes": "Ingress of ingress-nginx, Middleware of Traefik or VirtualService of Istio: YAML or JSON",
    "api-gateway": "CorsConfiguration, what get-api prints, or an OpenAPI document: JSON or YAML",
    "s3": "the bucket's CORS rules: JSON, or the XML of the API",
    "gcs": "the bucket's CORS entries: JSON or YAML",
    "azure": "the CORS of App Service, or the rules of the blob service: JSON, or the XML of the API",
}
