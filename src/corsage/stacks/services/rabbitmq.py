"""RabbitMQ's management plugin: its HTTP API."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.told import Tell, ToldStack


class RabbitMq(ToldStack):
    """A list of origins; credentials go with every one of them."""

    name: ClassVar[str] = "rabbitmq"
    title: ClassVar[str] = "RabbitMQ management"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("rabbitmq", "rabbitmq management", "rabbitmq.conf")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD})
    executed: ClassVar[str] = "RabbitMQ 3.10"
    sources: ClassVar[tuple[str, ...]] = ("https://www.rabbitmq.com/docs/management#cors",)
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "star",
            "The star sends back whatever origin asks, with credentials: every site may use the API as the user.",
            "List the origins.",
            re.compile(r"(?m)^[ \t]*management\.cors\.allow_origins\.\d+\s*=\s*\*"),
        ),
        Pitfall(
            "not-numbered",
            "The list has numbered keys: allow_origins without a number, or with commas, is no list.",
            "management.cors.allow_origins.1 = https://app.example",
            re.compile(r"(?m)^[ \t]*management\.cors\.allow_origins(?:\s*=|\.\d+\s*=[^\n]*,)"),
        ),
        Pitfall(
            "other-port",
            "The page speaks to 15674 (WebSTOMP) or 15675 (MQTT over WebSocket), which know nothing of this setting.",
            "The setting is for the HTTP API, 15672.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="www-authenticate", holds="rabbitmq management"),
        Tell(0.9, bodies=("<title>RabbitMQ Management</title>",)),
        Tell(0.4, header="server", holds="cowboy"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the settings."""
        listed = listed_origins(policy, Entries())
        limits = [
            *listed.limits,
            "RabbitMQ allows every method that an address has and every request header, to the listed origins, and "
            "exposes none.",
        ]
        if listed.everyone:
            return Rendered(self.name, (), limits=(*limits, _EVERYONE))
        if not policy.credentials:
            limits.append("RabbitMQ allows credentials to every listed origin; that cannot be switched off.")
        limits += leftovers(policy)
        if not listed.entries:
            step = (
                "Remove the lines management.cors; without them no page of another origin can read anything."
            )
            return nothing_to_render(self.name, tuple(limits), step)
        lines = [
            f"management.cors.allow_origins.{number} = {origin}"
            for number, origin in enumerate(listed.entries, 1)
        ]
        if policy.max_age is not None:
            lines.append(f"management.cors.max_age = {max(policy.max_age, 0)}")
        file = File("/etc/rabbitmq/conf.d/20-cors.conf", "ini", "\n".join(lines) + "\n")
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_EVERYONE: Final = (
    "RabbitMQ's star sends back whatever origin asks, with credentials, which is more than the policy: put a proxy "
    "before it that sends Access-Control-Allow-Origin: *."
)
_STEPS: Final = (
    "Versions without conf.d take the lines in /etc/rabbitmq/rabbitmq.conf.",
    "systemctl restart rabbitmq-server: the settings are read at the start.",
)
