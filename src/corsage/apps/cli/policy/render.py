"""``corsage policy render``: a policy as the configuration of a server."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, env_option, json_option

_EPILOGUE = """\b
FILE is .toml, .json, or - for standard input; of pyproject.toml the table
[tool.corsage.cors]. Where FILE has policies by path, --path chooses one.
\b
The configuration goes to standard output; what it cannot do, and what else is
to be done, to standard error.
\b
Exit code: 0 written, 1 the file has errors, or the stack cannot do it, 2 usage
or unreadable file.
\b
Examples:
  corsage policy render cors.toml --for nginx
  corsage policy render cors.toml --for django --env production
  corsage policy render --list
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE", required=False)
@click.option("--for", "stack", metavar="STACK", help="Which server, framework or cloud.")
@click.option("--path", metavar="PATH", help="The policy of this path, where FILE has several.")
@click.option("--list", "listing", is_flag=True, help="List all stacks.")
@env_option
@json_option
@color_option
@click.pass_context
def render(
    context: click.Context,
    /,
    file: str | None,
    stack: str | None,
    path: str | None,
    listing: bool,  # noqa: FBT001 - click passes options by name
    environment: str | None,
    as_json: bool,  # noqa: FBT001 - likewise
    color: Literal["auto", "always", "never"],
) -> None:
    """Write a policy as the complete configuration of a server, framework, gateway or bucket."""
    from corsage.apps.cli.policy.rendering import Wanted, run_list, run_render

    if listing:
        context.exit(run_list(as_json=as_json, color=color))
    if file is None or stack is None:
        missing = [name for name, value in (("FILE", file), ("--for STACK", stack)) if value is None]
        raise click.UsageError(f"{' and '.join(missing)} missing. --list names all stacks.")
    wanted = Wanted(file, stack, path, environment)
    context.exit(run_render(wanted, as_json=as_json, color=color))
