"""Stable Diffusion WebUI (AUTOMATIC1111, Forge): two options, which go to Starlette's middleware."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.services.starlette_options import expression_of, shell_quoted
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack


class StableDiffusionWebUi(ToldStack):
    """Every method and header, with credentials: only the origins are ours to say."""

    name: ClassVar[str] = "stable-diffusion-webui"
    title: ClassVar[str] = "Stable Diffusion WebUI"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = (
        "stable diffusion webui",
        "stable-diffusion-webui",
        "automatic1111",
        "sd webui",
        "sd-webui",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD})
    sources: ClassVar[tuple[str, ...]] = (
        "https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Command-Line-Arguments-and-Settings",
        "https://github.com/AUTOMATIC1111/stable-diffusion-webui/blob/master/modules/initialize_util.py",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "star",
            "The star sends back whatever origin asks, with credentials: every site may use the API as the user.",
            "List the origins.",
            re.compile(
                r"--cors-allow-origins(?:=|\s+)[\"']?\*|--cors-allow-origins-regex(?:=|\s+)[\"']?\.\*"
            ),
        ),
        Pitfall(
            "spaces",
            "Spaces after the commas become part of the next origin, which nobody has.",
            "Write commas alone.",
            re.compile(r"--cors-allow-origins(?:=|\s+)[\"'][^\"'\n]{0,500},\s"),
        ),
        Pitfall(
            "api-off",
            "Without --api there is no API: 404.",
            "Start it with --api.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.6, bodies=("window.gradio_config", "txt2img")),
        Tell(0.6, bodies=("/sdapi/v1/",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the options for the start script."""
        carried = carried_over(policy)
        limits = [*carried.limits, *fixed_lists(policy, self.title, credentials=True)]
        origins = carried.origins
        if origins.everyone:
            limits.append(
                "The star is left out: it would send back whatever origin asks, with credentials. List the origins."
            )
        expression = expression_of(origins)
        if origins.everyone or not (origins.exact or expression):
            return nothing_to_render(
                self.name, tuple(limits), "Start it without the options --cors-allow-origins."
            )
        options = ["--api"]
        if origins.exact:
            options.append(f"--cors-allow-origins={shell_quoted(','.join(origins.exact))}")
        if expression is not None:
            options.append(f"--cors-allow-origins-regex={shell_quoted(expression)}")
        file = File("start.sh", "sh", f"./webui.sh {' '.join(options)}\n")
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    "Start it with these options in the place of your own; webui-user.sh has a variable for them, COMMANDLINE_ARGS.",
    "Browsers ask the user for leave where the page is on the internet and the program on the user's machine.",
)
