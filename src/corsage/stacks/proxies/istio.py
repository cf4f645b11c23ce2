"""Istio: a VirtualService's corsPolicy, which becomes Envoy's.

Facts of Istio: its interface definitions and its own tests, and Envoy's source. Not run.
"""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.origins import pattern_expression
from corsage.stacks.proxies.envoy_origins import kept_origins
from corsage.stacks.told import Tell, ToldStack
from corsage.stacks.yaml_text import yaml_text

_FILE: Final = "virtual-service.yaml"
_STEPS: Final = (
    "Write corsPolicy and headers into every http route of the VirtualService: each route has its own.",
    "A RequestAuthentication or AuthorizationPolicy must let OPTIONS pass: Istio checks them where the "
    "filter stands "
    "after them.",
    "Older versions do not know unmatchedPreflights: leave it out where Istio refuses it, and have the application "
    "refuse strangers' preflights.",
    "Check with `istioctl analyze`, load with `kubectl apply -f virtual-service.yaml`.",
)


class Istio(ToldStack):
    """Istio's ingress gateway and sidecars."""

    name: ClassVar = "istio"
    title: ClassVar = "Istio"
    kind: ClassVar = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = ("istio", "virtualservice", "istio-envoy", "istio ingress gateway")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "old-name",
            "allowOrigin is of Istio before 1.6; it takes exact texts, and newer versions may not read it.",
            "Write allowOrigins with exact, prefix or regex.",
            re.compile(r"\ballowOrigin\s*:"),
        ),
        Pitfall(
            "prefix",
            "`prefix: https://app.example.com` also allows https://app.example.com.evil.com.",
            "Use exact, or a regex; Istio matches regexes as a whole.",
            re.compile(r"allowOrigins:(?:\s*-\s*(?:exact|regex):[^\n]{1,500}\n){0,50}\s*-\s*prefix:"),
        ),
        Pitfall(
            "policy-on-one-route",
            "corsPolicy holds for the route that it stands in: preflights are matched by path and headers "
            "like any "
            "request, and may meet another route.",
            "Write it into every route; do not match routes by Authorization or by method.",
            None,
        ),
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://istio.io/latest/docs/reference/config/networking/virtual-service/#CorsPolicy",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, "server", "istio-envoy"),
        Tell(0.9, "x-envoy-decorator-operation"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a VirtualService's route."""
        kept = kept_origins(policy)
        cors: dict[str, object] = {
            "allowOrigins": [
                *({"exact": text} for text in kept.exact),
                *({"regex": pattern_expression(each)} for each in kept.origins.patterns),
                *({"regex": each} for each in kept.origins.regexes),
            ],
            "allowMethods": list(kept.methods),
            "allowHeaders": list(kept.request_headers),
            "exposeHeaders": list(policy.exposed_headers),
            "allowCredentials": policy.credentials,
            "maxAge": "" if policy.max_age is None else f"{max(policy.max_age, 0)}s",
        }
        cors = {name: value for name, value in cors.items() if value not in ("", []) and value is not False}
        # Else the application answers for strangers.
        cors["unmatchedPreflights"] = "IGNORE"
        response: dict[str, object] = {"remove": list(kept.removed)}
        if kept.grants:
            response["add"] = {"Vary": "Origin"}
        route: dict[str, object] = {"headers": {"response": response}}
        if kept.grants:
            route = {"corsPolicy": cors, **route}
        text = yaml_text(
            {
                "apiVersion": "networking.istio.io/v1",
                "kind": "VirtualService",
                "metadata": {"name": "api"},
                "spec": {"hosts": ["api.example.com"], "http": [route]},
            }
        )
        return Rendered(self.name, (File(_FILE, "yaml", text),), _STEPS, (*kept.limits, *leftovers(policy)))
