"""The options that several commands about policies have."""

from typing import Final

import click

FINE_EXIT: Final = 0
PROBLEM_EXIT: Final = 1
USAGE_EXIT: Final = 2

FILE_HELP: Final = (
    "FILE is .toml, .json, or - for standard input; of pyproject.toml the table [tool.corsage.cors]."
)


def _name(_: click.Context, __: click.Parameter, written: str | None) -> str | None:
    """Return what the middleware takes for the name: an empty one, as scripts pass on what is not set, is none."""
    return (written or "").strip() or None


env_option = click.option(
    "--env",
    "environment",
    envvar="CORSAGE_ENV",
    metavar="NAME",
    callback=_name,
    help="Which environment of the file.  [default: CORSAGE_ENV, else none]",
)
# Of `check`, which looks at all of them unless it is told: the variable tells it nothing.
one_env_option = click.option(
    "--env",
    "environment",
    metavar="NAME",
    callback=_name,
    help="Check this environment alone, as if it were chosen.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colours.",
)
