"""Envoy: the CORS filter in the chain, and a policy for a virtual host.

Facts of Envoy with interfaces of version 3: its documentation, and read in its source. Not run.
"""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.origins import pattern_expression
from corsage.stacks.proxies.envoy_origins import kept_origins
from corsage.stacks.proxies.envoy_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack
from corsage.stacks.yaml_text import yaml_text

_TYPE: Final = "type.googleapis.com/envoy.extensions.filters.http.cors.v3."
_FILTER: Final = "envoy.filters.http.cors"
_STEPS: Final = (
    "Put the filter into http_filters before jwt_authn, ext_authz, oauth2, rbac and router: it answers "
    "preflights.",
    "Put the rest into the virtual host. Routes with a policy of their own replace it.",
    "Older versions do not know forward_not_matching_preflights: leave it out where Envoy refuses it, and have the "
    "application refuse strangers' preflights.",
    "The filter does nothing for routes with direct_response or redirect.",
    "Check with `envoy --mode validate -c envoy.yaml`.",
)


class Envoy(ToldStack):
    """Envoy, before an application."""

    name: ClassVar = "envoy"
    title: ClassVar = "Envoy"
    kind: ClassVar = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = ("envoy", "envoy proxy", "envoyproxy")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    order: ClassVar[str] = (
        "Filters run in the order of http_filters: cors before jwt_authn and ext_authz, which would refuse "
        "preflights."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/cors_filter",
        "https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/cors/v3/cors.proto",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, "server", "envoy"),
        Tell(0.8, "x-envoy-*"),
        Tell(0.9, bodies=("upstream connect error or disconnect/reset before headers",)),
        Tell(0.8, bodies=("no healthy upstream",)),
        Tell(0.7, bodies=("RBAC: access denied",)),
        Tell(0.6, bodies=("Jwt is missing",), status=401),
    )
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1, "server", "istio-envoy"),)

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the filter and the policy of a virtual host."""
        kept = kept_origins(policy)
        cors: dict[str, object] = {
            "@type": f"{_TYPE}CorsPolicy",
            "allow_origin_string_match": [
                *({"exact": text} for text in kept.exact),
                *({"safe_regex": {"regex": pattern_expression(each)}} for each in kept.origins.patterns),
                *({"safe_regex": {"regex": each}} for each in kept.origins.regexes),
            ],
            "allow_methods": ", ".join(kept.methods),
            "allow_headers": ", ".join(kept.request_headers),
            "expose_headers": ", ".join(policy.exposed_headers),
            "allow_credentials": policy.credentials,
            "max_age": "" if policy.max_age is None else str(max(policy.max_age, 0)),
            "allow_private_network_access": policy.private_network,
        }
        cors = {name: value for name, value in cors.items() if value not in ("", []) and value is not False}
        # Else the application answers for strangers.
        cors["forward_not_matching_preflights"] = False
        host: dict[str, object] = {"response_headers_to_remove": list(kept.removed)}
        whole: dict[str, object] = {"route_config": {"virtual_hosts": [host]}}
        if kept.grants:
            host["typed_per_filter_config"] = {_FILTER: cors}
            vary = {"header": {"key": "Vary", "value": "Origin"}, "append_action": "APPEND_IF_EXISTS_OR_ADD"}
            host["response_headers_to_add"] = [vary]
            chain = {"name": _FILTER, "typed_config": {"@type": f"{_TYPE}Cors"}}
            whole = {"http_filters": [chain], **whole}
        text = yaml_text(whole)
        files = (File("envoy.yaml", "yaml", text),)
        limits = (*kept.limits, *leftovers(policy, "private_network"))
        return Rendered(self.name, files, _STEPS, limits)
