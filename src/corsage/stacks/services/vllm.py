"""vLLM's server: options that go to Starlette's middleware. Its default lets in everyone."""

import json
import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import named_headers
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.services.starlette_options import always, shell_quoted
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

_DEFAULT_MAX_AGE: Final = 600


class Vllm(ToldStack):
    """Four options, three of them lists in JSON."""

    name: ClassVar[str] = "vllm"
    title: ClassVar[str] = "vLLM"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("vllm", "vllm serve")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD})
    sources: ClassVar[tuple[str, ...]] = ("https://docs.vllm.ai/en/latest/cli/serve.html",)
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "star-with-credentials",
            "--allow-credentials with the default star sends back whatever origin asks.",
            "List the origins.",
            holds(r"--allow-credentials", lacks=r"--allowed-origins"),
        ),
        Pitfall(
            "no-json",
            "The lists are JSON: a bare origin is refused at the start.",
            "--allowed-origins '[\"https://app.example\"]'",
            re.compile(r"--allowed-(?:origins|methods|headers)[= ]+[\"']?(?:https?:|\*|[A-Za-z])"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (Tell(0.8, bodies=('"owned_by":"vllm"',)),)

    def render(self, policy: Policy) -> Rendered:
        """Write the options for the command line."""
        listed = listed_origins(policy, Entries())
        headers, lost = named_headers(policy)
        limits = [*listed.limits, *lost, *always(policy), *leftovers(policy)]
        if policy.exposed_headers:
            limits.append("vLLM exposes no headers.")
        if policy.max_age not in (None, _DEFAULT_MAX_AGE):
            limits.append(f"max_age: the answer to a preflight always holds for {_DEFAULT_MAX_AGE} seconds.")
        options = {
            # An empty list would not be the default, which is the star.
            "--allowed-origins": list(listed.entries),
            "--allowed-methods": ["*"] if is_any(policy.methods) else list(methods_of(policy)),
            "--allowed-headers": list(headers),
        }
        words = [f"{name} {shell_quoted(json.dumps(value))}" for name, value in options.items()]
        if policy.credentials:
            words.append("--allow-credentials")
        text = " \\\n  ".join(["vllm serve MODEL", *words]) + "\n"
        return Rendered(self.name, (File("start.sh", "sh", text),), _STEPS, tuple(limits), self.executed)


_STEPS: Final = ("Start it with these options beside your own: without them every site is allowed.",)
