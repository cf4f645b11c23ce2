"""The options that several commands about policies have."""

from typing import Final

import click

FINE_EXIT: Final = 0
PROBLEM_EXIT: Final = 1
USAGE_EXIT: Final = 2

FILE_HELP: Final = (
    "FILE is .toml, .json, or - for standard input; of pyproject.toml the table [tool.corsage.cors]."
)

env_option = click.option(
    "--env",
    "environment",
    envvar="CORSAGE_ENV",
    metavar="NAME",
    help="Which environment of the file.  [default: CORSAGE_ENV, else none]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colours.",
)
