"""LM Studio: a switch that allows everyone, or nobody."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origins import origins_of
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class LmStudio(ToldStack):
    """The only policy that it knows is the star."""

    name: ClassVar[str] = "lm-studio"
    title: ClassVar[str] = "LM Studio"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("lm studio", "lmstudio", "lms server")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.NEEDS_RELOAD})
    sources: ClassVar[tuple[str, ...]] = ("https://lmstudio.ai/docs/cli/serve/server-start",)
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "switched-off",
            "CORS is off unless it is switched on: OPTIONS is answered without headers.",
            "Switch on Enable CORS in the server's settings, or start it with lms server start --cors.",
            re.compile(r"lms\s+server\s+start(?![^\n]{0,200}--cors)"),
        ),
        Pitfall(
            "local-network",
            "The page is on the internet and LM Studio on the user's machine: browsers ask the user for leave.",
            "Let the page be served over https, and the user allow it access to the local network.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, bodies=("Unexpected endpoint or method.",)),
        Tell(0.6, bodies=('"owned_by":"organization_owner"',)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the command, for a policy that allows everyone."""
        if not origins_of(policy).everyone:
            return Rendered(self.name, (), limits=(_ALL_OR_NOTHING,))
        limits = fixed_lists(policy, self.title, credentials=False)
        return Rendered(
            self.name, (File("lms", "sh", "lms server start --cors\n"),), _STEPS, limits, self.executed
        )


_ALL_OR_NOTHING: Final = (
    "LM Studio allows every site or none: it takes no list of origins. Leave its CORS off, and put a proxy with the "
    "policy before it (nginx, Caddy)."
)
_STEPS: Final = ("Every site that a user of this machine visits may then use the models.",)
