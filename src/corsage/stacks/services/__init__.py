"""Stacks: services: finished programs with CORS settings of their own."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.services.auth0 import Auth0
from corsage.stacks.services.authelia import Authelia
from corsage.stacks.services.comfyui import ComfyUi
from corsage.stacks.services.cors_anywhere import CorsAnywhere
from corsage.stacks.services.couchdb import CouchDb
from corsage.stacks.services.elasticsearch import Elasticsearch, OpenSearch
from corsage.stacks.services.entra_id import EntraId
from corsage.stacks.services.grafana import Grafana
from corsage.stacks.services.keycloak import Keycloak
from corsage.stacks.services.lm_studio import LmStudio
from corsage.stacks.services.mcp import Mcp
from corsage.stacks.services.minio import Minio
from corsage.stacks.services.oauth2_proxy import OAuth2Proxy
from corsage.stacks.services.okta import Okta
from corsage.stacks.services.ollama import Ollama
from corsage.stacks.services.rabbitmq import RabbitMq
from corsage.stacks.services.stable_diffusion_webui import StableDiffusionWebUi
from corsage.stacks.services.vllm import Vllm

STACKS: Final[tuple[Stack, ...]] = (
    Keycloak(),
    Auth0(),
    Okta(),
    EntraId(),
    Authelia(),
    OAuth2Proxy(),
    Ollama(),
    LmStudio(),
    Vllm(),
    ComfyUi(),
    StableDiffusionWebUi(),
    Mcp(),
    Minio(),
    CouchDb(),
    Elasticsearch(),
    OpenSearch(),
    RabbitMq(),
    Grafana(),
    CorsAnywhere(),
)
