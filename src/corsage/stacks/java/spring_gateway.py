"""Spring Cloud Gateway's globalcors, in application.yml."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Rendered, Trait
from corsage.stacks.java.spring_options import SpringOptions, spring_options
from corsage.stacks.java.spring_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_HEAD = """\
spring:
  cloud:
    gateway:
      globalcors:
        # Or preflights that no route matches are answered without CORS headers.
        add-to-simple-url-handler-mapping: true
        cors-configurations:
          '[/**]':
"""


class SpringGateway(ToldStack):
    """Spring Cloud Gateway."""

    name = "spring-gateway"
    title = "Spring Cloud Gateway"
    kind = Kind.GATEWAY
    words = ("spring cloud gateway", "spring-cloud-gateway", "spring gateway", "globalcors")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.ADDS_HEADERS})
    executed = NOT_EXECUTED
    pitfalls = PITFALLS
    order = "In the gateway alone: the services behind it send no CORS headers of their own."
    sources = (
        "https://docs.spring.io/spring-cloud-gateway/reference/spring-cloud-gateway/cors-configuration.html",
    )
    tells: ClassVar[tuple[Tell, ...]] = ()

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a piece of application.yml."""
        options = spring_options(policy)
        text = _HEAD + "".join(f"            {line}\n" for line in _lines(policy, options))
        return Rendered(
            self.name,
            (File("application.yml", "yaml", text),),
            (
                "From Spring Cloud 2025.0 on the part gateway is gateway.server.webflux.",
                "The services behind it must send no CORS headers: take out theirs, or browsers see two.",
                "Start the gateway again.",
            ),
            (*options.limits, *options.beyond),
            self.executed,
        )


def _lines(policy: Policy, options: SpringOptions) -> Iterator[str]:
    origins = options.origins
    if origins.everyone:
        yield "allowedOrigins: ['*']"
    elif origins.exact:
        yield f"allowedOrigins: {_list(origins.exact)}"
    if options.patterns:
        yield f"allowedOriginPatterns: {_list(options.patterns)}"
    yield f"allowedMethods: {_list(options.methods)}"
    if options.headers:
        yield f"allowedHeaders: {_list(options.headers)}"
    if options.exposed:
        yield f"exposedHeaders: {_list(options.exposed)}"
    if policy.credentials:
        yield "allowCredentials: true"
    if policy.max_age is not None:
        yield f"maxAge: {max(policy.max_age, 0)}"


def _list(names: Iterable[str]) -> str:
    """Write a list of YAML."""
    escaped = [each.replace("'", "''") for each in names]
    quoted = [f"'{each}'" for each in escaped]
    return f"[{', '.join(quoted)}]"
