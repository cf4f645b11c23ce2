"""``corsage policy check``: every mistake in a policy file."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, json_option, one_env_option

_EPILOGUE = """\b
FILE is .toml, .json, or - for standard input; of pyproject.toml the table
[tool.corsage.cors].
\b
Exit code: 0 no errors, 1 errors, 2 usage or unreadable file.
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE")
@one_env_option
@json_option
@color_option
@click.pass_context
def check(
    context: click.Context,
    /,
    file: str,
    environment: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
) -> None:
    """Find every mistake in a policy file, in all of its environments."""
    from corsage.apps.cli.policy.checking import run_check  # the rules: only who checks waits for them

    context.exit(run_check(file, environment, as_json=as_json, color=color))
