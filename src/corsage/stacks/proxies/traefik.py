"""Traefik: the headers middleware, which answers preflights itself.

Facts of Traefik 2 and 3: its documentation, and read in its source. Not run.
"""

from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origins import pattern_expression
from corsage.stacks.parts import exposed_headers_of, methods_of, request_headers_of
from corsage.stacks.proxies.answers import answers_of
from corsage.stacks.proxies.traefik_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack
from corsage.stacks.yaml_text import yaml_text

_FILE: Final = "/etc/traefik/dynamic/cors.yml"
# Traefik says 0 where nothing is set; browsers take 5 where nothing is said.
_UNSAID: Final = 5
_STEPS: Final = (
    f"Write {_FILE} where the file provider reads it (providers.file.directory).",
    "Name the middleware first in the router's list, before forwardAuth and basicAuth: `middlewares: "
    "[cors@file, …]`.",
    "Kubernetes: the same keys stand under `spec.headers` of a Middleware. Labels: the same names, and "
    "every $ twice.",
    "Remove other Access-Control-* from customResponseHeaders.",
    "Traefik loads the file by itself; its dashboard shows whether the middleware is in error.",
)
_LIMITS: Final = {
    "preflight_status": "preflight_status: Traefik answers preflights with 200; browsers take every one "
    "from 200 to 299.",
    "timing": "timing: Timing-Allow-Origin can be fixed here, not be made to name who asked: it is left out.",
    "private_network": "private_network: Access-Control-Allow-Private-Network is left out; only old "
    "Chromium asks for it.",
    "preflight_continue": "preflight_continue: Traefik answers preflights itself; they reach no application.",
}


class Traefik(ToldStack):
    """Traefik, before an application."""

    name: ClassVar = "traefik"
    title: ClassVar = "Traefik"
    kind: ClassVar = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = ("traefik", "traefik proxy")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    order: ClassVar[str] = (
        "Middlewares run in the order of the router's list: headers before forwardAuth and basicAuth, which "
        "would refuse "
        "preflights and send errors without CORS headers."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = ("https://doc.traefik.io/traefik/middlewares/http/headers/",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, "server", "traefik"),
        Tell(0.6, "x-traefik-*"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a middleware of the dynamic configuration."""
        answers = answers_of(policy, linear=True)
        headers = _of_origins(policy) if answers.grants else {}
        # Taken away from the application's answer before Traefik's own are set.
        removed = {name: "" for name in answers.hidden if name != "Cross-Origin-Resource-Policy"}
        fixed = dict(pair for pair in answers.always if pair[0] == "Cross-Origin-Resource-Policy")
        headers["customResponseHeaders"] = {**removed, **fixed}
        text = yaml_text({"http": {"middlewares": {"cors": {"headers": headers}}}})
        limits = (*answers.limits, *_lost(policy))
        return Rendered(self.name, (File(_FILE, "yaml", text),), _STEPS, limits)


def _of_origins(policy: Policy) -> dict[str, object]:
    origins = answers_of(policy, linear=True).origins
    expressions = [
        *(f"^{pattern_expression(each)}$" for each in origins.patterns),
        *(f"^(?:{each})$" for each in origins.regexes),
    ]
    headers: dict[str, object] = {
        "accessControlAllowOriginList": ["*"] if origins.everyone else list(origins.exact),
        "accessControlAllowOriginListRegex": expressions,
        "accessControlAllowMethods": ["*"] if "*" in policy.methods else list(methods_of(policy)),
        "accessControlAllowHeaders": list(request_headers_of(policy)),
        "accessControlExposeHeaders": list(exposed_headers_of(policy)),
        "accessControlAllowCredentials": policy.credentials,
        "accessControlMaxAge": _UNSAID if policy.max_age is None else max(policy.max_age, 0),
        "addVaryHeader": not origins.everyone,
    }
    return {name: value for name, value in headers.items() if value not in ([], False)}


def _lost(policy: Policy) -> list[str]:
    odd = {
        "preflight_status": policy.preflight_status not in (200, 204),
        "timing": policy.timing,
        "private_network": policy.private_network,
        "preflight_continue": policy.preflight_continue,
    }
    return [_LIMITS[name] for name, is_lost in odd.items() if is_lost]
