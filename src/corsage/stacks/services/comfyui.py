"""ComfyUI: one option with one origin."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.services.starlette_options import shell_quoted
from corsage.stacks.told import Tell, ToldStack


class ComfyUi(ToldStack):
    """The value is sent to everybody, with credentials; without the option strangers are refused."""

    name: ClassVar[str] = "comfyui"
    title: ClassVar[str] = "ComfyUI"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("comfyui", "comfy ui")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.NEEDS_RELOAD}
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/cli_args.py",
        "https://github.com/comfyanonymous/ComfyUI/blob/master/server.py",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "no-value",
            "Without a value the option means the star, which pages with credentials cannot use.",
            "Give it the one origin.",
            re.compile(r"--enable-cors-header(?:\s*(?:$|\n|--)|[= ]+[\"']?\*)"),
        ),
        Pitfall(
            "list",
            "The value is sent as it is: several origins in it are refused by browsers.",
            "One origin; with several, put a proxy before it.",
            re.compile(r"--enable-cors-header[= ]+[\"']?https?://[^\s\"']{1,300},"),
        ),
        Pitfall(
            "origin-and-host-differ",
            "Without the option a page on another port of this machine is answered 403: host and origin differ.",
            "Start it with --enable-cors-header and the page's origin.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (Tell(0.7, bodies=("<title>ComfyUI</title>",)),)

    def render(self, policy: Policy) -> Rendered:
        """Write the option for the first origin."""
        listed = listed_origins(policy, Entries())
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=not listed.everyone or None)]
        if not listed.entries:
            return nothing_to_render(self.name, tuple(limits), "Start it without --enable-cors-header.")
        limits += [f"{origin} is left out: ComfyUI takes one origin." for origin in listed.entries[1:]]
        text = f"python main.py --enable-cors-header {shell_quoted(listed.entries[0])}\n"
        return Rendered(self.name, (File("start.sh", "sh", text),), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    "Start it with this option beside your own. With it the header is sent to everybody, and is right for one origin.",
    "Browsers ask the user for leave where the page is on the internet and the program on the user's machine.",
)
