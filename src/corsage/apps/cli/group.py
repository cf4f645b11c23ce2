"""A click group whose commands are imported when they are called, so that ``--help`` starts at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from keyword import iskeyword
from typing import Any, ClassVar, Final

import click

# Command name -> the module that holds it (under its own name), and its line in the list of commands.
COMMANDS: Final = {
    "check": ("corsage.apps.cli.check", "Ask a live endpoint as a browser would, and explain the answer."),
    "simulate": ("corsage.apps.cli.simulate", "Play scenario files in the engine, without a network."),
    "policy": ("corsage.apps.cli.policy.group", "Check, explain, compare and import policies."),
    "explain": ("corsage.apps.cli.explain", "Explain a rule by its code: what it finds, and what to do."),
}


class ReaderGone(BaseException):
    """Whoever read our output has closed it: carries a broken pipe past click."""


class LazyGroup(click.Group):
    """Knows its commands by name and summary alone until one is called."""

    commands_by_name: ClassVar[Mapping[str, tuple[str, str]]] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order in which people need them."""
        return list(self.commands_by_name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        """Import and return a command, or ``None`` where there is none of that name."""
        known = self.commands_by_name.get(cmd_name)
        if known is None:
            return None
        # A function cannot be called `import`.
        command = getattr(import_module(known[0]), f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{known[0]}.{cmd_name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self.commands_by_name.items()])

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:  # noqa: ANN401 - as click has it
        """Read the command line; ``--help`` prints while it is read."""
        with _leaving_broken_pipes_to_main():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _leaving_broken_pipes_to_main():
            return super().invoke(ctx)


@contextmanager
def _leaving_broken_pipes_to_main() -> Iterator[None]:
    """Keep click from ending with exit code 1, which is a verdict here."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
