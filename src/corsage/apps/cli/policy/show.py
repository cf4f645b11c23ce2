"""``corsage policy show``: the policies that hold in one environment."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, env_option, json_option

_EPILOGUE = """\b
FILE is .toml, .json, or - for standard input; of pyproject.toml the table
[tool.corsage.cors].
\b
Exit code: 0 fine, 1 the file has errors, 2 usage or unreadable file.
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE")
@env_option
@json_option
@color_option
@click.pass_context
def show(
    context: click.Context,
    /,
    file: str,
    environment: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
) -> None:
    """Print the policies that hold in one environment, as a policy file without environments."""
    from corsage.apps.cli.policy.showing import run_show

    context.exit(run_show(file, environment, as_json=as_json, color=color))
