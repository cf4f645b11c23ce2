"""``corsage policy diff``: what two environments, or two files, do differently."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, env_option, json_option

_EPILOGUE = """\b
Exit code: 0 compared, 1 a file has errors, 2 usage or unreadable file.
\b
Examples:
  corsage policy diff development production
  corsage policy diff settings/cors.toml staging production
  corsage policy diff old.toml new.toml --env production
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, metavar="[FILE] OLD NEW")
@env_option
@json_option
@color_option
@click.pass_context
def diff(
    context: click.Context,
    /,
    names: tuple[str, ...],
    environment: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
) -> None:
    """Say in words what changes from OLD to NEW.

    OLD and NEW are environments of FILE (cors.toml, cors.json or pyproject.toml where it is left out), or two files.
    """
    from corsage.apps.cli.policy.comparing import run_diff

    context.exit(run_diff(names, environment, as_json=as_json, color=color))
