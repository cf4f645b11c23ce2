"""``corsage policy``: the group of the commands about policies."""

from typing import Final

import click

from corsage.apps.cli.group import LazyGroup

COMMANDS: Final = {
    "check": (
        "corsage.apps.cli.policy.check",
        "Find every mistake in a policy file, in all its environments.",
    ),
    "explain": (
        "corsage.apps.cli.policy.explain",
        "Show what is answered to a request, and what browsers make of it.",
    ),
    "show": ("corsage.apps.cli.policy.show", "Print the policies that hold in one environment."),
    "diff": ("corsage.apps.cli.policy.diff", "Say in words what two environments or files do differently."),
    "render": (
        "corsage.apps.cli.policy.render",
        "Write a policy as the configuration of a server, framework or cloud.",
    ),
    "learn": (
        "corsage.apps.cli.policy.learn",
        "Make the smallest policy for what a recording or a log shows.",
    ),
    "import": (
        "corsage.apps.cli.policy.import_",
        "Translate the options of another library, and say what they allowed.",
    ),
}


class PolicyGroup(LazyGroup):
    """Knows the commands of ``corsage policy`` by name until one is called."""

    commands_by_name = COMMANDS


@click.group(cls=PolicyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def policy() -> None:
    """Check, explain, compare and import policies: TOML or JSON files, or [tool.corsage.cors] in pyproject.toml."""
