"""Stacks: servers and caches that one runs before an application."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.proxies.apache import Apache
from corsage.stacks.proxies.caddy import Caddy
from corsage.stacks.proxies.envoy import Envoy
from corsage.stacks.proxies.haproxy import HAProxy
from corsage.stacks.proxies.ingress_nginx import IngressNginx
from corsage.stacks.proxies.istio import Istio
from corsage.stacks.proxies.lighttpd import Lighttpd
from corsage.stacks.proxies.nginx import Nginx
from corsage.stacks.proxies.traefik import Traefik
from corsage.stacks.proxies.varnish import Varnish

STACKS: Final[tuple[Stack, ...]] = (
    Nginx(),
    Apache(),
    Caddy(),
    HAProxy(),
    Lighttpd(),
    Varnish(),
    Traefik(),
    Envoy(),
    Istio(),
    IngressNginx(),
)
